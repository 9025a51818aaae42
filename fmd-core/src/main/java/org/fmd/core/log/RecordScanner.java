// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Walks the records of one file in order, over one reused buffer. What is not a record is told as {@link Damage} and stepped
 * over. Never throws for what it finds in the file, only for what the file system refuses.
 *
 * <pre>
 *   at next:  WHOLE ──────▶ show, go on behind it         (body damaged: tell, go on behind it)
 *             BAD ────────▶ look for the next mark with a valid header, tell what lies between
 *             UNFINISHED ─▶ live: stop, look again later   sealed: tell, stop
 *             END ────────▶ stop, look again later
 * </pre>
 */
final class RecordScanner implements RecordSource {

    private enum Probe {
        WHOLE,
        UNFINISHED,
        BAD,
        END
    }

    private static final int BUFFER = 128 << 10;
    private static final String BAD_BODY = "body checksum does not match";

    private final LogFile file;
    private final String path;
    private final LogHeader header;
    private final RecordCodec codec;
    private final boolean bodies;
    private final ClassNames classes = new ClassNames();
    private LogQuery query = LogQuery.ALL;
    private boolean selective;
    private Consumer<Damage> damage;
    private boolean live = true;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long bufferAt;
    private int filled;

    private long next;
    private long offset = -1;
    private int length;
    private int stamp;
    private String flaw = "";
    private boolean verified;

    /**
     * A scanner before the first record of a file, which it takes over and closes.
     *
     * @param bodies whether bodies are checked too; otherwise a damaged one is shown
     */
    RecordScanner(LogFile file, String path, LogHeader header, boolean bodies, Consumer<Damage> damage) {
        this.file = file;
        this.path = path;
        this.header = header;
        this.codec = new RecordCodec(header.id());
        this.bodies = bodies;
        this.damage = damage;
        this.next = header.start();
    }

    /** From now on nobody writes this file: what is unfinished is torn. */
    @Override
    public void seal() {
        live = false;
    }

    @Override
    public boolean sealed() {
        return !live;
    }

    @Override
    public LogHeader header() {
        return header;
    }

    @Override
    public void select(LogQuery wanted) {
        query = wanted;
        selective = !wanted.isAll();
    }

    /** Whether the envelope at an index of the buffer meets the query. */
    private boolean isSelected(int index) {
        return query.acceptsTime(RecordCodec.timeNanos(buffer, index))
                && (!query.asksForClass() || classes.at(buffer, index).passes(query))
                && (!query.asksForUuid() || query.acceptsUuid(RecordCodec.uuid(buffer, index)));
    }

    /** Where the next record is looked for. */
    @Override
    public long next() {
        return next;
    }

    /** Goes to an offset, unsigned; what is there need not be a record. Past the end means the last record's end. */
    @Override
    public void seek(long to) {
        next = to < 0 ? Long.MAX_VALUE : Math.max(to, header.start());
        offset = -1;
    }

    /** Goes to the event at exactly this offset; false if none begins there. A damaged body is told. */
    @Override
    public boolean at(long where) throws IOException {
        if (where < header.start()) {
            return false;
        }
        seek(where);
        filled = 0;
        if (probe(where) != Probe.WHOLE || RecordCodec.kind(buffer, index(where)) != RecordCodec.KIND_EVENT) {
            return false;
        }
        offset = where;
        length = RecordCodec.length(buffer, index(where));
        if (codec.bodyValid(buffer, index(where))) {
            return true;
        }
        tell(where, length, BAD_BODY);
        return false;
    }

    /** Bytes in the file behind the last whole record. */
    @Override
    public long unread() throws IOException {
        return Math.max(0, file.size() - next);
    }

    /** Moves to the next record; false if there is none (yet). */
    @Override
    public boolean advance() throws IOException {
        boolean fresh = false;
        while (true) {
            Probe probe = probe(next);
            boolean wanted = probe == Probe.WHOLE
                    && RecordCodec.kind(buffer, index(next)) == RecordCodec.KIND_EVENT
                    && (!selective || isSelected(index(next)));
            boolean checked = (bodies && !selective) || (wanted && (bodies || query.asksForDevice()));
            boolean sound = probe == Probe.WHOLE && (!checked || codec.bodyValid(buffer, index(next)));
            if (!fresh && (probe == Probe.BAD || (probe == Probe.WHOLE && !sound))) {
                filled = 0; // the writer may have taken back and rewritten what the buffer holds: look again
                fresh = true;
                continue;
            }
            fresh = false;
            switch (probe) {
                case WHOLE -> {
                    offset = next;
                    length = RecordCodec.length(buffer, index(next));
                    stamp = RecordCodec.stamp(buffer, index(next));
                    next += length;
                    if (!sound) {
                        tell(offset, length, BAD_BODY);
                    } else if (wanted && (!query.asksForDevice() || query.acceptsDeviceIn(body()))) {
                        return true;
                    }
                }
                case BAD -> {
                    if (live && offset >= 0 && !lastStillStands()) {
                        walkBackTo(next);
                    } else {
                        resynchronise();
                    }
                }
                case UNFINISHED -> {
                    if (!live) {
                        long end = file.size();
                        tell(next, end - next, flaw);
                        next = end;
                    }
                    return false;
                }
                case END -> {
                    if (!live || file.size() >= next || next <= header.start()) {
                        return false;
                    }
                    walkBackTo(file.size());
                }
            }
        }
    }

