// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.json.QueryJson;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.fmd.model.text.MemberTypes.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Makes a typed list of a tree: of maps, lists, texts, numbers and truth values as JSON has them, and of {@link Printed} values of
 * a dump.
 */
final class Typing {
    private static final BigInteger EXACT_IN_DOUBLE = BigInteger.ONE.shiftLeft(53);

    private Typing() {}

    /** Returns the list of an event or of a suspect, whose class decides about types. */
    static NvList event(Map<String, @Nullable Object> tree) {
        String eventClass = String.valueOf(tree.get("class"));
        if (tree.get("class") instanceof Printed printed) {
            eventClass = printed.asText();
        }
        return list(tree, MemberTypes.of(eventClass));
    }

    private static NvList list(Map<String, @Nullable Object> tree, MemberTypes types) {
        NvList.Builder list = NvList.builder();
        for (Map.Entry<String, @Nullable Object> member : tree.entrySet()) {
            NvValue value = value(member.getKey(), member.getValue(), types);
            if (value != null && !member.getKey().isEmpty()) {
                list.put(member.getKey(), value);
            }
        }
        return list.build();
    }

    private static @Nullable NvValue value(String name, @Nullable Object raw, MemberTypes types) {
        Kind kind = types.kind(name);
        if (raw instanceof Map<?, ?> map) {
            return new NvValue.Nested(nested(name, map, types));
        }
        if (raw instanceof List<?> elements) {
            return array(name, elements, kind, types);
        }
        if (raw instanceof Printed printed) {
            return printed.value(kind);
        }
        return scalar(name, raw, kind);
    }

    @SuppressWarnings("unchecked") // trees have no other maps
    private static NvList nested(String name, Map<?, ?> map, MemberTypes types) {
        Map<String, @Nullable Object> tree = (Map<String, @Nullable Object>) map;
        if (tree.containsKey("class")) {
            return event(tree);
        }
        return list(tree, types.inside(name, tree.containsKey("scheme")));
    }

    private static @Nullable NvValue array(String name, List<?> elements, @Nullable Kind kind, MemberTypes types) {
        if (elements.isEmpty()) {
            return empty(kind);
        }
        List<NvList> lists = new ArrayList<>();
        List<NvValue> values = new ArrayList<>();
        Kind element = kind == null ? null : new Kind(kind.type(), false);
        for (Object each : elements) {
            if (each instanceof Map<?, ?> map) {
                lists.add(nested(name, map, types));
            } else {
                NvValue value = scalar(name, each, element);
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return lists.isEmpty() ? arrayOf(values) : new NvValue.NestedLists(lists);
    }

    private static NvValue empty(@Nullable Kind kind) {
        NvType type = kind == null ? NvType.STRING : kind.type();
        if (type.isInteger()) {
            return new NvValue.Ints(type);
        }
        return switch (type) {
            case NVLIST -> new NvValue.NestedLists(List.of());
            case BOOLEAN_VALUE -> new NvValue.Bools(List.of());
            default -> new NvValue.Strs(List.of());
        };
    }

    /** Returns the array of these; of different kinds one of texts. */
    static NvValue arrayOf(List<NvValue> values) {
        List<String> texts = new ArrayList<>();
        List<Boolean> truths = new ArrayList<>();
        long[] numbers = new long[values.size()];
        int count = 0;
        NvType type = NvType.UINT64;
        for (NvValue value : values) {
            if (value instanceof NvValue.Int number) {
                type = count == 0 || number.type().isSigned() ? number.type() : type;
                numbers[count++] = number.value();
                texts.add(number.decimal());
            } else if (value instanceof NvValue.Bool truth) {
                truths.add(truth.value());
                texts.add(String.valueOf(truth.value()));
            } else if (value instanceof NvValue.Str text) {
                texts.add(text.value());
            }
        }
        if (count == values.size() && count > 0) {
            return new NvValue.Ints(type, numbers);
        }
        return truths.size() == values.size() ? new NvValue.Bools(truths) : new NvValue.Strs(texts);
    }

    /** A value of JSON that is no list; null for null, which no event has. */
    private static @Nullable NvValue scalar(String name, @Nullable Object raw, @Nullable Kind kind) {
        if (raw instanceof Long number) {
            return number(BigInteger.valueOf(number), kind);
        }
        if (raw instanceof BigInteger number) {
            return number(number, kind);
        }
        if (raw instanceof Boolean truth) {
            return kind != null && kind.type() == NvType.BOOLEAN && truth
                    ? NvValue.Flag.PRESENT
                    : new NvValue.Bool(truth);
        }
        if (raw instanceof String text) {
            return text(name, text, kind);
        }
        return raw == null ? null : new NvValue.Str(String.valueOf(raw));
    }

    /** A text, an FMRI printed as one, or the number that had to be written as one. */
    private static NvValue text(String name, String text, @Nullable Kind kind) {
        if (kind != null && kind.type() == NvType.NVLIST) {
            Fmri fmri = Fmri.parse(text).orElse(null);
            return fmri == null ? new NvValue.Str(text) : new NvValue.Nested(fmri.toNvList());
        }
        if (kind != null && !kind.type().isInteger()) {
            return new NvValue.Str(text);
        }
        BigInteger number = bigNumber(text);
        boolean hexadecimal = text.startsWith("0x");
        boolean meant = kind != null
                || (hexadecimal
                        ? QueryJson.isIdentity(name)
                        : number != null && number.abs().compareTo(EXACT_IN_DOUBLE) > 0);
        return number != null && meant ? number(number, kind) : new NvValue.Str(text);
    }

    /** Reads {@code 12}, {@code -12} or {@code 0x1f}, of at most 64 bits; null for anything else. */
    static @Nullable BigInteger bigNumber(String text) {
        boolean hexadecimal = text.startsWith("0x");
        String digits = hexadecimal ? text.substring(2) : text.startsWith("-") ? text.substring(1) : text;
        if (digits.isEmpty() || digits.length() > 20) {
            return null;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), hexadecimal ? 16 : 10) < 0 || digits.charAt(i) > 'f') {
                return null;
            }
        }
        BigInteger number = hexadecimal ? new BigInteger(digits, 16) : new BigInteger(text);
        return number.bitLength() <= 64 && (number.signum() >= 0 || number.bitLength() < 64) ? number : null;
    }

    /** Returns the number in its type; in one of 64 bits where the type is not known or too narrow. */
    static NvValue number(BigInteger number, @Nullable Kind kind) {
        long bits = number.longValue();
        NvType type = kind == null ? null : kind.type();
        if (type == NvType.BOOLEAN_VALUE) {
            return new NvValue.Bool(bits != 0);
        }
        if (type == NvType.BOOLEAN) {
            return NvValue.Flag.PRESENT;
        }
        if (type == NvType.STRING) {
            return new NvValue.Str(number.toString());
        }
        if (type != null && type.isInteger()) {
            if (type.isSigned() && type.bits() < 64 && number.bitLength() == type.bits() && number.signum() > 0) {
                bits = bits
                        << (64 - type.bits())
                        >> (64 - type.bits()); // a negative one that was printed in hexadecimal
            }
            if (type.holds(bits)) {
                return new NvValue.Int(type, bits);
            }
        }
        return new NvValue.Int(number.signum() < 0 ? NvType.INT64 : NvType.UINT64, bits);
    }
}
