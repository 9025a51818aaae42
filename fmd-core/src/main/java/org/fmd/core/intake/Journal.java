// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogException;
import org.fmd.core.log.LogRecord;
import org.fmd.core.manager.Input.EreportAccepted;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that makes ereports durable, many with one sync, and hands them on in the order of the log. */
public final class Journal implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final EventClass DROPPED = new EventClass("ereport.fm.fmd.intake_dropped");
    private static final int BATCH = 1024;

    /** How long to wait after a step that could not write. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** When the next step may be made. */
    public enum Step {
        /** At once: there may be more to take. */
        MORE,
        /** When something was posted, or the intake closed. */
        IDLE,
        /** In {@link #RETRY_AFTER}: the log cannot be written. */
        RETRY,
        /** Never: the intake is closed, and nothing is left of it. */
        ENDED
    }

    private final Intake intake;
    private final EventLog errlog;
    private final InstantSource clock;
    private final Consumer<EreportAccepted> accepted;
    private final List<Ereport> taken = new ArrayList<>();
    private long failures;

    /**
     * Makes the journal. {@link #run} is its thread; without one, somebody calls {@link #step}.
     *
     * @param accepted told each durable ereport, in the order of the log, on the thread that makes the step
     */
    public Journal(Intake intake, EventLog errlog, InstantSource clock, Consumer<EreportAccepted> accepted) {
        this.intake = intake;
        this.errlog = errlog;
        this.clock = clock;
        this.accepted = accepted;
    }

    /** Runs until the intake is closed and empty. */
    @Override
    public void run() {
        try {
            for (Step step = step(); step != Step.ENDED; step = step()) {
                if (step == Step.IDLE) {
                    intake.await();
                } else if (step == Step.RETRY) {
                    intake.awaitClosed(RETRY_AFTER);
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("the journal was interrupted, {} ereports are not logged", taken.size() + intake.waiting());
        }
    }

    /**
     * Takes what waits now, tries once to make it durable, and hands on what is. What was taken and is not durable yet stays here
     * for the next step; nothing is lost by it but when the intake is closed, since then there may be no next one. Never waits,
     * except for the disk and for whoever is handed something.
     */
    public Step step() {
        boolean closed = intake.isClosed(); // asked first: what is posted before closing is seen below
        if (taken.size() < BATCH) {
            taken.addAll(intake.take(BATCH - taken.size()));
            reportDropped(taken);
        }
        if (taken.isEmpty()) {
            return closed ? Step.ENDED : Step.IDLE;
        }
        List<EreportAccepted> durable = write(taken);
        durable.forEach(accepted);
        taken.subList(0, durable.size()).clear();
        if (taken.isEmpty() || !durable.isEmpty()) {
            return Step.MORE;
        }
        if (!closed) {
            return Step.RETRY;
        }
        LOG.error(
                "{} ereports are lost, since the daemon stops while its log cannot be written",
                taken.size() + intake.waiting());
        return Step.ENDED;
    }

    private void reportDropped(List<Ereport> batch) {
        Map<String, Long> dropped = intake.takeDropped();
        if (dropped.isEmpty()) {
            return;
        }
        long count = dropped.values().stream().mapToLong(Long::longValue).sum();
        NvList.Builder classes = NvList.builder();
        dropped.forEach(classes::uint64);
        NvList payload = NvList.builder()
                .string("msg", count + " ereports were dropped, since they came faster than they could be logged")
                .uint64("count", count)
                .nvlist("classes", classes.build())
                .build();
        batch.add(new Ereport(DROPPED, clock.instant(), Ena.UNKNOWN, new FmdFmri("fmd", null), payload));
    }

    /** Returns what is durable now, a head of {@code rest}; takes out of {@code rest} what can never be logged. */
    private List<EreportAccepted> write(List<Ereport> rest) {
        List<EreportAccepted> appended = new ArrayList<>();
        try {
            while (appended.size() < rest.size()) {
                Ereport ereport = rest.get(appended.size());
                try {
                    appended.add(new EreportAccepted(ereport.tod(), errlog.append(record(ereport)), ereport));
                } catch (LogException e) {
                    if (e.condition() == LogException.Condition.RECORD_TOO_LARGE) {
                        LOG.warn("an ereport is left out of the log: {}", e.getMessage());
                        rest.remove(appended.size());
                    } else if (e.condition() == LogException.Condition.LOG_MINFREE) {
                        failed(e);
                        break;
                    } else {
                        throw e;
                    }
                }
            }
            errlog.sync();
            if (!appended.isEmpty()) {
                recovered();
            }
            return appended;
        } catch (LogException e) {
            failed(e);
            return List.of();
        }
    }

    private static LogRecord record(Ereport ereport) {
        return LogRecord.of(
                ereport.tod(), LogRecord.NO_UUID, ereport.eventClass().name(), TypedJson.write(ereport));
    }

    private void failed(LogException e) {
        if (failures++ == 0) {
            LOG.error("the error log cannot be written, trying again every second: {}", e.getMessage());
        }
    }

    private void recovered() {
        if (failures > 0) {
            LOG.warn("the error log can be written again, after {} attempts", failures);
            failures = 0;
        }
    }
}
