// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire.jna;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Asks the kernel whether a block device is claimed. A file system, a pool or a target claims its device for itself; an open
 * with O_EXCL (open(2), without O_CREAT, block devices only) is then refused with EBUSY, also for the whole disk when one of
 * its partitions is claimed. Nothing is read or written.
 */
public final class ExclusiveOpen {
    private static final int O_EXCL = 0x80;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int EBUSY = 16;

    private ExclusiveOpen() {}

    private static final class LibC {
        static {
            Native.register("c");
        }

        private LibC() {}

        static native int open(String path, int flags) throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;
    }

    /**
     * Returns whether somebody has claimed the device. May wait as long as the kernel's error recovery of the device takes.
     *
     * @throws IOException if the device cannot be opened for another reason
     */
    public static boolean isClaimed(Path device) throws IOException {
        try {
            LibC.close(LibC.open(device.toString(), O_EXCL | O_NONBLOCK | O_CLOEXEC));
            return false;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == EBUSY) {
                return true;
            }
            throw new IOException(device + " cannot be opened: errno " + e.getErrorCode(), e);
        }
    }
}
