// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import org.fmd.api.FmdModule;
import org.fmd.api.ModuleContext;
import org.fmd.api.Settings;
import org.fmd.api.topo.Topology;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

class SysfsTopologyModuleTest {
    @TempDir
    Path base;

    @Test
    void theModuleIsFoundAtStart() {
        FmdModule found = ServiceLoader.load(FmdModule.class).stream()
                .filter(provider -> provider.type().equals(SysfsTopology.class))
                .findFirst()
                .orElseThrow()
                .get();
        assertEquals(
                "sysfs-topology",
                assertInstanceOf(SysfsTopology.class, found).info().name());
    }

    @Test
    void aCaptureTakesThePlaceOfTheLiveTree() throws IOException {
        Context context = new Context(Fixtures.path("captures/mptsas-media").toString(), "/none");
        Topology topology = new SysfsTopology().snapshot(context);
        assertNotNull(topology.byDevid("id1,sd@n5000c500a0000001"));
        assertEquals(1, context.counts.get("snapshots"));
    }

    @Test
    void theHostIsNamedInTheLiveTree() throws IOException {
        Path sys = Files.createDirectories(base.resolve("sys"));
        Files.createDirectories(sys.resolve("devices"));
        Files.createDirectories(base.resolve("proc/sys/kernel"));
        Files.writeString(base.resolve("proc/sys/kernel/hostname"), "nas1\n");
        Topology topology = new SysfsTopology().snapshot(new Context("", sys.toString()));
        assertEquals(
                "hc://:server-id=nas1/chassis=0",
                topology.nodes().get(0).resource().toString());
        assertEquals(1, topology.nodes().size());
    }

    @Test
    void whatCannotBeReadAtAllIsSaidWithItsName() {
        IOException noMount =
                assertThrows(IOException.class, () -> new SysfsTopology().snapshot(new Context("", base.toString())));
        assertTrue(noMount.getMessage().contains("'" + base + "'"), noMount.getMessage());
        IOException noCapture = assertThrows(
                IOException.class, () -> new SysfsTopology().snapshot(new Context(base.toString(), "/sys")));
        assertTrue(noCapture.getMessage().contains("sysfs.json"), noCapture.getMessage());
    }

    /** A daemon that knows two settings. */
    private static final class Context implements ModuleContext, Settings {
        final Map<String, Long> counts = new HashMap<>();
        private final Map<String, String> texts;

        Context(String capture, String sysfs) {
            texts = Map.of("capture", capture, "sysfs", sysfs);
        }

        @Override
        public Settings settings() {
            return this;
        }

        @Override
        public Logger log() {
            return NOPLogger.NOP_LOGGER;
        }

        @Override
        public Path root() {
            return Path.of("/");
        }

        @Override
        public Topology topology() {
            return Topology.EMPTY;
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public void count(String statistic, long delta) {
            counts.merge(statistic, delta, Long::sum);
        }

        @Override
        public String text(String name) {
            return Objects.requireNonNull(texts.get(name));
        }

        @Override
        public boolean bool(String name) {
            throw new IllegalArgumentException(name);
        }

        @Override
        public long integer(String name) {
            throw new IllegalArgumentException(name);
        }

        @Override
        public Duration time(String name) {
            throw new IllegalArgumentException(name);
        }

        @Override
        public long size(String name) {
            throw new IllegalArgumentException(name);
        }
    }
}
