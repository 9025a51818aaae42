// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.fmd.core.intake.Tally.Reason;
import org.fmd.model.event.Ereport;

/** The two lanes. Safe for any number of sources and one journal. */
public final class Intake {

    /**
     * Numbers since the start. What was posted is logged, waits, or is one of the other three.
     *
     * @param posted ereports that were posted
     * @param overflowed dropped, the oldest first, since the low lane was full
     * @param thinned left out of a storm of transport telemetry
     * @param oversized larger than the log takes
     */
    public record Counts(long posted, long overflowed, long thinned, long oversized) {
        /** All that was left out. */
        public long dropped() {
            return overflowed + thinned + oversized;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final Deque<Ereport> high = new ArrayDeque<>();
    private final Deque<Ereport> low = new ArrayDeque<>();
    private final IntakePolicy policy;
    private final InstantSource clock;
    private final Thinning thinning;
    private final Tally total = new Tally();
    private Tally untold = new Tally();
    private long posted;
    private boolean unbounded;
    private boolean closed;

    /**
     * Makes empty lanes.
     *
     * @param clock one that never goes back, for how long ago something passed
     */
    public Intake(IntakePolicy policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
        this.thinning = new Thinning(policy.thinKeep(), policy.thinEvery());
    }

    /**
     * Puts an ereport into its lane: waits while the high one is full; while the low one fills, transport telemetry is thinned, and
     * when it is full its oldest is dropped and counted.
     */
    public void post(Ereport ereport) {
        lock.lock();
        try {
            while (!offer(ereport)) {
                drained.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts an ereport into its lane, as {@link #post} does, but never waits.
     *
     * @return false if it belongs into the high lane and that is full: nothing was done with it
     */
    public boolean offer(Ereport ereport) {
        lock.lock();
        try {
            if (Lane.of(ereport) == Lane.HIGH) {
                if (high.size() >= policy.capacity() && !unbounded && !closed) {
                    return false;
                }
                high.add(ereport);
            } else if (Lane.isTransport(ereport)
                    && !thinning.pass(
                            ereport.eventClass().name(),
                            Lane.detector(ereport),
                            clock.instant(),
                            policy.isThinning(low.size()))) {
                leaveOut(Reason.THINNED, ereport);
            } else {
                low.add(ereport);
                dropBeyondCapacity();
            }
            posted++;
            filled.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void dropBeyondCapacity() {
        while (low.size() > policy.capacity()) {
            leaveOut(Reason.OVERFLOWED, low.remove());
        }
    }

    private void leaveOut(Reason reason, Ereport ereport) {
        total.add(reason, ereport);
        untold.add(reason, ereport);
    }

    /**
     * Waits until there is something to take, or the intake is closed, or for some time.
     *
     * @param shorter how long to wait while something left out is not told
     */
    void await(Duration most, Duration shorter) throws InterruptedException {
        lock.lock();
        try {
            long begun = System.nanoTime();
            long waited = 0;
            while (high.isEmpty() && low.isEmpty() && !closed) {
                long left = (untold.isEmpty() ? most : shorter).toNanos() - waited;
                if (left <= 0) {
                    return;
                }
                filled.awaitNanos(left);
                waited = System.nanoTime() - begun;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so long, or until the intake is closed or, if {@code untilHigh}, something is in the high lane. */
    void pause(Duration most, boolean untilHigh) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (!closed && left > 0 && !(untilHigh && !high.isEmpty())) {
                left = filled.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds to a list what waits in a lane, the oldest first, until the list holds {@code most}. */
    void take(Lane lane, List<Ereport> to, int most) {
        lock.lock();
        try {
            Deque<Ereport> from = lane == Lane.HIGH ? high : low;
            while (to.size() < most && !from.isEmpty()) {
                to.add(from.remove());
            }
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Puts back what was taken from the low lane last and cannot be logged now. */
    void putBack(List<Ereport> taken) {
        lock.lock();
        try {
            for (int i = taken.size() - 1; i >= 0; i--) {
                low.addFirst(taken.get(i));
            }
            dropBeyondCapacity();
        } finally {
            lock.unlock();
        }
    }

    /** Counts an ereport that the log will never take. */
    void oversized(Ereport ereport) {
        lock.lock();
        try {
            leaveOut(Reason.OVERSIZED, ereport);
        } finally {
            lock.unlock();
        }
    }

    /** Returns what was left out since the last call. */
    Tally takeUntold() {
        lock.lock();
        try {
            Tally taken = untold;
            untold = new Tally();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Puts back what could not be told. */
    void putBack(Tally taken) {
        lock.lock();
        try {
            untold.add(taken);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many ereports wait in both lanes. */
    public int waiting() {
        lock.lock();
        try {
            return high.size() + low.size();
        } finally {
            lock.unlock();
        }
    }

    boolean isHighEmpty() {
        lock.lock();
        try {
            return high.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Returns what was done with all that was posted. */
    public Counts counts() {
        lock.lock();
        try {
            return new Counts(
                    posted, total.of(Reason.OVERFLOWED), total.of(Reason.THINNED), total.of(Reason.OVERSIZED));
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody wait any more: the sources are about to be stopped, and one that waits cannot stop. */
    public void stopWaiting() {
        lock.lock();
        try {
            unbounded = true;
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says that nothing more will be posted. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            filled.signalAll();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
