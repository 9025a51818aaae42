// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import java.time.Instant;
import org.fmd.core.log.LogException;
import org.fmd.core.log.LogException.Condition;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.nv.NvList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A time in which the error log cannot take everything: said once when it begins, once when it gets worse, and told when over. */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final EventClass FULL = new EventClass("ereport.fm.fmd.log_minfree");
    private static final EventClass FAILING = new EventClass("ereport.fm.fmd.log_append");

    private final Instant since;
    private final String path;
    private long attempts;
    private boolean full;
    private boolean saidSome;
    private boolean saidAll;
    private String text = "";

    Trouble(Instant since, String path) {
        this.since = since;
        this.path = path;
    }

    Instant since() {
        return since;
    }

    long attempts() {
        return attempts;
    }

    /** What is not logged and why, for a person. */
    String text() {
        return text;
    }

    /** Counts an attempt that failed: of what is vital, or of the rest. */
    void failed(LogException failure, boolean vital) {
        attempts++;
        full = failure.condition() == Condition.LOG_MINFREE || failure.condition() == Condition.NO_SPACE;
        String scope = vital
                ? "Nothing can be logged, and nothing is diagnosed until it can."
                : "Until that is over only what is vital is logged: fatal ereports and diagnoses.";
        String remedy = full
                ? "Make room on the file system of '" + path + "', or set log.quota lower."
                : "See whether its file system was made read-only, and how its disk is.";
        String what = String.valueOf(failure.getMessage());
        text = what + (what.endsWith(".") ? " " : ". ") + scope + " " + remedy;
        if (vital ? !saidAll : !saidSome) {
            LOG.error(text);
        }
        saidSome = true;
        saidAll |= vital;
    }

    /** Returns all of it as an ereport, for when it is over. */
    Ereport story(Instant now) {
        String what = full ? "The file system of '" + path + "' was full" : "'" + path + "' could not be written";
        NvList payload = NvList.builder()
                .string(
                        "msg",
                        what + " from " + since + " to " + now + "; " + attempts + " attempts failed, the last: "
                                + text)
                .string("path", path)
                .uint64("attempts", attempts)
                .put("first", Tally.time(since))
                .put("last", Tally.time(now))
                .build();
        return new Ereport(full ? FULL : FAILING, now, Ena.UNKNOWN, new FmdFmri("fmd", null), payload);
    }
}
