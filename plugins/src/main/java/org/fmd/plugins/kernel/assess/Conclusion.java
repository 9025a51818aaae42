// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.time.Instant;
import org.fmd.model.event.EventClass;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.observation.PartEvent;
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
        public DiskError(Instant tod, ScsiDevice device, AssessmentTable.Verdict verdict, Command command) {
            this(tod, device, verdict, command, Chain.NOT_TOLD);
        }
    }

    /**
     * An error of a disk of which more is told than a command and its end.
     *
     * @param facts what else is told, by the names that the payload of an ereport gives it
     */
    record ToldError(DiskError error, NvList facts) implements Conclusion {
        @Override
        public Instant tod() {
            return error.tod();
        }
    }

    /**
     * Something that is no disk's command has failed, or came back: an adapter, a link, a session, an array, a path.
     *
     * @param part its name as the kernel says it
     * @param facts what is told beside that
     */
    record PartError(Instant tod, String part, PartEvent event, NvList facts) implements Conclusion {}

    /** What a listing of another program tells of a part: an error that was assessed elsewhere. */
    record ListedError(Instant tod, String part, EventClass eventClass, NvList facts) implements Conclusion {}

    /**
     * The kernel did not tell everything.
     *
     * @param source who held back or lost it
     * @param count how many records, 0 where nobody knows
     * @param message a sentence for people
     */
    record TelemetryLost(Instant tod, String source, long count, String message) implements Conclusion {}
}
