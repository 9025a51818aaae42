// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon.jna;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real datagram socket, as systemd binds one. */
class SdNotifyTest {
    static {
        Native.register(SdNotifyTest.class, "c");
    }

    @TempDir
    private Path folder;

    private static native int socket(int domain, int type, int protocol) throws LastErrorException;

    private static native int bind(int fd, byte[] address, int length) throws LastErrorException;

    private static native long recv(int fd, byte[] buffer, long length, int flags) throws LastErrorException;

    private static native int close(int fd) throws LastErrorException;

    private static String received(String socket, String message) throws IOException {
        byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        byte[] address = new byte[2 + path.length + (path[0] == '@' ? 0 : 1)];
        address[0] = 1; // AF_UNIX, little-endian
        System.arraycopy(path, 0, address, 2, path.length);
        if (path[0] == '@') {
            address[2] = 0;
        }
        int fd = socket(1, 2, 0);
        try {
            bind(fd, address, address.length);
            SdNotify.send(socket, message);
            byte[] buffer = new byte[512];
            long length = recv(fd, buffer, buffer.length, 0x40); // MSG_DONTWAIT: it is there, or it never will be
            return new String(buffer, 0, (int) length, StandardCharsets.UTF_8);
        } finally {
            close(fd);
        }
    }

    @Test
    void aMessageArrivesAtASocketInTheFileSystem() throws IOException {
        assertEquals("READY=1\nSTATUS=ä", received(folder.resolve("notify").toString(), "READY=1\nSTATUS=ä"));
    }

    @Test
    void aMessageArrivesAtAnAbstractSocket() throws IOException {
        assertEquals(
                "STOPPING=1", received("@fmd-test-" + ProcessHandle.current().pid(), "STOPPING=1"));
    }

    @Test
    void whatCannotBeToldIsAnExceptionWithTheSocket() {
        String nobody = folder.resolve("nobody").toString();
        IOException e = assertThrows(IOException.class, () -> SdNotify.send(nobody, "READY=1"));
        assertTrue(String.valueOf(e.getMessage()).startsWith("cannot notify '" + nobody + "': errno "), e::toString);
        assertThrows(IOException.class, () -> SdNotify.send("x".repeat(200), "READY=1"));
        assertThrows(IOException.class, () -> SdNotify.send("", "READY=1"));
    }
}
