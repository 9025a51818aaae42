// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * Lists as the plain JSON of {@code -j} (schema version 1): member names are the protocol's own, numbers beyond 2^53 are
 * decimal strings, and numbers that are identities (ENA, guid, wwn) are hexadecimal strings.
 */
public final class QueryJson {
    private static final BigInteger EXACT_IN_DOUBLE = BigInteger.ONE.shiftLeft(53);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);

    private QueryJson() {}

    /** Returns the time in RFC 3339 form with nanoseconds, UTC. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** Returns the list as plain values, for {@link Json#write}. */
    public static Map<String, @Nullable Object> plain(NvList list) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        list.asMap().forEach((name, value) -> map.put(name, plain(name, value)));
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
            numbers.elements().forEach(n -> elements.add(number(name, n)));
        } else if (value instanceof NvValue.Strs texts) {
            elements.addAll(texts.values());
        } else if (value instanceof NvValue.Bools truths) {
            elements.addAll(truths.values());
        } else if (value instanceof NvValue.NestedLists lists) {
            lists.values().forEach(l -> elements.add(plain(l)));
        }
        return elements;
    }

    private static Object number(String name, NvValue.Int number) {
        if (isIdentity(name)) {
            return number.type() == NvType.UINT64 ? String.format("0x%016x", number.value()) : number.hex();
        }
        BigInteger value = new BigInteger(number.decimal());
        return value.abs().compareTo(EXACT_IN_DOUBLE) > 0 ? number.decimal() : (Object) value.longValue();
    }

    private static boolean isIdentity(String name) {
        return name.equals("ena")
                || name.endsWith("guid")
                || name.endsWith("wwn")
                || name.equals("pool")
                || name.equals("vdev");
    }
}