    /** The length that an unfinished record at an offset should have; 0 if its own header does not say. */
    long expectedAt(long where) throws IOException {
        filled = 0;
        Probe probe = probe(where);
        boolean knows = probe == Probe.WHOLE || (probe == Probe.UNFINISHED && verified);
        return knows ? RecordCodec.length(buffer, index(where)) : 0;
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public long timeNanos() {
        return RecordCodec.timeNanos(buffer, index(offset));
    }

    @Override
    public UUID uuid() {
        return RecordCodec.uuid(buffer, index(offset));
    }

    @Override
    public String eventClass() {
        return classes.at(buffer, index(offset)).name();
    }

    /** A fresh array. */
    @Override
    public byte[] body() {
        return RecordCodec.body(buffer, index(offset));
    }

    @Override
    public boolean bodyValid() {
        return bodies || codec.bodyValid(buffer, index(offset));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** What stands at an offset; for {@code BAD} and {@code UNFINISHED} the reason is left in {@link #flaw}. */
    private Probe probe(long at) throws IOException {
        int have = ensure(at, RecordCodec.ENVELOPE);
        verified = false;
        if (have == 0) {
            return Probe.END;
        }
        for (int i = 0; i < Math.min(4, have); i++) {
            if (buffer.get(index(at) + i) != (byte) (RecordCodec.MAGIC >>> (8 * i))) {
                flaw = "no record begins here";
                return Probe.BAD;
            }
        }
        if (have < RecordCodec.ENVELOPE) {
            flaw = "unfinished record, " + have + " bytes present";
            return Probe.UNFINISHED;
        }
        if (!RecordCodec.plausible(buffer, index(at))) {
            flaw = "impossible record length " + Integer.toUnsignedString(RecordCodec.length(buffer, index(at)));
            return Probe.BAD;
        }
        int headerLength = RecordCodec.ENVELOPE + RecordCodec.classLength(buffer, index(at));
        have = ensure(at, headerLength);
        if (have < headerLength) {
            flaw = "unfinished record, " + have + " bytes present";
            return Probe.UNFINISHED;
        }
        if (!codec.headerValid(buffer, index(at), at)) {
            flaw = "record header checksum does not match";
            return Probe.BAD;
        }
        verified = true;
        int whole = RecordCodec.length(buffer, index(at));
        have = ensure(at, whole);
        if (have < whole) {
            flaw = "unfinished record, " + have + " of " + whole + " bytes present";
            return Probe.UNFINISHED;
        }
        return Probe.WHOLE;
    }

    /** From something that is no record, steps to the next thing that is one, or may become one. */
    private void resynchronise() throws IOException {
        long from = next;
        String reason = flaw;
        long at = from + 1;
        while (true) {
            int have = ensure(at, 1);
            if (have == 0) {
                break;
            }
            int index = index(at);
            int end = index + have;
            while (index < end && buffer.get(index) != RecordCodec.MAGIC_FIRST) {
                index++;
            }
            at = bufferAt + index;
            if (index == end) {
                continue;
            }
            Probe probe = probe(at);
            if (probe == Probe.WHOLE || (probe == Probe.UNFINISHED && live)) {
                break;
            }
            at++;
        }
        next = at;
        tell(from, at - from, reason);
    }

    /** Whether the record before {@code next} is still the one that was there; if not, {@code next} need not be a border. */
    private boolean lastStillStands() throws IOException {
        return probe(offset) == Probe.WHOLE
                && RecordCodec.length(buffer, index(offset)) == length
                && RecordCodec.stamp(buffer, index(offset)) == stamp;
    }

    /** The writer took back what it had written, and we had read it: go to the last border of records up to an offset. */
    private void walkBackTo(long end) throws IOException {
        Consumer<Damage> telling = damage;
        damage = known -> {};
        try {
            seek(header.start());
            filled = 0;
            while (next < end) {
                Probe probe = probe(next);
                if (probe == Probe.WHOLE && next + RecordCodec.length(buffer, index(next)) <= end) {
                    next += RecordCodec.length(buffer, index(next));
                } else if (probe == Probe.BAD) {
                    resynchronise();
                } else {
                    return;
                }
            }
        } finally {
            damage = telling;
        }
    }

    private void tell(long at, long bytes, String reason) {
        damage.accept(new Damage(path, at, bytes, reason));
    }

    private int index(long at) {
        return (int) (at - bufferAt);
    }

    /** Brings at least {@code count} bytes from an offset into the buffer if the file has them; returns how many it holds. */
    private int ensure(long at, int count) throws IOException {
        if (at < bufferAt || at > bufferAt + filled) {
            bufferAt = at;
            filled = 0;
        }
        if (bufferAt + filled - at < count && index(at) + count > buffer.capacity()) {
            makeRoom(at, count);
        }
        while (bufferAt + filled - at < count) {
            buffer.position(filled);
            int got = file.read(buffer, bufferAt + filled);
            buffer.clear();
            if (got <= 0) {
                break;
            }
            filled += got;
        }
        return (int) (bufferAt + filled - at);
    }

    /** Moves what is wanted to the front of the buffer, or of a larger one. */
    private void makeRoom(long at, int count) {
        int keep = (int) (bufferAt + filled - at);
        buffer.limit(filled).position(index(at));
        if (count > buffer.capacity()) {
            int capacity = Math.max(count, Math.min(2 * buffer.capacity(), RecordCodec.MAX_RECORD));
            buffer = ByteBuffer.allocateDirect(capacity)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(buffer);
        } else {
            buffer.compact();
        }
        buffer.clear();
        bufferAt = at;
        filled = keep;
    }
}
