// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line of the plain form as long as it is of the usual kind: printable ASCII without escapes, whole numbers of up to
 * 18 digits, no list in the payload. For any other line it says nothing, and {@link PlainEreport} decides; so nothing is
 * refused here, and what is accepted means the same there.
 *
 * <p>Most lines are much like one before. The members of the last line of a kind foretell those of the next
 * ({@link LineShape}); texts, classes and detectors are remembered by their bytes. What is remembered is bounded.
 *
 * <p>Belongs to one thread.
 */
final class LineScanner {
    static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;
    private static final int MOST_DIGITS = 18;
    private static final NvValue YES = new NvValue.Bool(true);
    private static final NvValue NO = new NvValue.Bool(false);
    private static final NvValue[] SMALL = new NvValue[256];

    static {
        for (int i = 0; i < SMALL.length; i++) {
            SMALL[i] = new NvValue.Int(NvType.UINT64, i);
        }
    }

    private final LineShape.Root shapes = new LineShape.Root();
    private final ByteCache<Word> words = new ByteCache<>(1 << 14, 64);
    private final ByteCache<Fmri> detectors = new ByteCache<>(1 << 17, 1024);
    private final ByteCache<NvValue> arrays = new ByteCache<>(1 << 14, 256);
    private NvValue[] values = new NvValue[32];
    private long[] numbers = new long[64];
    private byte[] line = new byte[0];
    private int at;
    private long number;
    private long hash;

    // What the current line says.
    private @Nullable EventClass eventClass;
    private @Nullable Fmri detector;
    private @Nullable Instant time;
    private long ena;
    private int timeFrom;
    private int timeTo;

    /** A text as a value, and the class that it names. */
    private static final class Word {
        private final String text;
        private final NvValue value;
        private @Nullable EventClass ereport;

        Word(String text) {
            this.text = text;
            this.value = PlainEreport.text(text);
        }

        /** Null if the text is no class of an ereport. */
        @Nullable
        EventClass ereport() {
            EventClass known = ereport;
            if (known == null) {
                known = EventClass.parse(text).filter(c -> c.isA("ereport")).orElse(null);
                ereport = known;
            }
            return known;
        }
    }

    /**
     * Reads the line that begins there and ends with a line feed; null if it is none of the usual kind. {@link
     * EreportLines#PADDING} bytes follow the last line feed.
     */
    @Nullable
    Ereport scan(byte[] bytes, int from) {
        if (bytes[from] != '{') {
            return null;
        }
        line = bytes;
        at = from + 1;
        eventClass = null;
        detector = null;
        time = null;
        ena = 0;
        timeTo = 0;
        LineShape shape = members();
        if (shape == null || bytes[at] != '\n' || eventClass == null) {
            return null;
        }
        Instant tod = time == null && timeTo > 0 ? PlainTime.parse(bytes, timeFrom, timeTo) : time;
        if (tod == null) {
            return null;
        }
        NvList payload = shape.layout().list(Arrays.copyOf(values, shape.payloadSize()));
        return new Ereport(eventClass, tod, ena == 0 ? Ena.UNKNOWN : new Ena(ena), detector, payload);
    }

    /** The place behind the line feed of the line that {@link #scan} has read. */
    int next() {
        return at + 1;
    }

    /** Reads all members and the brace behind them; each step ends at the line feed at the latest, which nothing matches. */
    private @Nullable LineShape members() {
        LineShape shape = shapes;
        while (true) {
            shape = name(shape);
            if (shape == null || !value(shape)) {
                return null;
            }
            byte next = line[at++];
            if (next == '}') {
                return shape;
            }
            if (next != ',') {
                return null;
            }
            if (line[at] == ' ') {
                at++;
            }
        }
    }

    private @Nullable LineShape name(LineShape shape) {
        LineShape next = shape.likely();
        if (next == null || !next.stands(line, at)) {
            int end = line[at] == '"' ? textEnd(at + 1) : -1;
            next = end < 0 || line[end + 1] != ':' ? null : shape.next(line, at + 1, end);
            if (next == null) {
                return null;
            }
        }
        at += next.width();
        if (line[at] == ' ') {
            at++;
        }
        return next;
    }

