// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.fmd.core.log.LogException.Condition;
import org.fmd.core.log.LogMembers.Member;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log, in any process and without locks, whether it is being written or not: one file, or all files of one label in
 * a directory as one history, oldest first.
 *
 * <pre>{@code
 * try (LogReader reader = LogReader.history(LogFiles.in(dir), LogLabel.ERROR, damage -> warn(damage.sentence()))) {
 *     while (reader.advance()) {
 *         if (reader.eventClass().startsWith("ereport.io.scsi.")) {
 *             show(reader.entry());
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Only whole records are shown. Damage is told to the consumer, once, and stepped over; so is a file that cannot be read at
 * all. When {@link #advance} has answered {@code false}, asking again later shows what was appended meanwhile, across
 * rotations: that is how to follow a log. Memory is one buffer, as large as the largest record. Not thread-safe.
 */
public final class LogReader implements Closeable {

    private final LogFiles files;
    private final LogMembers members;
    private final Consumer<Damage> damage;
    private final Set<UUID> done = new HashSet<>();
    private final Set<Damage> told = new HashSet<>();

    private @Nullable RecordSource scanner;
    private @Nullable RecordSource lookup;
    private @Nullable UUID reached;
    private long skip = -1;
    private boolean bodies = true;
    private boolean sealedBodies = true;
    private LogQuery query = LogQuery.ALL;
    private boolean begun;

    private LogReader(LogFiles files, @Nullable String single, LogLabel label, Consumer<Damage> damage) {
        this.files = files;
        this.damage = damage;
        this.members = single == null
                ? LogMembers.history(files, label, new TellOnce())
                : LogMembers.single(files, single, new TellOnce());
    }

    /** Reads the whole history of one label. A directory without such files is an empty history, for now. */
    public static LogReader history(LogFiles files, LogLabel label, Consumer<Damage> damage) {
        return new LogReader(files, null, label, damage);
    }

    /**
     * Reads one file.
     *
     * @throws LogException when the file has no readable header, or one of a newer or incompatible format
     */
    public static LogReader file(LogFiles files, String name, Consumer<Damage> damage) throws IOException {
        LogHeader.peek(files, name); // refuses now what could not be read later
        return new LogReader(files, name, LogLabel.ERROR, damage); // one file is of whatever label it is
    }

    /** Reads one file by its path; see {@link #file(LogFiles, String, Consumer)}. */
    public static LogReader file(Path file, Consumer<Damage> damage) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path directory = absolute.getParent();
        if (directory == null) {
            throw new LogException(Condition.NO_HEADER, file.toString(), 0, "'" + file + "' is not a log file", null);
        }
        return file(LogFiles.in(directory), absolute.getFileName().toString(), damage);
    }

    /**
     * Checks envelopes alone, which is faster. A record with a damaged body is then shown, and {@link #bodyValid} tells. To
     * be called before anything is read; returns this reader.
     */
    public LogReader headersOnly() {
        requireNotBegun();
        bodies = false;
        return this;
    }

    /**
     * Does not touch the blocks of sealed files before somebody asks for a body: a list of what stands in their columns needs none of
     * them, which is nearly all of a log. A record whose body is damaged is then shown, and {@link #bodyValid} tells. To be called
     * before anything is read; returns this reader.
     */
    public LogReader columnsAlone() {
        requireNotBegun();
        sealedBodies = false;
        return this;
    }

    /**
     * Shows from now on the records which a query takes, and no others; checks the bodies of no others. To be called before
     * anything is read; returns this reader. {@link #read} is not concerned.
     */
    public LogReader select(LogQuery wanted) {
        requireNotBegun();
        query = wanted;
        return this;
    }

    /**
     * Counts what {@link #advance} would show, without looking at bodies. The reader has then nothing more to show for now.
     *
     * @throws IOException when the file system refuses to list or read; never for what stands in a file
     */
    public void count(LogTally tally) throws IOException {
        requireNotBegun();
        bodies = false;
        begin();
        do {
            RecordSource current = scanner;
            if (current != null) {
                current.count(tally);
            }
        } while (goOn());
    }

    /** Behind the last record: reads what else the file has, so that its damage is told. */
    void touchRest() throws IOException {
        RecordSource current = scanner;
        if (current != null) {
            current.touchRest();
        }
    }

    private void requireNotBegun() {
        if (begun) {
            throw new IllegalStateException("reading has begun");
        }
    }

    /**
     * Moves to the next record.
     *
     * @return false when there is none; there may be one later
     * @throws IOException when the file system refuses to list or read; never for what stands in a file
     */
    public boolean advance() throws IOException {
        begin();
        do {
            RecordSource current = scanner;
            if (current != null) {
                while (current.advance()) {
                    if (current.offset() != skip) {
                        return true;
                    }
                }
            }
        } while (goOn());
        return false;
    }

    /** Behind the last record of a file: goes to what follows it. False if nothing does, for now. */
    private boolean goOn() throws IOException {
        RecordSource current = scanner;
        for (int attempt = 0; attempt < LogMembers.ATTEMPTS; attempt++) {
            Member following = members.after(reached, done);
            if (following == null) {
                return false;
            }
            if (current != null && !current.sealed()) {
                current.seal(); // rotated while we read; what the writer added before is still to come
                return true;
            }
            UUID id = following.header().id();
            LogSeal seal = following.header().seal();
            if (seal != null && !query.overlaps(seal.earliest(), seal.latest())) {
                reach(id); // the header says that nothing in it is wanted
                attempt = -1;
                continue;
            }
            RecordSource opened = open(id, bodies, damage);
            if (opened != null) {
                reach(id);
                opened.select(query);
                scanner = opened;
                skip = -1;
                if (current != null) {
                    current.close();
                }
                return true;
            }
        }
        return false; // deleted since they were listed, one after the other; the next call looks again
    }

    private void reach(UUID id) {
        if (reached != null) {
            done.add(reached);
        }
        reached = id;
    }

    private void begin() throws IOException {
        if (begun) {
            return;
        }
        begun = true;
        if (query.last() != Long.MAX_VALUE) {
            LogRef start = lastOf(query.last());
            if (start != null) {
                resume(start, false);
            }
        }
    }

    /**
     * Where the last records of a query begin; null if none is there. Goes backwards, so that older files are not even opened, and
     * again if files were rotated meanwhile.
     */
    private @Nullable LogRef lastOf(long count) throws IOException {
        for (int attempt = 1; ; attempt++) {
            List<String> names = members.names();
            LastRecords last = new LastRecords(count);
            int oldest = names.size();
            while (oldest > 0 && !last.complete()) {
                oldest--;
                last.add(names.get(oldest), oldest + 1 < names.size());
            }
            if (names.equals(members.names()) || attempt == LogMembers.ATTEMPTS) {
                if (oldest > 0) {
                    members.beginWith(names.get(oldest));
                }
                return last.start;
            }
        }
    }

    /** The last records of a query, as they are found from the end of the log towards its beginning. */
    private final class LastRecords {
        private final long[] place = {-1};
        private final Set<UUID> seen = new HashSet<>();
        private long wanted;
        private @Nullable LogRef start;

        LastRecords(long wanted) {
            this.wanted = wanted;
        }

        boolean complete() {
            return wanted == 0 && start != null;
        }

        /** Looks into the next older file. */
        void add(String name, boolean rotated) throws IOException {
            LogFile file;
            LogHeader.Found found;
            try {
                file = files.open(name, LogFiles.Mode.READ);
                found = readOrClose(file, files.path(name));
            } catch (IOException e) {
                return; // told when it is that file's turn, if it ever is
            }
            try (RecordSource source = source(file, name, found.header(), false, new Untold())) {
                UUID id = source.header().id();
                if (!seen.add(id)) {
                    return; // a copy of a newer file
                }
                if (wanted == 0) {
                    start = new LogRef(id, -1L);
                    return;
                }
                source.select(query);
                if (rotated) {
                    source.seal();
                }
                long here = source.findLast(wanted, place);
                if (here > 0) {
                    start = new LogRef(id, place[0]);
                    wanted -= here;
                }
            }
        }
    }

    /** The next record, or null: {@link #advance} and {@link #entry} in one. */
    public @Nullable LogEntry next() throws IOException {
        return advance() ? entry() : null;
    }

    /** The header of the file in which the current record stands. */
    public LogHeader header() {
        return current().header();
    }

    public LogRef ref() {
        return current().ref();
    }

    /** Nanoseconds since the epoch, unsigned. */
    public long timeNanos() {
        return current().timeNanos();
    }

    public Instant tod() {
        return LogTime.instant(timeNanos());
    }

    public UUID uuid() {
        return current().uuid();
    }

    public String eventClass() {
        return current().eventClass();
    }

    /** Bytes which the current record takes in the file. */
    public int length() {
        return current().length();
    }

    /** Whether the body of the current record is as it was written; always true unless {@link #headersOnly}. */
    public boolean bodyValid() {
        return current().bodyValid();
    }

    /** A fresh array with the body of the current record. With {@link #headersOnly} ask {@link #bodyValid} first. */
    public byte[] body() {
        return current().body();
    }

    /** The current record as a value that outlives the next {@link #advance}. */
    public LogEntry entry() {
        return current().entry();
    }

    /** Where reading would go on: a place for {@link #resumeAt} of another reader. Empty before the first file is open. */
    public Optional<LogRef> position() {
        RecordSource current = scanner;
        return current == null
                ? Optional.empty()
                : Optional.of(new LogRef(current.header().id(), current.next()));
    }

    /**
     * Bytes behind the last whole record of the last file: 0, or a record being written, or one torn by a crash. Meaningful
     * after {@link #advance} has answered {@code false}.
     */
    public long unfinished() throws IOException {
        RecordSource current = scanner;
        return current == null ? 0 : current.unread();
    }

    /** Goes to a place: the next record shown is the first whole one at or behind it. False, and nothing moves, if its file is gone. */
    public boolean resumeAt(LogRef place) throws IOException {
        return resume(place, false);
    }

    /** Goes behind a record: the next one shown is the first whole one after it. False, and nothing moves, if its file is gone. */
    public boolean resumeAfter(LogRef record) throws IOException {
        return resume(record, true);
    }

    private boolean resume(LogRef place, boolean behind) throws IOException {
        String name = members.nameOf(place.logId());
        RecordSource target = name == null ? null : open(place.logId(), bodies, damage);
        if (name == null || target == null) {
            return false;
        }
        members.beginWith(name);
        RecordSource previous = scanner;
        begun = true; // whoever names a place does not want the last ones
        target.select(query);
        target.seek(place.offset());
        scanner = target;
        reached = place.logId();
        skip = behind ? place.offset() : -1;
        done.clear();
        if (previous != null) {
            previous.close();
        }
        return true;
    }

    /**
     * The record at one place, wherever its file is now. Does not move the scan.
     *
     * @return empty when the file is gone or no whole record begins at that offset; damage there is told
     */
    public Optional<LogEntry> read(LogRef ref) throws IOException {
        RecordSource open = lookup;
        if (open == null || !open.header().id().equals(ref.logId())) {
            open = open(ref.logId(), true, damage);
            if (open == null) {
                return Optional.empty();
            }
            if (lookup != null) {
                lookup.close();
            }
            lookup = open;
        }
        return open.at(ref.offset()) ? Optional.of(open.entry()) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        if (scanner != null) {
            scanner.close();
            scanner = null;
        }
        if (lookup != null) {
            lookup.close();
            lookup = null;
        }
    }

    private RecordSource current() {
        RecordSource current = scanner;
        if (current == null || current.offset() < 0) {
            throw new IllegalStateException("no current record: advance() has not answered true");
        }
        return current;
    }

    /** A scanner on the file with that UUID, whatever its name is by now; null if there is none any more. */
    private @Nullable RecordSource open(UUID id, boolean withBodies, Consumer<Damage> telling) throws IOException {
        for (int attempt = 0; attempt < LogMembers.ATTEMPTS; attempt++) {
            String name = members.nameOf(id);
            if (name == null) {
                return null;
            }
            try {
                LogFile file = files.open(name, LogFiles.Mode.READ);
                LogHeader.Found found = readOrClose(file, files.path(name));
                if (found.header().id().equals(id)) {
                    for (Damage each : found.damage()) {
                        tellOnce(each);
                    }
                    return source(file, name, found.header(), withBodies, telling);
                }
                file.close();
            } catch (NoSuchFileException e) {
                // renamed since it was listed, or deleted
            }
            members.forget();
        }
        return null;
    }

    private RecordSource source(
            LogFile file, String name, LogHeader header, boolean withBodies, Consumer<Damage> telling) {
        LogSeal seal = header.seal();
        return seal == null
                ? new RecordScanner(file, files.path(name), header, withBodies, telling)
                : new SealedScanner(file, files.path(name), header, seal, withBodies && sealedBodies, telling);
    }

    private static LogHeader.Found readOrClose(LogFile file, String path) throws IOException {
        try {
            return LogHeader.read(file, path);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void tellOnce(Damage found) {
        if (told.add(found)) {
            damage.accept(found);
        }
    }

    /** Written out, as a command's first lambda takes longer than its reading. */
    private final class TellOnce implements Consumer<Damage> {
        @Override
        public void accept(Damage found) {
            tellOnce(found);
        }
    }

    /** For a look ahead: who reads the file later is told. */
    private static final class Untold implements Consumer<Damage> {
        @Override
        public void accept(Damage found) {
            // not yet
        }
    }
}
