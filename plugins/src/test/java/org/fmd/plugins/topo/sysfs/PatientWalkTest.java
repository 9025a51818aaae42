// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PatientWalkTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /** A tree in which every file that is called so hangs until it is let go. */
    private record Hanging(CountDownLatch letGo) implements Sysfs {
        @Override
        public Optional<String> text(String path) {
            if (path.startsWith("hangs")) {
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return Optional.of("value of " + path);
        }

        @Override
        public Optional<byte[]> bytes(String path) {
            return Optional.empty();
        }

        @Override
        public Optional<String> link(String path) {
            return Optional.empty();
        }

        @Override
        public List<String> children(String path) {
            return List.of();
        }
    }

    private static String read(Sysfs sysfs, String... files) {
        StringBuilder out = new StringBuilder();
        for (String file : files) {
            out.append(sysfs.text(file).orElse("nothing")).append(", ");
        }
        return out.toString();
    }

    @Test
    void aFileThatHangsIsLeftOutAndAllOthersAreRead() throws IOException {
        CountDownLatch letGo = new CountDownLatch(1);
        List<String> told = new ArrayList<>();
        PatientWalk walk = new PatientWalk(PATIENCE);
        String seen = walk.walk(new Hanging(letGo), sysfs -> read(sysfs, "a", "hangs", "b"), told::add);
        assertEquals("value of a, nothing, value of b, ", seen);
        assertEquals(List.of("hangs"), told);
        walk.walk(new Hanging(letGo), sysfs -> read(sysfs, "a", "hangs", "b"), told::add);
        assertEquals(List.of("hangs"), told, "told once");
        letGo.countDown();
    }

    @Test
    void aWalkGivesUpWhereTooManyFilesHang() {
        CountDownLatch letGo = new CountDownLatch(1);
        List<String> told = new ArrayList<>();
        String[] files = new String[20];
        for (int i = 0; i < files.length; i++) {
            files[i] = "hangs" + i;
        }
        IOException failed = assertThrows(
                IOException.class,
                () -> new PatientWalk(Duration.ofMillis(50))
                        .walk(new Hanging(letGo), sysfs -> read(sysfs, files), told::add));
        assertTrue(failed.getMessage().contains("hangs7"), failed.getMessage());
        assertEquals(8, told.size());
        letGo.countDown();
    }

    @Test
    void whatGoesWrongInAWalkIsTheCallersBusiness() {
        assertThrows(
                IllegalStateException.class,
                () -> new PatientWalk(PATIENCE)
                        .walk(
                                new Hanging(new CountDownLatch(1)),
                                sysfs -> {
                                    throw new IllegalStateException("x");
                                },
                                file -> {}));
    }
}
