// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.Cdb;
import org.fmd.model.scsi.SenseText;
import org.fmd.plugins.kernel.assess.Command;
import org.fmd.plugins.kernel.assess.Conclusion;
import org.fmd.plugins.kernel.assess.DriverAssessment;
import org.slf4j.Logger;

/** What the disk driver saw, for people, property {@code fm-scsi-log}: a line for each attempt. Belongs to the reader thread. */
final class ScsiLog {
    /** Lines in each stretch of time; the rest of a storm is counted. */
    static final int LINES = 30;

    static final long STRETCH_NANOS = 10_000_000_000L;

    private final Logger log;
    private final String level;
    private boolean begun;
    private long since;
    private int written;
    private long leftOut;

    /** @param level {@code off}, {@code fatal} or {@code all} */
    ScsiLog(Logger log, String level) {
        this.log = log;
        this.level = level;
    }

    /** @param off whether the ereports of the device are switched off */
    void tell(Conclusion.DiskError error, String name, boolean off, long now) {
        boolean fatal = error.verdict().assessment() == DriverAssessment.FATAL;
        if (level.equals("off") || (level.equals("fatal") && !fatal)) {
            return;
        }
        expire(now);
        if (!begun) {
            begun = true;
            since = now;
        }
        if (written == LINES) {
            leftOut++;
            return;
        }
        written++;
        log.info("{}", line(error, name) + (off ? ", ereports off" : ""));
    }

    /** Ends the stretch of time if it is over, and says what was left out in it. */
    void expire(long now) {
        if (begun && now - since >= STRETCH_NANOS) {
            finish();
        }
    }

    void finish() {
        if (leftOut > 0) {
            log.info("fm-scsi-log: {} lines were left out, no more than {} are written in 10 s", leftOut, LINES);
        }
        begun = false;
        written = 0;
        leftOut = 0;
    }

    /** Returns when {@link #expire} has something to say; the greatest number if it has not. */
    long deadline() {
        return leftOut > 0 ? since + STRETCH_NANOS : Long.MAX_VALUE;
    }

    private static String line(Conclusion.DiskError error, String name) {
        Command command = error.command();
        String cdb = command.cdb().length() == 0
                ? "command not told"
                : Cdb.parse(command.cdb()).toOptional().map(c -> c.name() + " ").orElse("") + command.cdb();
        String retries =
                error.chain().retries() < 0 ? "not told" : "" + error.chain().retries();
        return error.tod() + " " + name.replaceAll("[^!-~]", "_") + " ("
                + error.device().hctl() + "): " + cdb + ": " + outcome(command) + ": "
                + error.verdict().assessment() + ", retries " + retries;
    }

    private static String outcome(Command command) {
        Command.Sense sense = command.sense();
        if (sense != null) {
            return SenseText.describe(
                    sense.key(), sense.additional() == null ? AdditionalSense.NONE : sense.additional());
        }
        return command.result().host() == null
                ? "no sense"
                : command.result().host().kernelName();
    }
}
