// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.fmd.model.event.Ereport;

/** The two lanes. Safe for any number of sources and one journal thread. */
public final class Intake {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final Deque<Ereport> high = new ArrayDeque<>();
    private final Deque<Ereport> low = new ArrayDeque<>();
    private final int capacity;
    private Map<String, Long> dropped = new TreeMap<>();
    private long droppedInAll;
    private boolean closed;

    /**
     * Makes empty lanes.
     *
     * @param capacity ereports that each lane holds
     */
    public Intake(int capacity) {
        this.capacity = capacity;
    }

    /** Puts an ereport into its lane: waits while the high one is full, drops and counts what the low one cannot take. */
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
                if (high.size() >= capacity && !closed) {
                    return false;
                }
                high.add(ereport);
            } else if (low.size() < capacity) {
                low.add(ereport);
            } else {
                dropped.merge(ereport.eventClass().name(), 1L, Long::sum);
                droppedInAll++;
            }
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to take, or the intake is closed. */
    void await() throws InterruptedException {
        lock.lock();
        try {
            while (high.isEmpty() && low.isEmpty() && dropped.isEmpty() && !closed) {
                filled.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so long, or until the intake is closed. */
    void awaitClosed(Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (!closed && left > 0) {
                left = filled.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes up to {@code most} ereports that wait now, the high lane first. */
    List<Ereport> take(int most) {
        lock.lock();
        try {
            List<Ereport> taken = new ArrayList<>();
            move(high, taken, most);
            move(low, taken, most);
            drained.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private static void move(Deque<Ereport> lane, List<Ereport> taken, int most) {
        while (taken.size() < most && !lane.isEmpty()) {
            taken.add(lane.remove());
        }
    }

    /** Returns what was dropped since the last call, by class. */
    Map<String, Long> takeDropped() {
        lock.lock();
        try {
            Map<String, Long> taken = dropped;
            dropped = new TreeMap<>();
            return taken;
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

    /** Returns how many ereports were dropped since the start. */
    public long dropped() {
        lock.lock();
        try {
            return droppedInAll;
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
