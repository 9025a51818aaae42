// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

/** A memory that the engine cannot go on from; the message says why. */
final class MemoryProblem extends Exception {
    private static final long serialVersionUID = 1L;

    MemoryProblem(String why) {
        super(why, null, false, false);
    }
}
