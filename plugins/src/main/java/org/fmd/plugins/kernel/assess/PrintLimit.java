// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

/**
 * The kernel's limit for its lines about failed commands: ten commands in 5 s for all disks together, and often no word
 * about the rest (kernel channel reference §4). Who has seen ten must expect that there were more.
 */
final class PrintLimit {
    private static final int BURST = 10;
    private static final long INTERVAL_MICROS = 5_000_000;

    private final long[] times = new long[BURST];
    private int count;
    private long toldUntil = Long.MIN_VALUE;

    /** Notes that the kernel told of a failed command. */
    void note(long kernelMicros) {
        times[count % BURST] = kernelMicros;
        count = count + 1 == 2 * BURST ? BURST : count + 1;
    }

    /** Returns whether the kernel may be holding back at that time. */
    boolean isReached(long kernelMicros) {
        return count >= BURST && kernelMicros - times[count % BURST] <= INTERVAL_MICROS;
    }

    /** Returns whether the limit is reached and that has not been reported for this interval yet. */
    boolean isNews(long kernelMicros) {
        if (!isReached(kernelMicros) || kernelMicros < toldUntil) {
            return false;
        }
        toldUntil = kernelMicros + INTERVAL_MICROS;
        return true;
    }
}
