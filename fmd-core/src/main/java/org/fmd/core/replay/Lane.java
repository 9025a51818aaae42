// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.Closeable;
import java.io.IOException;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/** The ereports of one input, in its own order. */
interface Lane extends Closeable {

    /**
     * An ereport of an input.
     *
     * @param ref its place in the log that it is from; null if it is from none
     */
    record Item(Ereport ereport, @Nullable LogRef ref) {}

    /** Returns the next one, null at the end. */
    @Nullable
    Item next() throws IOException;
}
