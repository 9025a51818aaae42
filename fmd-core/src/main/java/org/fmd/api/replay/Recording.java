// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.replay;

import java.io.Closeable;
import java.io.IOException;

/** An input while it is played. Belongs to one thread. */
public interface Recording extends Closeable {

    /** Returns what the input is, for people: {@code kernel log}, {@code capture}. */
    String form();

    /**
     * Plays the next record: says how late it is, and posts what follows from it, in the context that this was opened with.
     *
     * @return false if there is nothing any more; all is posted then
     * @throws IOException if the input cannot be read on; never for what stands in it
     */
    boolean play() throws IOException;
}
