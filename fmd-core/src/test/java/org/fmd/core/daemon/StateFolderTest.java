// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir
    private Path folder;

    private static String remedy(boolean readOnly, boolean writable, long free) {
        return new StateFolder(Path.of("/s"), readOnly, writable, free).remedy().orElse("none");
    }

    @Test
    void eachThatIsWrongHasItsRemedy() {
        assertEquals(
                "the file system of '/s' is read-only, and nothing may be diagnosed that is not on disk: mount it writable, then start"
                        + " again",
                remedy(true, false, 1 << 20));
        assertEquals(
                "'/s' cannot be written by this user: start as root, or give it to this user", remedy(false, false, 0));
        assertEquals(
                "the file system of '/s' is full, 4096 bytes are free: make room, then start again",
                remedy(false, true, 4096));
        assertEquals("none", remedy(false, true, 1 << 20));
    }

    @Test
    void ofAFolderThatIsMissingTheWayToItIsLookedAt() {
        StateFolder found = StateFolder.of(folder.resolve("var/lib/fmd"));
        assertEquals(folder, found.path());
        assertEquals(Optional.empty(), found.remedy());
    }
}
