// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.jna;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Functions of the C library, and constants of 64-bit Linux. Each returns -1 and sets errno when it fails. */
final class LibC {
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int SEEK_END = 2;

    static final int AF_NETLINK = 16;
    static final int SOCK_RAW = 3;
    static final int NETLINK_KOBJECT_UEVENT = 15;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    static final int SO_RCVBUFFORCE = 33;
    static final int MSG_TRUNC = 0x20;

    static final short POLLIN = 1;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int EPIPE = 32;
    static final int ENOBUFS = 105;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    static native int open(String path, int flags);

    static native int close(int fd);

    static native long read(int fd, Pointer buffer, long count);

    static native long write(int fd, Pointer buffer, long count);

    static native long lseek(int fd, long offset, int whence);

    static native int poll(Pointer pollfds, long count, int milliseconds);

    static native int socket(int domain, int type, int protocol);

    static native int bind(int fd, Pointer address, int length);

    static native int setsockopt(int fd, int level, int option, Pointer value, int length);

    static native long recvfrom(int fd, Pointer buffer, long count, int flags, Pointer address, Pointer addressLength);

    static native int eventfd(int initial, int flags);

    /** Returns a reason for people. */
    static String reason(int errno) {
        return switch (errno) {
            case EPERM -> "not permitted (errno 1): run the daemon as root, or give it CAP_SYSLOG";
            case ENOENT -> "no such file (errno 2)";
            case EACCES -> "permission denied (errno 13): run the daemon as root";
            default -> "errno " + errno;
        };
    }
}
