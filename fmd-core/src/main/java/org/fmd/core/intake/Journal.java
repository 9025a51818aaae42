// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogException;
import org.fmd.core.log.LogException.Condition;
import org.fmd.core.log.LogRecord;
import org.fmd.core.manager.Input.EreportAccepted;
import org.fmd.core.time.ClockStep;
import org.fmd.core.time.SteadyClock;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.TypedJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that makes ereports durable, many with one sync, and hands them on in the order of the log. */
public final class Journal implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final String WELL = "ok";
    private static final int BATCH = 1024;
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    /** How long to wait for something to do: then the clock is looked at. */
    public static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /** How long to wait after a step that could not write. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** When the next step may be made; one that is made earlier does no harm. */
    public enum Step {
        /** At once: there may be more to take. */
        MORE,
        /**
         * When something was posted, or the intake closed; or in {@link #LOOK_EVERY}, and in {@link #RETRY_AFTER} if anything was
         * left out and is not told yet.
         */
        IDLE,
        /** When something was posted to the high lane, or the intake closed, or in {@link #RETRY_AFTER}: the low lane waits. */
        LOW_WAITS,
        /** In {@link #RETRY_AFTER}, or when the intake was closed: nothing can be logged. */
        RETRY,
        /** Never: the intake is closed, and nothing is left of it. */
        ENDED
    }

    private final Intake intake;
    private final EventLog errlog;
    private final InstantSource wall;
    private final SteadyClock steady;
    private final Consumer<EreportAccepted> accepted;
    private final List<Ereport> taken = new ArrayList<>();
    private Instant tellFrom = Instant.MIN;
    private @Nullable Trouble trouble;
    private volatile State state = new State(WELL, 0);

    /**
     * How the log is.
     *
     * @param text {@code ok}, or what cannot be logged and why
     * @param failures attempts that failed since the start
     */
    public record State(String text, long failures) {}

    /**
     * Makes the journal. {@link #run} is its thread; without one, somebody calls {@link #step}.
     *
     * @param wall what time it is
     * @param steady how much time has passed; a step of the wall clock that it sees becomes an ereport
     * @param accepted told each durable ereport, in the order of the log, on the thread that makes the step
     */
    public Journal(
            Intake intake,
            EventLog errlog,
            InstantSource wall,
            SteadyClock steady,
            Consumer<EreportAccepted> accepted) {
        this.intake = intake;
        this.errlog = errlog;
        this.wall = wall;
        this.steady = steady;
        this.accepted = accepted;
    }

    /** How the log is now. For any thread. */
    public State state() {
        return state;
    }

    /** Runs until the intake is closed and empty. */
    @Override
    public void run() {
        try {
            for (Step step = step(); step != Step.ENDED; step = step()) {
                if (step == Step.IDLE) {
                    intake.await(errlog.isReserveFull() ? LOOK_EVERY : RETRY_AFTER, RETRY_AFTER);
                } else if (step == Step.RETRY || step == Step.LOW_WAITS) {
                    intake.pause(RETRY_AFTER, step == Step.LOW_WAITS);
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("the journal was interrupted, {} ereports are not logged", taken.size() + intake.waiting());
        }
    }

    /**
     * Takes what waits now, tries once to make it durable, and hands on what is. What was taken of the high lane and is not durable
     * yet stays here for the next step, what was taken of the low one goes back to it; nothing is lost by it but when the intake is
     * closed, since then there may be no next one. Never waits, except for the disk and for whoever is handed something.
     */
    public Step step() {
        boolean closed = intake.isClosed(); // asked first: what is posted before closing is seen below
        int kept = taken.size();
        intake.take(Lane.HIGH, taken, BATCH);
        Step step;
        if (trouble == null) {
            step = together(closed);
        } else {
            addClockStep(kept);
            step = apart(trouble, closed);
        }
        if (!closed || step == Step.MORE) {
            return step;
        }
        if (step != Step.IDLE) {
            sayWhatIsLost();
        }
        return Step.ENDED;
    }

    private void sayWhatIsLost() {
        LOG.error(
                "{} ereports are lost, since the daemon stops while its log cannot be written",
                taken.size() + intake.waiting());
        Tally untold = intake.takeUntold();
        if (!untold.isEmpty()) {
            LOG.error(untold.sentence());
        }
    }

    /** The usual way: one sync for all. */
    private Step together(boolean closed) {
        List<Ereport> low = takeLow(BATCH - taken.size());
        addClockStep(0);
        Tally untold = untold(closed);
        if (taken.isEmpty() && low.isEmpty() && untold == null) {
            if (!errlog.isReserveFull()) {
                errlog.hasRoom(); // fills it, if that can be
            }
            return Step.IDLE;
        }
        boolean mixed = !low.isEmpty() || untold != null;
        LogException failure = write(taken, low, untold, null);
        if (failure == null) {
            return Step.MORE;
        }
        Trouble begun = new Trouble(wall.instant(), errlog.path());
        trouble = begun;
        failed(begun, failure, !mixed);
        return mixed ? apart(begun, closed) : Step.RETRY;
    }

    /** While something is wrong: first what is vital, alone, so that the reserve is for it; then the rest, if there is room. */
    private Step apart(Trouble now, boolean closed) {
        if (!taken.isEmpty()) {
            LogException failure = write(taken, new ArrayList<>());
            if (failure != null) {
                failed(now, failure, true);
                return Step.RETRY;
            }
        }
        if (!errlog.hasRoom()) {
            return intake.isHighEmpty() ? Step.LOW_WAITS : Step.MORE;
        }
        List<Ereport> low = takeLow(BATCH);
        if (addClockStep(0)) {
            intake.putBack(low);
            return Step.MORE;
        }
        LogException failure = write(new ArrayList<>(), low, untold(closed), now.story(wall.instant()));
        if (failure != null) {
            failed(now, failure, false);
            return Step.LOW_WAITS;
        }
        LOG.warn("'{}' can be written again; {} attempts failed since {}", errlog.path(), now.attempts(), now.since());
        trouble = null;
        state = new State(WELL, state.failures());
        return Step.MORE;
    }

    /** Asked after all was taken, and told before: what was observed after the clock was set is logged after that. */
    private boolean addClockStep(int at) {
        Optional<ClockStep> set = steady.step();
        set.ifPresent(step -> {
            LOG.warn(step.sentence());
            taken.add(at, step.report());
        });
        return set.isPresent();
    }

    private List<Ereport> takeLow(int most) {
        List<Ereport> low = new ArrayList<>();
        intake.take(Lane.LOW, low, Math.max(0, most));
        return low;
    }

    /** What was left out, if it is time to tell; null if there is nothing to tell. */
    private @Nullable Tally untold(boolean closed) {
        Instant now = steady.instant();
        if (!closed && now.isBefore(tellFrom)) {
            return null;
        }
        Tally untold = intake.takeUntold();
        if (untold.isEmpty()) {
            return null;
        }
        tellFrom = now.plus(TELL_EVERY);
        return untold;
    }

    private void failed(Trouble now, LogException failure, boolean vital) {
        now.failed(failure, vital);
        state = new State(now.text(), state.failures() + 1);
    }

    /**
     * Makes durable what it can, and hands that on. What is vital is all durable then, or none; of the rest, what is not goes back
     * to where it came from.
     *
     * @param vital emptied when it is durable
     * @return why not all is durable; null if it is
     */
    private @Nullable LogException write(
            List<Ereport> vital, List<Ereport> low, @Nullable Tally untold, @Nullable Ereport story) {
        List<Ereport> rest = new ArrayList<>(low);
        if (untold != null) {
            rest.add(untold.report(wall.instant()));
        }
        if (story != null) {
            rest.add(story);
        }
        int own = (untold == null ? 0 : 1) + (story == null ? 0 : 1);
        LogException failure = write(vital, rest);
        int ownLeft = Math.min(own, rest.size());
        if (untold != null && ownLeft == own) {
            intake.putBack(untold);
        }
        intake.putBack(rest.subList(0, rest.size() - ownLeft));
        return failure;
    }

    private @Nullable LogException write(List<Ereport> vital, List<Ereport> rest) {
        List<EreportAccepted> appended = new ArrayList<>();
        LogException failure = null;
        int first;
        try {
            append(vital, true, appended);
            first = appended.size();
            try {
                append(rest, false, appended);
            } catch (LogException e) {
                if (e.condition() != Condition.LOG_MINFREE) {
                    throw e;
                }
                failure = e; // what was appended before stands
            }
            errlog.sync();
        } catch (LogException e) {
            return e;
        }
        vital.clear();
        rest.subList(0, appended.size() - first).clear();
        appended.forEach(accepted);
        return failure;
    }

    /** Appends one after the other, and takes out of them what can never be logged. */
    private void append(List<Ereport> ereports, boolean vital, List<EreportAccepted> to) throws LogException {
        for (int i = 0; i < ereports.size(); ) {
            Ereport ereport = ereports.get(i);
            try {
                LogRef ref = vital ? errlog.appendVital(record(ereport)) : errlog.append(record(ereport));
                to.add(new EreportAccepted(ereport.tod(), ref, ereport));
                i++;
            } catch (LogException e) {
                if (e.condition() != Condition.RECORD_TOO_LARGE) {
                    throw e;
                }
                LOG.warn("an ereport is left out of the log: {}", e.getMessage());
                ereports.remove(i);
                intake.oversized(ereport);
            }
        }
    }

    private static LogRecord record(Ereport ereport) {
        return LogRecord.of(
                ereport.tod(), LogRecord.NO_UUID, ereport.eventClass().name(), TypedJson.write(ereport));
    }
}
