// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

/** Counts what is missing in a row of sequence numbers. Belongs to one thread. */
public final class SequenceGaps {
    private long expected = -1;

    /** Returns how many records were lost before this one; 0 for the first, and when the numbers start anew. */
    public long lostBefore(long sequence) {
        long lost = expected >= 0 && sequence > expected ? sequence - expected : 0;
        expected = sequence + 1;
        return lost;
    }
}
