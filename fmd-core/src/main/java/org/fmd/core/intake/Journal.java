// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Intake intake;
    private final EventLog errlog;
    private final InstantSource clock;
    private final Consumer<EreportAccepted> accepted;
    private long failures;

    /**
     * Makes the journal; {@link #run} is its thread.
     *
     * @param accepted told each durable ereport, on the journal's thread
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
            while (true) {
                List<Ereport> batch = new ArrayList<>(intake.take(BATCH));
                reportDropped(batch);
                if (batch.isEmpty() && intake.isClosed()) {
                    return;
                }
                commit(batch);
            }
        } catch (InterruptedException e) {
            LOG.warn("the journal was interrupted, {} ereports are not logged", intake.waiting());
        }
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

    /**
     * Writes the batch, again and again until it is durable or the daemon stops: what was taken from the lanes must not be
     * lost, and the lanes hold back or drop meanwhile.
     */
    private void commit(List<Ereport> batch) throws InterruptedException {
        List<Ereport> rest = new ArrayList<>(batch);
        while (!rest.isEmpty()) {
            List<EreportAccepted> durable = write(rest);
            durable.forEach(accepted);
            rest.subList(0, durable.size()).clear();
            if (durable.isEmpty() && !rest.isEmpty()) {
                if (intake.isClosed()) {
                    LOG.error(
                            "{} ereports are lost, since the daemon stops while its log cannot be written",
                            rest.size());
                    return;
                }
                LockSupport.parkNanos(RETRY_NANOS);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
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
