// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.fmd.core.log.FakeLogFiles.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReserveTest {
    private static final int SIZE = 200_000;

    @TempDir
    private Path folder;

    private final FakeLogFiles files = new FakeLogFiles();
    private final List<String> told = new ArrayList<>();

    private LogReserve reserve() {
        return new LogReserve(files, SIZE, told::add);
    }

    @Test
    void takesItsRoomAndGivesItBackInSteps() throws IOException {
        LogReserve reserve = reserve();
        assertEquals(SIZE, reserve.missing());
        assertTrue(reserve.refill(0));
        assertEquals(SIZE, files.bytes(LogReserve.NAME).length);
        List<Long> left = new ArrayList<>();
        while (reserve.release()) {
            left.add(reserve.held());
            assertEquals(reserve.held(), files.bytes(LogReserve.NAME).length);
        }
        assertEquals(List.of(SIZE - 65536L, SIZE - 131072L, SIZE - 196608L, 0L), left);
        assertFalse(reserve.release());
    }

    @Test
    void isNotFilledAtTheCostOfWhatMustStayFree() {
        files.capacity(SIZE + 999);
        assertFalse(reserve().refill(1000));
        assertEquals(0, files.used());
        files.capacity(SIZE + 1000);
        assertTrue(reserve().refill(1000));
    }

    @Test
    void isThereAgainAfterARestart() {
        reserve().refill(0);
        LogReserve again = reserve();
        assertEquals(0, again.missing());
        assertTrue(again.release());
        assertEquals(65536, reserve().missing());
    }

    @Test
    void followsTheConfiguration() throws IOException {
        reserve().refill(0);
        new LogReserve(files, 1000, told::add).trim();
        assertEquals(1000, files.bytes(LogReserve.NAME).length);
        new LogReserve(files, 0, told::add).trim();
        assertEquals(List.of(), files.names());
        new LogReserve(files, 0, told::add).trim();
    }

    @Test
    void doesWithoutWhenItCannotBeWrittenAndSaysSoOnce() {
        LogReserve reserve = reserve();
        files.arm(Fault.WRITE_FAILS, 1);
        assertTrue(reserve.refill(0), "nobody waits for it");
        assertTrue(reserve.refill(0));
        assertEquals(0, reserve.missing());
        assertEquals(
                List.of(
                        "nothing is kept in reserve for a full disk, since 'reserve' cannot be written: Input/output error"
                                + " (WRITE_FAILS)"),
                told);
    }

    @Test
    void whatSomebodyDeletedHasMadeRoomAsWell() throws IOException {
        LogReserve reserve = reserve();
        reserve.refill(0);
        files.delete(LogReserve.NAME);
        assertTrue(reserve.release());
        assertEquals(SIZE, reserve.missing());
        assertTrue(reserve.refill(0));
        assertEquals(SIZE, files.bytes(LogReserve.NAME).length);
    }

    @Test
    void itsBytesCannotBeCompressedAndAreWritten() throws IOException {
        LogReserve reserve = new LogReserve(LogFiles.in(folder), SIZE, told::add);
        assertTrue(reserve.refill(0));
        byte[] bytes = Files.readAllBytes(folder.resolve(LogReserve.NAME));
        assertEquals(SIZE, bytes.length);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(packed)) {
            deflate.write(bytes);
        }
        assertTrue(packed.size() > SIZE * 99 / 100, packed.size() + " bytes");
    }
}
