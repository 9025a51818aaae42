// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One open file, addressed by position: the half of our file seam that moves bytes. See {@link LogFiles}.
 *
 * <p>An implementation may be used by one thread at a time.
 */
public interface LogFile extends Closeable {

    /**
     * Reads into the buffer from a position.
     *
     * @return bytes read, which may be fewer than the buffer takes; -1 at or past the end of the file
     */
    int read(ByteBuffer into, long position) throws IOException;

    /**
     * Writes from the buffer at a position, extending the file where necessary.
     *
     * @return bytes written, which may be fewer than the buffer holds
     */
    int write(ByteBuffer from, long position) throws IOException;

    /** Makes content and length durable: what was written before this call survives a loss of power after it. */
    void force() throws IOException;

    /** Cuts the file to the given length; no effect when it is shorter. */
    void truncate(long length) throws IOException;

    long size() throws IOException;
}
