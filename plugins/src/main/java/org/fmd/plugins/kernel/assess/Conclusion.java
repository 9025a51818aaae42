// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.time.Instant;
import org.fmd.plugins.kernel.observation.ScsiDevice;

/** What is worth an ereport. */
public sealed interface Conclusion {

    /** Returns when it happened, by the wall clock. */
    Instant tod();

    /**
     * An error of a disk, or of the way to it.
     *
     * @param chain the same for all attempts of one request and what became of it; 0 where nothing is told of attempts
     */
    record DiskError(Instant tod, ScsiDevice device, AssessmentTable.Verdict verdict, Command command, long chain)
            implements Conclusion {

        /** An error that belongs to no other one. */
        DiskError(Instant tod, ScsiDevice device, AssessmentTable.Verdict verdict, Command command) {
            this(tod, device, verdict, command, 0);
        }
    }

    /**
     * The kernel did not tell everything.
     *
     * @param source who held back or lost it
     * @param count how many records, 0 where nobody knows
     * @param message a sentence for people
     */
    record TelemetryLost(Instant tod, String source, long count, String message) implements Conclusion {}
}
