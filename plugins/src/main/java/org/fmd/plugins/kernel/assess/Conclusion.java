// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.time.Instant;
import org.fmd.plugins.kernel.observation.ScsiDevice;

/** What is worth an ereport. */
public sealed interface Conclusion {

    /** Returns when it happened, by the wall clock. */
    Instant tod();

    /**
     * Where an error stands among the attempts of its request.
     *
     * @param number the same for all attempts of one request and what became of it; 0 where there is only this one, or nothing
     *     is told of attempts
     * @param retries how many failed attempts of it were told before; -1 where nothing is told of attempts
     */
    record Chain(long number, int retries) {
        public static final Chain NOT_TOLD = new Chain(0, -1);
    }

    /** An error of a disk, or of the way to it. */
    record DiskError(Instant tod, ScsiDevice device, AssessmentTable.Verdict verdict, Command command, Chain chain)
            implements Conclusion {

        /** An error of which the attempts are not told. */
        DiskError(Instant tod, ScsiDevice device, AssessmentTable.Verdict verdict, Command command) {
            this(tod, device, verdict, command, Chain.NOT_TOLD);
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
