// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon.jna;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Tells systemd how the service is: one datagram to the socket that {@code NOTIFY_SOCKET} names (sd_notify(3)). */
public final class SdNotify {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int PATH_BYTES = 108;

    static {
        Native.register(SdNotify.class, "c");
    }

    private SdNotify() {}

    private static native int socket(int domain, int type, int protocol) throws LastErrorException;

    private static native long sendto(int fd, byte[] message, long length, int flags, byte[] address, int addressLength)
            throws LastErrorException;

    private static native int close(int fd) throws LastErrorException;

    /**
     * Sends the message, for instance {@code READY=1}.
     *
     * @param socket a path, or {@code @} and a name in the abstract name space
     * @throws IOException if it cannot be delivered
     */
    public static void send(String socket, String message) throws IOException {
        byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        if (path.length < 2 || path.length >= PATH_BYTES) {
            throw new IOException("'" + socket + "' is no address of a socket");
        }
        // struct sockaddr_un: the family in the machine's order, then the path; an abstract name begins with a zero
        // byte.
        byte[] address = new byte[2 + path.length + (path[0] == '@' ? 0 : 1)];
        address[java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN ? 0 : 1] = AF_UNIX;
        System.arraycopy(path, 0, address, 2, path.length);
        if (path[0] == '@') {
            address[2] = 0;
        }
        try {
            int fd = socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            try {
                byte[] text = message.getBytes(StandardCharsets.UTF_8);
                sendto(fd, text, text.length, MSG_NOSIGNAL, address, address.length);
            } finally {
                close(fd);
            }
        } catch (LastErrorException e) {
            throw new IOException("cannot notify '" + socket + "': errno " + e.getErrorCode(), e);
        }
    }
}
