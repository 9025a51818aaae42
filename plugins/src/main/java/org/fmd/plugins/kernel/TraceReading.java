// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fmd.api.SourceContext;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.Stamp;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.PageReader;
import org.fmd.plugins.kernel.trace.TraceEvents;
import org.fmd.plugins.kernel.trace.TraceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The trace events that were read at one time, with what the kernel's log said meanwhile, in the order of the kernel's clock:
 * each processor has a buffer of its own, and the log is another source. Belongs to the reader thread.
 */
final class TraceReading implements PageReader.Sink {
    private static final Comparator<Observed> BY_KERNEL =
            Comparator.comparingLong(observed -> observed.at().kernelMicros());

    private static final long LOSS_PAUSE = Duration.ofSeconds(1).toNanos();

    /**
     * Records that were overwritten.
     *
     * @param count how many, 0 where nobody knows
     */
    record Loss(Instant tod, long count) {}

    private final SourceContext context;
    private List<Observed> batch = new ArrayList<>();
    private @Nullable PageReader reader;
    private @Nullable TraceEvents events;
    private @Nullable Arrival at;
    private long epochNanos;
    private long records;
    private long damaged;
    private @Nullable Loss loss;
    private long lossTaken = Long.MIN_VALUE;

    TraceReading(SourceContext context) {
        this.context = context;
    }

    void begins(PageLayout layout, TraceEvents of) {
        reader = new PageReader(layout, this);
        events = of;
    }

    void ends() {
        reader = null;
    }

    /** Whether there is a trace. */
    boolean isRead() {
        return reader != null;
    }

    void read(byte[] bytes, int length, Arrival arrival, long epoch) {
        context.count("trace-pages", 1);
        if (reader == null) {
            return;
        }
        at = arrival;
        epochNanos = epoch;
        records = 0;
        String broken = reader.read(bytes, length);
        context.count("trace-records", records);
        if (broken != null) {
            context.count("trace-malformed", 1);
            damaged++;
            if (Long.bitCount(damaged) == 1) { // the first, second, fourth, eighth …
                context.log().warn("a page of trace events cannot be read to its end: {} ({} so far)", broken, damaged);
            }
        }
    }

    @Override
    public void record(TraceRecord record) {
        records++;
        Arrival arrival = at;
        if (events != null && arrival != null && !arrival.history()) {
            events.read(record).ifPresent(what -> {
                Stamp stamp = new Stamp(
                        Instant.ofEpochSecond(0, epochNanos + record.nanos()), arrival.nanos(), record.nanos() / 1000);
                batch.add(new Observed(stamp, what));
            });
        }
    }

    @Override
    public void missed(long nanos, long count) {
        Arrival arrival = at;
        if (arrival != null && !arrival.history()) {
            long known = Math.max(0, count) + (loss == null ? 0 : loss.count());
            loss = new Loss(arrival.tod(), known);
        }
    }

    /** Adds what another source said. */
    void add(Observed observed) {
        batch.add(observed);
    }

    /** Returns all that was read since the last call, in order. */
    List<Observed> take() {
        if (batch.isEmpty()) {
            return List.of();
        }
        List<Observed> taken = batch;
        batch = new ArrayList<>();
        taken.sort(BY_KERNEL);
        return taken;
    }

    /** Returns what was lost since the last call, at most once a second; null if nothing was. */
    @Nullable
    Loss takeLoss(long now) {
        if (loss == null || now < lossDue()) {
            return null;
        }
        Loss taken = loss;
        loss = null;
        lossTaken = now;
        return taken;
    }

    /** Returns the arrival time at which {@link #takeLoss} has something; {@link Long#MAX_VALUE} if nothing was lost. */
    long lossDeadline() {
        return loss == null ? Long.MAX_VALUE : lossDue();
    }

    private long lossDue() {
        return lossTaken == Long.MIN_VALUE ? Long.MIN_VALUE : lossTaken + LOSS_PAUSE;
    }
}
