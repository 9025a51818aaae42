// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.syslog.jna;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A datagram socket of the Unix domain (unix(7)), which Java does not have. Linux only. Not safe for use by several threads.
 */
public final class UnixDatagramSocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int PATH_MAX = 107;

    private final int descriptor;

    private UnixDatagramSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    private static final class LibC {
        static {
            Native.register("c");
        }

        private LibC() {}

        static native int socket(int domain, int type, int protocol) throws LastErrorException;

        static native int setsockopt(int fd, int level, int option, Pointer value, int length)
                throws LastErrorException;

        static native int bind(int fd, Pointer address, int length) throws LastErrorException;

        static native long sendto(int fd, byte[] data, long length, int flags, Pointer address, int addressLength)
                throws LastErrorException;

        static native long recv(int fd, Pointer buffer, long length, int flags) throws LastErrorException;

        static native int close(int fd) throws LastErrorException;
    }

    /**
     * Opens a socket without an address.
     *
     * @param patience how long a send waits for a receiver that is slow, and a receive for a sender
     */
    public static UnixDatagramSocket open(Duration patience) throws IOException {
        try (Memory time = new Memory(16)) {
            int descriptor = LibC.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            UnixDatagramSocket socket = new UnixDatagramSocket(descriptor);
            // struct timeval of the 64-bit ABIs: seconds, microseconds.
            time.setLong(0, patience.toSeconds());
            time.setLong(8, patience.toNanosPart() / 1000);
            LibC.setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, time, 16);
            LibC.setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, time, 16);
            return socket;
        } catch (LastErrorException e) {
            throw failure("socket", e);
        }
    }

    /** Gives the socket the address; a file of that name must not exist, and stays when the socket is closed. */
    public void bind(Path path) throws IOException {
        try (Memory address = address(path)) {
            LibC.bind(descriptor, address, (int) address.size());
        } catch (LastErrorException e) {
            throw failure(path.toString(), e);
        }
    }

    /** Sends one datagram. */
    public void send(byte[] data, Path to) throws IOException {
        try (Memory address = address(to)) {
            LibC.sendto(descriptor, data, data.length, MSG_NOSIGNAL, address, (int) address.size());
        } catch (LastErrorException e) {
            throw failure(to.toString(), e);
        }
    }

    /** Returns the next datagram; one longer than {@code most} bytes is cut there. */
    public byte[] receive(int most) throws IOException {
        try (Memory buffer = new Memory(most)) {
            long length = LibC.recv(descriptor, buffer, most, 0);
            return buffer.getByteArray(0, (int) length);
        } catch (LastErrorException e) {
            throw failure("receive", e);
        }
    }

    @Override
    public void close() {
        try {
            LibC.close(descriptor);
        } catch (LastErrorException e) {
            // The descriptor is gone all the same, close(2).
            return;
        }
    }

    /** struct sockaddr_un: the family in two bytes of the host's order, the path, a zero. */
    private static Memory address(Path path) throws IOException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > PATH_MAX) {
            throw new IOException(path + ": longer than the " + PATH_MAX + " bytes that a socket's name can have");
        }
        Memory address = new Memory(2 + name.length + 1);
        address.setShort(0, (short) AF_UNIX);
        address.write(2, name, 0, name.length);
        address.setByte(2 + name.length, (byte) 0);
        return address;
    }

    private static IOException failure(String what, LastErrorException e) {
        String reason = switch (e.getErrorCode()) {
            case 2 -> "no such file";
            case 11 -> "nobody takes the message";
            case 13 -> "permission denied";
            case 90 -> "the message is too long";
            case 98 -> "the address is taken";
            case 111 -> "nobody listens";
            default -> "errno " + e.getErrorCode();
        };
        return new IOException(what + ": " + reason, e);
    }
}