    private boolean value(LineShape shape) {
        if (shape.role() != LineShape.Role.PAYLOAD) {
            return own(shape.role());
        }
        NvValue value = payload();
        if (value == null) {
            return false;
        }
        int place = shape.payloadSize() - 1;
        if (place == values.length) {
            values = Arrays.copyOf(values, 2 * place);
        }
        values[place] = value;
        return true;
    }

    private boolean own(LineShape.Role role) {
        switch (role) {
            case CLASS -> {
                Word word = word();
                eventClass = word == null ? null : word.ereport();
                return eventClass != null;
            }
            case DETECTOR -> {
                return detector();
            }
            case ENA -> {
                return ena();
            }
            case TOD -> {
                return tod();
            }
            case TIME -> {
                int from = at + 1;
                boolean text = text();
                timeFrom = from;
                timeTo = at - 1;
                return text;
            }
            case VERSION -> {
                return number();
            }
            case REF -> {
                return text();
            }
            default -> {
                return false;
            }
        }
    }

    private @Nullable NvValue payload() {
        byte first = line[at];
        if (first == '"') {
            Word word = word();
            return word == null ? null : word.value;
        }
        if (first == '[') {
            return array();
        }
        if (first == 't') {
            return literal("true") ? YES : null;
        }
        if (first == 'f') {
            return literal("false") ? NO : null;
        }
        if (!number()) {
            return null;
        }
        return number >= 0 && number < SMALL.length ? SMALL[(int) number] : PlainEreport.number(number);
    }

