// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * Lists as the plain JSON of {@code -j} (schema version 1): member names are the protocol's own, numbers beyond 2^53 are
 * decimal strings, and numbers that are identities (ENA, guid, wwn) are hexadecimal strings.
 */
public final class QueryJson {
    private static final String FORM = "0000-00-00T00:00:00.";
    private static final BigInteger EXACT_IN_DOUBLE = BigInteger.ONE.shiftLeft(53);

    private QueryJson() {}

    /** Returns the time in RFC 3339 form with nanoseconds, UTC. */
    public static String time(Instant instant) {
        // By hand: a command that prints times would spend more on loading a formatter than on all else.
        LocalDateTime utc = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(30);
        digits(out, utc.getYear(), 4).append('-');
        digits(out, utc.getMonthValue(), 2).append('-');
        digits(out, utc.getDayOfMonth(), 2).append('T');
        digits(out, utc.getHour(), 2).append(':');
        digits(out, utc.getMinute(), 2).append(':');
        digits(out, utc.getSecond(), 2).append('.');
        return digits(out, utc.getNano(), 9).append('Z').toString();
    }

    /** Reads what {@link #time} writes, with one to nine decimals or none; empty for any other text. */
    public static Optional<Instant> parseTime(String text) {
        int length = text.length();
        if (length < 20 || length > 30 || length == 21 || text.charAt(length - 1) != 'Z') {
            return Optional.empty();
        }
        for (int i = 0; i < length - 1; i++) {
            char want = i < FORM.length() ? FORM.charAt(i) : '0';
            char have = text.charAt(i);
            if (want == '0' ? have < '0' || have > '9' : have != want) {
                return Optional.empty();
            }
        }
        int nanos = 0;
        for (int i = 20; i < 29; i++) {
            nanos = nanos * 10 + (i < length - 1 ? text.charAt(i) - '0' : 0);
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, 19),
                    nanos);
            return Optional.of(time.toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(String text, int start, int end) {
        return Integer.parseInt(text, start, end, 10);
    }

    private static StringBuilder digits(StringBuilder out, int value, int width) {
        String digits = Integer.toString(value);
        return out.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
    }

    /** Returns the list as plain values, for {@link Json#write}. */
    public static Map<String, @Nullable Object> plain(NvList list) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, NvValue> member : list.asMap().entrySet()) {
            map.put(member.getKey(), plain(member.getKey(), member.getValue()));
        }
        return map;
    }

    private static @Nullable Object plain(String name, NvValue value) {
        if (value instanceof NvValue.Int number) {
            return number(name, number);
        }
        if (value instanceof NvValue.Str text) {
            return text.value();
        }
        if (value instanceof NvValue.Bool truth) {
            return truth.value();
        }
        if (value instanceof NvValue.Flag) {
            return true;
        }
        if (value instanceof NvValue.Nested nested) {
            return plain(nested.value());
        }
        List<@Nullable Object> elements = new ArrayList<>();
        if (value instanceof NvValue.Ints numbers) {
            for (NvValue.Int number : numbers.elements()) {
                elements.add(number(name, number));
            }
        } else if (value instanceof NvValue.Strs texts) {
            elements.addAll(texts.values());
        } else if (value instanceof NvValue.Bools truths) {
            elements.addAll(truths.values());
        } else if (value instanceof NvValue.NestedLists lists) {
            for (NvList element : lists.values()) {
                elements.add(plain(element));
            }
        }
        return elements;
    }

    private static Object number(String name, NvValue.Int number) {
        if (isIdentity(name)) {
            String digits = Long.toHexString(number.value());
            return number.type() == NvType.UINT64 ? "0x" + "0".repeat(16 - digits.length()) + digits : number.hex();
        }
        BigInteger value = new BigInteger(number.decimal());
        return value.abs().compareTo(EXACT_IN_DOUBLE) > 0 ? number.decimal() : (Object) value.longValue();
    }

    /** Returns whether a number of that name is an identity, which is printed in hexadecimal. */
    public static boolean isIdentity(String name) {
        return name.equals("ena")
                || name.endsWith("guid")
                || name.endsWith("wwn")
                || name.equals("pool")
                || name.equals("vdev");
    }
}
