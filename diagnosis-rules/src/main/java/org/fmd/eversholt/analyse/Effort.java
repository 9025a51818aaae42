// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

/**
 * How much thinking one part of an analysis may still do, in looks at a part of a formula or a pair of problems. What cannot be afforded
 * is not claimed, so a program can be made too large to be analysed in full, never wrongly accused.
 */
final class Effort {
    private static final long ALL = 10_000_000;

    private long left = ALL;

    /** False if there is not so much left; it is then not spent. */
    boolean spend(long steps) {
        if (steps > left) {
            return false;
        }
        left -= steps;
        return true;
    }
}
