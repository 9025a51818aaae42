// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo.sysfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSysfsTest {
    @TempDir
    Path base;

    private Path root;

    @BeforeEach
    void makeATree() throws IOException {
        root = Files.createDirectory(base.resolve("sys"));
        Files.createDirectories(root.resolve("devices/a/b"));
        Files.createDirectories(root.resolve("class/x"));
        Files.writeString(root.resolve("devices/a/b/model"), "  ST600MM0006     \n");
        Files.createSymbolicLink(root.resolve("class/x/b"), Path.of("../../devices/a/b"));
    }

    @Test
    void textsComeWithoutBlanksAroundThem() throws IOException {
        assertEquals(Optional.of("ST600MM0006"), open().text("class/x/b/model"));
    }

    @Test
    void whatIsNotThereIsAbsent() throws IOException {
        assertEquals(Optional.empty(), open().text("class/x/b/serial"));
        assertEquals(Optional.empty(), open().text("class/x/b"), "a folder has no text");
        assertEquals(Optional.empty(), open().bytes("class/x/\0"));
        assertEquals(Optional.empty(), open().link("class/x/none"));
        assertEquals(Optional.empty(), open().link("devices/a"), "a folder leads nowhere");
        assertEquals(List.of(), open().children("class/none"));
        assertEquals(List.of(), open().children("devices/a/b/model"));
    }

    @Test
    void aTextOfBlanksIsAbsent() throws IOException {
        Files.writeString(root.resolve("devices/a/b/serial"), " \n");
        assertEquals(Optional.empty(), open().text("devices/a/b/serial"));
    }

    @Test
    void linksAreResolvedAndKeptInside() throws IOException {
        assertEquals(Optional.of("devices/a/b"), open().link("class/x/b"));
        Files.createSymbolicLink(root.resolve("class/x/out"), base);
        Files.createSymbolicLink(root.resolve("class/x/torn"), Path.of("../../devices/gone"));
        assertEquals(Optional.empty(), open().link("class/x/out"));
        assertEquals(Optional.empty(), open().link("class/x/torn"));
    }

    @Test
    void aReadEndsAfterAPage() throws IOException {
        Files.write(root.resolve("devices/a/b/ring"), new byte[100_000]);
        assertEquals(4096, open().bytes("devices/a/b/ring").orElseThrow().length);
    }

    @Test
    void numbersAreDecimalOrHexadecimal() throws IOException {
        String[][] cases = {{"010", "10"}, {"0x1f", "31"}, {"-1", ""}, {"twelve", ""}, {"99999999999999999999", ""}};
        for (String[] each : cases) {
            Files.write(root.resolve("devices/a/b/n"), each[0].getBytes(StandardCharsets.US_ASCII));
            assertEquals(
                    each[1], open().number("devices/a/b/n").map(String::valueOf).orElse(""), each[0]);
        }
    }

    @Test
    void aCaptureThatIsNoneIsRefusedWithItsName() throws IOException {
        Path file = Files.writeString(base.resolve("sysfs.json"), "{\"after\": {}}");
        IOException refused = assertThrows(IOException.class, () -> CapturedSysfs.read(file));
        assertTrue(refused.getMessage().contains("\"before\""), refused.getMessage());
        IOException torn = assertThrows(
                IOException.class, () -> CapturedSysfs.read(Files.writeString(file, "{\"before\": {\"a\"")));
        assertTrue(torn.getMessage().contains("sysfs.json"), torn.getMessage());
        IOException missing = assertThrows(IOException.class, () -> CapturedSysfs.read(base.resolve("none.json")));
        assertTrue(missing.getMessage().contains("no such file"), missing.getMessage());
    }

    private LiveSysfs open() throws IOException {
        return LiveSysfs.open(root);
    }
}
