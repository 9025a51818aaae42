// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

/** The process ends here and now: thrown by the disk, caught by nobody but the simulation. */
final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash(String where) {
        super(where, null, false, false);
    }
}
