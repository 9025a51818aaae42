// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.tracefs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.fmd.plugins.kernel.trace.TraceEvents;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a folder that looks like tracefs; the real one is asked in a virtual machine. */
class TraceInstanceTest {
    private static final List<String> SWITCHES =
            List.of("events/enable", "buffer_size_kb", "trace_clock", "buffer_percent", "tracing_on");

    @TempDir
    Path tracefs;

    private Path ours;

    @BeforeEach
    void mount() throws IOException {
        ours = tracefs.resolve("instances/fmd");
        for (String file : SWITCHES) {
            put(ours.resolve(file), "?");
        }
        put(ours.resolve("per_cpu/cpu0/stats"), "entries: 0\noldest event ts:     1.000001\nnow ts:    12.345678\n");
        put(ours.resolve("per_cpu/cpu1/stats"), "");
        Files.createDirectories(tracefs.resolve("events"));
        Files.copy(
                Fixtures.path("captures/sdebug-media-read/format/header_page"), tracefs.resolve("events/header_page"));
    }

    private static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** A module was loaded, and its events appear. */
    private void appears(String event) throws IOException {
        Path folder = ours.resolve("events").resolve(event);
        Files.createDirectories(folder);
        Files.copy(
                Fixtures.path("captures/sdebug-media-read/format").resolve(event.replace('/', '.')),
                folder.resolve("format"));
        put(folder.resolve("filter"), "?");
        put(folder.resolve("enable"), "0");
    }

    private static TraceInstance open(Path tracefs, String name) throws IOException {
        return TraceInstance.open(
                new TraceInstance.Settings(tracefs, name, 64, TraceInstance.Probe.AUTO, tracefs.resolve("btf")));
    }

    private String text(String file) throws IOException {
        return Files.readString(ours.resolve(file));
    }

    @Test
    void takesOverWhatADeadDaemonLeftBehind() throws IOException {
        TraceInstance instance = open(tracefs, "fmd");
        assertTrue(instance.isLeftOver());
        assertEquals("0", text("events/enable"));
        assertEquals("64", text("buffer_size_kb"));
        assertEquals("perf", text("trace_clock"));
        assertEquals("0", text("buffer_percent"));
        assertEquals("1", text("tracing_on"));
        assertEquals(
                List.of(ours.resolve("per_cpu/cpu0/trace_pipe_raw"), ours.resolve("per_cpu/cpu1/trace_pipe_raw")),
                instance.pipes());
    }

    @Test
    void enablesEachEventOnceWithItsFilter() throws IOException {
        TraceInstance instance = open(tracefs, "fmd");
        assertTrue(instance.enable().filters().isEmpty(), "no module is loaded yet");
        appears("scsi/scsi_dispatch_cmd_done");
        appears("block/block_rq_error");
        TraceEvents events = instance.enable();
        assertEquals(
                Set.of("scsi/scsi_dispatch_cmd_done", "block/block_rq_error"),
                events.filters().keySet());
        assertEquals("result != 0", text("events/scsi/scsi_dispatch_cmd_done/filter"));
        assertEquals("1", text("events/scsi/scsi_dispatch_cmd_done/enable"));
        assertEquals("0", text("events/block/block_rq_error/filter"));
        put(ours.resolve("events/scsi/scsi_dispatch_cmd_done/enable"), "somebody wrote here");
        instance.enable();
        assertEquals("somebody wrote here", text("events/scsi/scsi_dispatch_cmd_done/enable"));
        assertEquals(Set.of("scsi/scsi_dispatch_cmd_done", "block/block_rq_error"), instance.enabled());
        assertTrue(instance.problems().isEmpty(), () -> "" + instance.problems());
    }

    @Test
    void anEventThatCannotBeFilteredStaysOff() throws IOException {
        TraceInstance instance = open(tracefs, "fmd");
        appears("scsi/scsi_dispatch_cmd_done");
        Files.delete(ours.resolve("events/scsi/scsi_dispatch_cmd_done/filter"));
        instance.enable();
        assertEquals("0", text("events/scsi/scsi_dispatch_cmd_done/enable"));
        assertFalse(instance.enabled().contains("scsi/scsi_dispatch_cmd_done"));
        assertTrue(instance.problems().get("scsi/scsi_dispatch_cmd_done").contains("result != 0"));
    }

    @Test
    void aFormatThatCannotBeReadIsAProblemOfThatEventAlone() throws IOException {
        TraceInstance instance = open(tracefs, "fmd");
        appears("block/block_rq_error");
        put(ours.resolve("events/scsi/scsi_dispatch_cmd_done/format"), "name: scsi_dispatch_cmd_done\nID: none\n");
        instance.enable();
        assertEquals(Set.of("block/block_rq_error"), instance.enabled());
        assertEquals(Set.of("scsi/scsi_dispatch_cmd_done"), instance.problems().keySet());
    }

    @Test
    void goesWithoutBufferPercentOnOldKernels() throws IOException {
        Files.delete(ours.resolve("buffer_percent"));
        open(tracefs, "fmd");
        assertEquals("1", text("tracing_on"));
    }

    @Test
    void tellsWhatTheWallClockSaidWhenTheTraceBegan() throws IOException {
        TraceInstance instance = open(tracefs, "fmd");
        Instant wall = Instant.ofEpochSecond(1_000_000, 345_678_000);
        assertEquals(999_988L * 1_000_000_000L, instance.epochNanos(() -> wall));
        put(ours.resolve("per_cpu/cpu0/stats"), "entries: 0\n");
        assertThrows(IOException.class, () -> instance.epochNanos(() -> wall));
    }

    @Test
    void saysWhatToDoWhereTracefsIsNotMounted(@TempDir Path elsewhere) {
        IOException e = assertThrows(IOException.class, () -> open(elsewhere, "fmd"));
        assertTrue(e.getMessage().contains("mount -t tracefs tracefs " + elsewhere), e.getMessage());
    }

    @Test
    void makesAnInstanceThatIsNotThere() {
        // On tracefs the folder comes with its files; here it is empty, and the first switch is missing.
        IOException e = assertThrows(IOException.class, () -> open(tracefs, "other"));
        assertTrue(Files.isDirectory(tracefs.resolve("instances/other")));
        assertTrue(e.getMessage().contains("events/enable"), e.getMessage());
    }
}
