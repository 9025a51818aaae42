// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/** Members of a payload by the names that rules use: dots descend, {@code [i]} picks. */
final class Payloads {
    private static final Pattern PART = Pattern.compile("([^\\[]*?)\\s*(?:\\[\\s*([0-9]+)\\s*]\\s*)?");

    private Payloads() {}

    static @Nullable NvValue find(NvList payload, String member) {
        NvList list = payload;
        NvValue value = null;
        for (String part : member.split("\\.", -1)) {
            Matcher matcher = PART.matcher(part);
            if (list == null || !matcher.matches()) {
                return null;
            }
            value = list.get(matcher.group(1).strip());
            if (value != null && matcher.group(2) != null) {
                List<NvValue> elements = value.isArray() ? split(value) : List.of();
                long index = Numerals.prefix(matcher.group(2));
                value = index >= 0 && index < elements.size() ? elements.get((int) index) : null;
            }
            list = value instanceof NvValue.Nested nested ? nested.value() : null;
        }
        return value;
    }

    /** Whether the member is there; behind it an index asks for an array, of whatever length. */
    static boolean exists(NvList payload, String member) {
        String plain = member.strip().replaceFirst("\\s*\\[[^\\[]*]$", "");
        NvValue value = find(payload, plain);
        return value != null && (value.isArray() || plain.equals(member.strip()));
    }

    /** A number, text or path. */
    static Object value(NvList payload, String member) {
        NvValue value = find(payload, member);
        return value == null ? Terms.Unknown.UNDEFINED : plain(value);
    }

    /** The elements of a top-level member that are values. */
    static List<Object> elements(NvList payload, String member) {
        List<Object> elements = new ArrayList<>();
        NvValue value = payload.get(member);
        if (value != null) {
            for (NvValue one : value.isArray() ? split(value) : List.of(value)) {
                Object plain = plain(one);
                if (!(plain instanceof Terms.Unknown)) {
                    elements.add(plain);
                }
            }
        }
        return elements;
    }

    private static List<NvValue> split(NvValue array) {
        List<NvValue> elements = new ArrayList<>();
        if (array instanceof NvValue.Ints numbers) {
            elements.addAll(numbers.elements());
        } else if (array instanceof NvValue.Strs texts) {
            texts.values().forEach(t -> elements.add(new NvValue.Str(t)));
        } else if (array instanceof NvValue.Bools truths) {
            truths.values().forEach(t -> elements.add(new NvValue.Bool(t)));
        } else if (array instanceof NvValue.NestedLists lists) {
            lists.values().forEach(l -> elements.add(new NvValue.Nested(l)));
        }
        return elements;
    }

    private static Object plain(NvValue value) {
        if (value instanceof NvValue.Int number) {
            return number.value();
        } else if (value instanceof NvValue.Bool truth) {
            return truth.value() ? 1L : 0L;
        } else if (value instanceof NvValue.Str text) {
            return text.value();
        } else if (value instanceof NvValue.Nested nested
                && nested.value().string("scheme").orElse("").equals("hc")) {
            List<String> steps = new ArrayList<>();
            for (NvList step : nested.value().nvlists("hc-list")) {
                steps.add(
                        step.string("hc-name").orElse("") + step.string("hc-id").orElse(""));
            }
            return new Terms.Path(String.join("/", steps));
        }
        return Terms.Unknown.UNDEFINED;
    }
}