    private boolean literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (line[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    /** Reads a whole number; what follows must be what can follow one. */
    private boolean number() {
        int start = line[at] == '-' ? at + 1 : at;
        int i = start;
        long sum = 0;
        for (int digit = line[i] - '0'; digit >= 0 && digit <= 9; digit = line[++i] - '0') {
            if (i - start == MOST_DIGITS) {
                return false;
            }
            sum = 10 * sum + digit;
        }
        boolean leadingZero = i - start > 1 && line[start] == '0';
        if (i == start || leadingZero || (line[i] != ',' && line[i] != '}' && line[i] != ']')) {
            return false;
        }
        number = start > at ? -sum : sum;
        at = i;
        return true;
    }

    private @Nullable NvValue array() {
        int from = at;
        int to = endAt(']');
        if (to < 0) {
            return null;
        }
        long itsHash = hash;
        NvValue known = arrays.get(line, from, to, itsHash);
        if (known == null) {
            known = numbers();
            if (known == null || at != to) {
                return null;
            }
            arrays.put(line, from, to, itsHash, known);
        }
        at = to;
        return known;
    }

    private @Nullable NvValue numbers() {
        int count = 0;
        boolean signed = false;
        at++;
        while (true) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            if (!number()) {
                return null;
            }
            numbers[count++] = number;
            signed |= number < 0;
            byte next = line[at++];
            if (next == ']') {
                return new NvValue.Ints(signed ? NvType.INT64 : NvType.UINT64, Arrays.copyOf(numbers, count));
            }
            if (next != ',') {
                return null;
            }
        }
    }

    private boolean text() {
        int end = line[at] == '"' ? textEnd(at + 1) : -1;
        at = end + 1;
        return end >= 0;
    }

    private @Nullable Word word() {
        int from = at + 1;
        if (!text()) {
            return null;
        }
        int to = at - 1;
        Word known = words.get(line, from, to, hash);
        if (known == null) {
            known = new Word(string(from, to));
            words.put(line, from, to, hash, known);
        }
        return known;
    }

    private String string(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private boolean ena() {
        int from = at + 1;
        if (!text()) {
            return false;
        }
        int to = at - 1;
        if (to - from < 3 || to - from > 18 || line[from] != '0' || line[from + 1] != 'x') {
            return false;
        }
        long bits = 0;
        for (int i = from + 2; i < to; i++) {
            int digit = Character.digit(line[i], 16);
            if (digit < 0) {
                return false;
            }
            bits = bits << 4 | digit;
        }
        ena = bits;
        return true;
    }

    private boolean tod() {
        if (line[at++] != '[' || !number() || line[at++] != ',') {
            return false;
        }
        long seconds = number;
        if (!number() || line[at++] != ']') {
            return false;
        }
        time = PlainTime.of(seconds, number);
        return time != null;
    }

    private boolean detector() {
        int from = at;
        if (line[from] != '{') {
            return false;
        }
        // What is known is a whole list: that a brace may stand in a text or end an inner list matters for others only.
        int to = endAt('}');
        Fmri known = to < 0 ? null : detectors.get(line, from, to, hash);
        if (known == null) {
            to = endOfList(from);
            if (to < 0) {
                return false;
            }
            at = from;
            long itsHash = hash(from, to);
            known = detectors.get(line, from, to, itsHash);
            if (known == null) {
                try {
                    known = PlainEreport.detector(line, from, to - from);
                } catch (IOException e) {
                    return false;
                }
                detectors.put(line, from, to, itsHash, known);
            }
        }
        at = to;
        detector = known;
        return true;
    }

    /** The place behind the brace that closes the one at {@code from}, -1 if the line ends before; what is between is not judged. */
    private int endOfList(int from) {
        int depth = 0;
        for (int i = from; ; i++) {
            int c = line[i];
            if (c == '"') {
                i = textEnd(i + 1);
                if (i < 0) {
                    return -1;
                }
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            } else if (c < ' ') {
                return -1;
            }
        }
    }

    /**
     * The place of the quotation mark that ends a text, -1 if something comes before it that is not plain. {@link #hash} is of
     * what is before the mark.
     */
    private int textEnd(int from) {
        long sum = 0;
        for (int i = from; i + Long.BYTES <= line.length; i += Long.BYTES) {
            long word = (long) WORDS.get(line, i);
            long quote = word ^ '"' * ONES;
            long escape = word ^ '\\' * ONES;
            long control = (word - ' ' * ONES) & ~word;
            long hit = (((quote - ONES) & ~quote) | ((escape - ONES) & ~escape) | control | word) & TOPS;
            if (hit != 0) {
                int bits = Long.numberOfTrailingZeros(hit) & ~7;
                hash = finished(sum, word, bits);
                int place = i + (bits >>> 3);
                return line[place] == '"' ? place : -1;
            }
            sum = mixed(sum, word);
        }
        return -1;
    }

    /** The place behind the next such byte of the line, -1 if there is none; {@link #hash} is of what is before that place. */
    private int endAt(char last) {
        long sum = 0;
        for (int i = at; i + Long.BYTES <= line.length; i += Long.BYTES) {
            long word = (long) WORDS.get(line, i);
            long end = word ^ last * ONES;
            long control = (word - ' ' * ONES) & ~word;
            long hit = (((end - ONES) & ~end) | control) & TOPS;
            if (hit != 0) {
                int bits = Long.numberOfTrailingZeros(hit) & ~7;
                hash = finished(sum, word, bits);
                int place = i + (bits >>> 3);
                return line[place] == last ? place + 1 : -1;
            }
            sum = mixed(sum, word);
        }
        return -1;
    }

    /** What {@link #endAt} makes of bytes whose last one ends them. */
    private long hash(int from, int to) {
        long sum = 0;
        int i = from;
        for (; i + Long.BYTES < to; i += Long.BYTES) {
            sum = mixed(sum, (long) WORDS.get(line, i));
        }
        return finished(sum, (long) WORDS.get(line, i), (to - 1 - i) * Byte.SIZE);
    }

    private static long mixed(long sum, long word) {
        long product = (sum ^ word) * 0x9E37_79B9_7F4A_7C15L;
        return product ^ product >>> 32;
    }

    /** The sum with the lowest bits of a last word, fewer than 64, and their number. */
    private static long finished(long sum, long word, int bits) {
        return mixed(sum + bits, word & ((1L << bits) - 1));
    }
}
