// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of octets as it came from a device or goes into a payload; immutable, compared by content.
 *
 * <p>Numbers in SCSI structures are unsigned and big endian ({@code SPC-6 3.5}); the readers here are the only place
 * where a byte becomes a number. Indices beyond the end are a bug of the caller and throw
 * {@link IndexOutOfBoundsException}: whoever reads asks {@link #has(int, int)} first.
 */
public final class Octets {
    private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");
    private static final Pattern WORD = Pattern.compile("(?:0x)?(\\p{XDigit}{1,2})");
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    /** No octets at all. */
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The octets of {@code bytes}, copied. */
    public static Octets of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
    }

    /** The octets given as numbers; only the low eight bits of each count. */
    public static Octets of(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return of(bytes);
    }

    /**
     * Reads hex numbers of one or two digits separated by blanks or commas, each with or without {@code 0x}: the form
     * of kernel messages and of {@link #toString()}. Empty text is no octets.
     *
     * @return the octets, or a {@link DecodeProblem#NOT_HEX} that quotes the text
     */
    public static Decoded<Octets> parse(String hex) {
        String row = hex.strip();
        if (row.isEmpty()) {
            return Decoded.of(EMPTY);
        }
        String[] words = BETWEEN.split(row, -1);
        byte[] bytes = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            Matcher word = WORD.matcher(words[i]);
            if (!word.matches()) {
                return Decoded.problem(DecodeProblem.NOT_HEX, "'" + words[i] + "' in '" + hex + "'");
            }
            bytes[i] = (byte) Integer.parseInt(word.group(1), 16);
        }
        return Decoded.of(new Octets(bytes));
    }

    /** How many octets there are. */
    public int length() {
        return bytes.length;
    }

    /** Whether {@code count} octets are there from {@code offset} on. */
    public boolean has(int offset, int count) {
        return offset >= 0 && count >= 0 && bytes.length - count >= offset;
    }

    /** The octet at {@code index}, 0 to 255. */
    public int u8(int index) {
        return bytes[index] & 0xff;
    }

    /** Whether the octet at {@code index} has a bit of {@code mask} set. */
    public boolean bit(int index, int mask) {
        return (u8(index) & mask) != 0;
    }

    /** The big endian number in {@code size} octets from {@code offset} on, 1 to 8; eight octets fill the sign bit. */
    public long uint(int offset, int size) {
        long value = 0;
        for (int i = offset; i < offset + size; i++) {
            value = (value << 8) | u8(i);
        }
        return value;
    }

    /** The octets from {@code from} up to, not including, {@code to}. */
    public Octets slice(int from, int to) {
        if (from < 0 || to > bytes.length || from > to) {
            throw new IndexOutOfBoundsException(from + ".." + to + " of " + bytes.length + " octets");
        }
        return of(Arrays.copyOfRange(bytes, from, to));
    }

    /** A copy of the octets. */
    public byte[] toArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets o && Arrays.equals(bytes, o.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Two lower-case hex digits each, one blank between: {@code 28 00 00 00 12 30 00 00 10 00}. */
    @Override
    public String toString() {
        return SPACED.formatHex(bytes);
    }
}
