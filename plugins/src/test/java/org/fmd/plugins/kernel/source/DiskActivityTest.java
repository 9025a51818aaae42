// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.source;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskActivityTest {
    @TempDir
    Path sys;

    @BeforeEach
    void aDiskAtRest() throws IOException {
        put("devices/pci0000:00/host3/target3:0:0/3:0:0:0/state", "running\n");
        put("class/scsi_host/host3/state", "running\n");
        put("block/sda/inflight", "       0        0\n");
        Files.createSymbolicLink(
                sys.resolve("block/sda/device"), sys.resolve("devices/pci0000:00/host3/target3:0:0/3:0:0:0"));
    }

    private void put(String file, String text) throws IOException {
        Files.createDirectories(sys.resolve(file).getParent());
        Files.writeString(sys.resolve(file), text);
    }

    @Test
    void aDiskAtRestIsIdle() {
        assertTrue(DiskActivity.isIdle(sys, "sda"));
    }

    @Test
    void oneThatReadsOrWritesIsNot() throws IOException {
        put("block/sda/inflight", "       1        0\n");
        assertFalse(DiskActivity.isIdle(sys, "sda"));
        put("block/sda/inflight", "       0       12\n");
        assertFalse(DiskActivity.isIdle(sys, "sda"));
    }

    @Test
    void oneWhoseRequestsWaitIsNot() throws IOException {
        put("block/sda/device/state", "blocked\n");
        assertFalse(DiskActivity.isIdle(sys, "sda"));
    }

    @Test
    void oneWhoseHostRecoversIsNot() throws IOException {
        put("class/scsi_host/host3/state", "recovery\n");
        assertFalse(DiskActivity.isIdle(sys, "sda"));
    }

    @Test
    void whatIsNotKnownIsNot() throws IOException {
        assertFalse(DiskActivity.isIdle(sys, "sdb"));
        assertFalse(DiskActivity.isIdle(sys, "../sda"));
        Files.delete(sys.resolve("class/scsi_host/host3/state"));
        assertFalse(DiskActivity.isIdle(sys, "sda"));
    }
}
