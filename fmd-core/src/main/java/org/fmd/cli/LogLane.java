// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogHeader;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogReader;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.JsonProblem;
import org.jspecify.annotations.Nullable;

/**
 * One log on its way through {@code fmdump}: the events in it that pass the filter, one after the other. What the log can decide
 * by its columns and envelopes it decides itself.
 */
final class LogLane implements Closeable {
    private final LogSource source;
    private final EventFilter filter;
    private final DamageReport damage;
    private final @Nullable Progress progress;
    private final LogReader reader;
    private final Evidence evidence;
    private boolean beginsAtLast;
    private @Nullable LoggedEvent current;
    private boolean any;

    private LogLane(
            LogSource source,
            EventFilter filter,
            DamageReport damage,
            @Nullable Progress progress,
            LogReader reader,
            boolean beginsAtLast) {
        this.source = source;
        this.filter = filter;
        this.damage = damage;
        this.progress = progress;
        this.reader = reader;
        this.beginsAtLast = beginsAtLast;
        this.evidence = new Evidence(source.files(), damage);
    }

    /**
     * Opens a log at its beginning.
     *
     * @param bodies whether anybody will look at more than time, class and case
     * @param last how many of the last events that pass are wanted, 0 for all; where members decide what passes, all come
     */
    static LogLane open(
            LogSource source,
            EventFilter filter,
            boolean bodies,
            int last,
            DamageReport damage,
            @Nullable Progress progress)
            throws IOException {
        LogReader reader = source.open(damage);
        if (!bodies && !filter.needsMembers(source.label())) {
            reader.columnsAlone();
        }
        boolean lastKnown = last > 0 && !filter.needsMembers(source.label());
        if (lastKnown || filter.looksAtEnvelope()) {
            reader.select(lastKnown ? filter.query(source.label()).last(last) : filter.query(source.label()));
        }
        if (progress != null) {
            progress.expect(source);
        }
        return new LogLane(source, filter, damage, progress, reader, lastKnown);
    }

    /** Goes to the record at a place, or to the first one behind the place of its file's header. */
    void begin(DumpRequest.Start start) throws CommandFailure, IOException {
        beginsAtLast = false;
        LogRef ref = start.ref();
        if (ref == null) {
            LogHeader header =
                    LogHeader.peek(source.files(), String.valueOf(source.path().getFileName()));
            if (start.offset() <= header.start()) {
                reader.resumeAt(new LogRef(header.id(), header.start()));
                return;
            }
            ref = new LogRef(header.id(), start.offset());
        }
        if (reader.read(ref).isEmpty()) {
            throw CommandFailure.failed(
                    "cannot begin at '" + ref + "': no record begins there; -j shows the place of each as 'ref'", null);
        }
        reader.resumeAt(ref);
    }

    /** Moves to the next event that passes; false if there is none by now. */
    boolean advance() throws IOException {
        LogLabel label = source.label();
        boolean byMembers = filter.needsMembers(label);
        while (reader.advance()) {
            any = true;
            if (progress != null) {
                progress.step(source, reader);
            }
            LoggedEvent event = LoggedEvent.currentOf(reader);
            if (byMembers && !passes(event)) {
                continue;
            }
            current = event;
            return true;
        }
        current = null;
        return false;
    }

    private boolean passes(LoggedEvent event) {
        try {
            return filter.acceptsMembers(event, source.label());
        } catch (JsonProblem e) {
            damage.skip("the body at " + event.ref() + " is no event: " + e.getMessage());
            return false;
        }
    }

    /** Counts all events that pass, per class and day. */
    void count(ClassCounts counts) throws IOException {
        if (filter.needsMembers(source.label())) {
            while (advance()) {
                counts.add(reader.timeNanos(), reader.eventClass());
            }
        } else {
            counts.add(reader);
        }
    }

    /** Returns the event that {@link #advance} found, to be used before the next; null if it found none. */
    @Nullable
    LoggedEvent current() {
        return current;
    }

    /** Returns the time of the current event, unsigned nanoseconds. */
    long timeNanos() {
        return reader.timeNanos();
    }

    /** Reads an event again that was current before. */
    Optional<LoggedEvent> read(LogRef ref) throws IOException {
        Optional<LogEntry> entry = reader.read(ref);
        return entry.isEmpty() ? Optional.empty() : Optional.of(LoggedEvent.of(entry.get()));
    }

    LogSource source() {
        return source;
    }

    /** Returns the header of the file that the current event is in, or of the newest file. */
    LogHeader header() throws IOException {
        return current != null
                ? reader.header()
                : LogHeader.peek(source.files(), String.valueOf(source.path().getFileName()));
    }

    Evidence evidence() {
        return evidence;
    }

    /** Whether nothing comes but the last events that were asked for, and what is logged after them. */
    boolean beginsAtLast() {
        return beginsAtLast;
    }

    /** Whether there was any record. */
    boolean any() {
        return any;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        evidence.close();
    }
}
