// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How time passes for the daemon's core, beside the wall clock, which may step. */
public interface Pace {

    /** The pace of the system. */
    Pace SYSTEM = new Pace() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause() {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    };

    /** Nanoseconds since some moment; never steps. */
    long nanoTime();

    /** Waits a second before something that failed is tried again. */
    void pause();
}
