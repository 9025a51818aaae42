// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fault;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A message code, for instance {@code DISK-8000-4Q}: the name of a dictionary and a number in it, with a checksum that
 * catches a mistyped letter (fmd reference §7.2).
 *
 * <pre>
 *   bits, most significant first:   01 │ size │ value - start of the size's range │ checksum
 *   size 0: 21 + 5 bits, 6 letters      size 1: 38 + 8, 10      size 2: 55 + 11, 14      size 3: 72 + 14, 18
 * </pre>
 *
 * @param dictionary name of the dictionary, for instance {@code DISK}
 * @param value the number in it, from 0
 */
public record DiagCode(String dictionary, BigInteger value) {
    private static final String ALPHABET = "0123456789ACDEFGHJKLMNPQRSTUVWXY";
    private static final int[] CRC = crcTable();

    /** One of the four lengths of a code; the smallest that holds the value is used. */
    private enum Size {
        S0(0, 21, 5, "0"),
        S1(1, 38, 8, "2097152"),
        S2(2, 55, 11, "274880004096"),
        S3(3, 72, 14, "36029071898968064");

        final int mark;
        final int dataBits;
        final int checksumBits;
        final BigInteger start;

        Size(int mark, int dataBits, int checksumBits, String start) {
            this.mark = mark;
            this.dataBits = dataBits;
            this.checksumBits = checksumBits;
            this.start = new BigInteger(start);
        }

        int letters() {
            return (4 + dataBits + checksumBits) / 5;
        }

        boolean holds(BigInteger value) {
            return value.compareTo(start) >= 0 && value.subtract(start).bitLength() <= dataBits;
        }
    }

    /** Refuses with {@link IllegalArgumentException} an empty name and a number that no size can hold. */
    public DiagCode {
        if (dictionary.isEmpty()) {
            throw new IllegalArgumentException("a message code needs the name of a dictionary");
        }
        sizeOf(value);
    }

    public static DiagCode of(String dictionary, long value) {
        return new DiagCode(dictionary, BigInteger.valueOf(value));
    }

    /**
     * Reads a code. Missing or misplaced dashes, small letters and the common typing errors B, I, O and Z (for 8, 1, 0
     * and 2) are forgiven; empty if the checksum says that it was never a code of this dictionary.
     */
    public static Optional<DiagCode> parse(String dictionary, String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        if (!upper.startsWith(dictionary.toUpperCase(Locale.ROOT))) {
            return Optional.empty();
        }
        String letters = upper.substring(dictionary.length())
                .replace("-", "")
                .replace('B', '8')
                .replace('I', '1')
                .replace('O', '0')
                .replace('Z', '2');
        BigInteger bits = BigInteger.ZERO;
        for (int i = 0; i < letters.length(); i++) {
            int group = ALPHABET.indexOf(letters.charAt(i));
            if (group < 0) {
                return Optional.empty();
            }
            bits = bits.shiftLeft(5).or(BigInteger.valueOf(group));
        }
        for (Size size : Size.values()) {
            if (size.letters() == letters.length()) {
                BigInteger mask = BigInteger.ONE.shiftLeft(size.dataBits).subtract(BigInteger.ONE);
                DiagCode code = new DiagCode(
                        dictionary, bits.shiftRight(size.checksumBits).and(mask).add(size.start));
                return code.bits(size).equals(bits) ? Optional.of(code) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        Size size = sizeOf(value);
        BigInteger bits = bits(size);
        StringBuilder out = new StringBuilder(dictionary);
        for (int i = 0; i < size.letters(); i++) {
            if (i % 4 == 0) {
                out.append('-');
            }
            int group = bits.shiftRight(5 * (size.letters() - 1 - i)).intValue() & 31;
            out.append(ALPHABET.charAt(group));
        }
        return out.toString();
    }

    private static Size sizeOf(BigInteger value) {
        for (Size size : Size.values()) {
            if (size.holds(value)) {
                return size;
            }
        }
        throw new IllegalArgumentException(value + " is too large for a message code, or negative");
    }

    private BigInteger bits(Size size) {
        BigInteger open = BigInteger.valueOf(4 | size.mark)
                .shiftLeft(size.dataBits)
                .or(value.subtract(size.start))
                .shiftLeft(size.checksumBits);
        int crc = 0;
        for (byte b : dictionary.getBytes(StandardCharsets.US_ASCII)) {
            crc = step(crc, b);
        }
        for (int i = size.letters() - 1; i >= 0; i--) {
            crc = step(crc, (byte) (open.shiftRight(5 * i).intValue() & 31));
        }
        return open.or(BigInteger.valueOf(crc & ((1 << size.checksumBits) - 1)));
    }

    private static int step(int crc, byte b) {
        return (crc << 8) ^ CRC[((crc >>> 24) ^ b) & 0xff];
    }

    /** CRC-32 with polynomial 0x04C11DB7, most significant bit first, nothing inverted; the JDK's is the reflected one. */
    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? (crc << 1) ^ 0x04C11DB7 : crc << 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
