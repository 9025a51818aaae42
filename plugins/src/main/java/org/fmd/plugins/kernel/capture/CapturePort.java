// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.capture;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.KernelPort;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.jspecify.annotations.Nullable;

/**
 * Plays a capture. History comes at once; the rest either without waiting, with its recorded times, or with its gaps as
 * recorded, the first record now.
 */
public final class CapturePort implements KernelPort {
    private final List<CaptureFolder.Entry> entries;
    private final Map<Source, String> missing;
    private final @Nullable CaptureTrace trace;
    private final long epochNanos;
    private final Timeline timeline;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean wakeRequested;
    private int next;

    /** How recorded times become the times of arrivals. */
    private interface Timeline {
        /** Returns how long to wait until the entry is due. */
        long nanosUntil(CaptureFolder.Entry entry);

        Arrival of(CaptureFolder.Entry entry);

        /** Whether a moment comes before an entry; if so, it is that moment now. */
        boolean passes(long nanos, CaptureFolder.Entry entry);

        /** Returns how many nanoseconds later than recorded an entry comes, by the wall clock. */
        long shift();

        Arrival now();
    }

    private CapturePort(CaptureFolder folder, Timeline timeline) {
        this.entries = folder.entries();
        this.missing = folder.missing();
        this.trace = folder.trace();
        this.epochNanos = folder.epochNanos();
        this.timeline = timeline;
    }

    /** Plays without waiting; times are those of the recording. */
    public static CapturePort fast(CaptureFolder folder) {
        return new CapturePort(folder, new AsRecorded());
    }

    /** Plays with the gaps of the recording, as if its first record that is no history came now. */
    public static CapturePort paced(CaptureFolder folder, InstantSource clock, LongSupplier nanoTime) {
        long begin = folder.entries().stream()
                .filter(e -> !e.history)
                .mapToLong(e -> e.wallNanos)
                .findFirst()
                .orElse(0);
        return new CapturePort(folder, new Rebased(begin, clock, nanoTime));
    }

    private static Instant instant(long wallNanos) {
        return Instant.ofEpochSecond(0, wallNanos);
    }

    /** The times of the recording; the current time is that of the last record. */
    private static final class AsRecorded implements Timeline {
        private long latest;

        @Override
        public long nanosUntil(CaptureFolder.Entry entry) {
            return 0;
        }

        @Override
        public Arrival of(CaptureFolder.Entry entry) {
            latest = entry.wallNanos;
            return new Arrival(instant(latest), latest, entry.history);
        }

        @Override
        public boolean passes(long nanos, CaptureFolder.Entry entry) {
            boolean before = nanos < entry.wallNanos;
            latest = before ? Math.max(latest, nanos) : latest;
            return before;
        }

        @Override
        public long shift() {
            return 0;
        }

        @Override
        public Arrival now() {
            return new Arrival(instant(latest), latest, false);
        }
    }

    /** Recorded times moved so that {@code begin} is when playing began. */
    private static final class Rebased implements Timeline {
        private final long begin;
        private final Instant startedAt;
        private final long startedNanos;
        private final LongSupplier nanoTime;

        Rebased(long begin, InstantSource clock, LongSupplier nanoTime) {
            this.begin = begin;
            this.nanoTime = nanoTime;
            this.startedAt = clock.instant();
            this.startedNanos = nanoTime.getAsLong();
        }

        @Override
        public long nanosUntil(CaptureFolder.Entry entry) {
            return entry.history ? 0 : entry.wallNanos - begin - (nanoTime.getAsLong() - startedNanos);
        }

        @Override
        public Arrival of(CaptureFolder.Entry entry) {
            return new Arrival(startedAt.plusNanos(entry.wallNanos - begin), nanoTime.getAsLong(), entry.history);
        }

        @Override
        public boolean passes(long nanos, CaptureFolder.Entry entry) {
            return false;
        }

        @Override
        public long shift() {
            return startedAt.getEpochSecond() * 1_000_000_000L + startedAt.getNano() - begin;
        }

        @Override
        public Arrival now() {
            long nanos = nanoTime.getAsLong();
            return new Arrival(startedAt.plusNanos(nanos - startedNanos), nanos, false);
        }
    }

    @Override
    public Map<Source, String> missing() {
        return missing;
    }

    @Override
    public boolean await(OptionalLong deadline, RawSink sink) {
        if (next >= entries.size()) {
            return false;
        }
        if (next == 0 && trace != null) {
            sink.traceBegins(trace.layout(), trace.events());
        }
        CaptureFolder.Entry entry = entries.get(next);
        if (deadline.isPresent() && timeline.passes(deadline.getAsLong(), entry)) {
            return true;
        }
        if (!isDue(entry, deadline)) {
            return true;
        }
        next++;
        Arrival at = timeline.of(entry);
        switch (entry.source) {
            case KMSG -> sink.kmsg(entry.bytes, entry.bytes.length, at);
            case UEVENTS -> sink.uevent(entry.bytes, entry.bytes.length, at);
            case TRACE -> sink.tracePage(entry.bytes, entry.bytes.length, at, epochNanos + timeline.shift());
        }
        return true;
    }

    /** Waits until the entry is due, the deadline has come or somebody wakes us. */
    private boolean isDue(CaptureFolder.Entry entry, OptionalLong deadline) {
        lock.lock();
        try {
            long wait = timeline.nanosUntil(entry);
            while (wait > 0 && !wakeRequested) {
                long allowed = deadline.isPresent()
                        ? deadline.getAsLong() - timeline.now().nanos()
                        : wait;
                if (allowed <= 0) {
                    return false;
                }
                woken.await(Math.min(wait, allowed), TimeUnit.NANOSECONDS);
                wait = timeline.nanosUntil(entry);
            }
            boolean due = !wakeRequested;
            wakeRequested = false;
            return due;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** A capture does not tell what was in flight. */
    @Override
    public boolean isIdle(String disk) {
        return false;
    }

    @Override
    public Arrival now() {
        return timeline.now();
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            wakeRequested = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {}
}
