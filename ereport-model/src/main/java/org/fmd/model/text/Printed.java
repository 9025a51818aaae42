// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.fmd.model.text.MemberTypes.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind {@code name = } in a dump. {@code fmdump} prints texts as they are and unsigned numbers hexadecimal, {@code zpool
 * events} puts texts in quotation marks and prints all numbers hexadecimal, with a word for some: {@code "FAULTED" (0x5)}, {@code
 * 0x4000000 [DONE]}.
 *
 * @param text the rest of the line
 * @param quotes whether this dump has texts in quotation marks
 */
record Printed(String text, boolean quotes) {

    /** Returns the value if it is a text. */
    String asText() {
        String stripped = text.strip();
        boolean quoted = quotes && stripped.length() >= 2 && stripped.startsWith("\"") && stripped.endsWith("\"");
        return quoted ? stripped.substring(1, stripped.length() - 1) : text;
    }

    /** Returns the value in its type, where that is not known in the one that it looks like. */
    NvValue value(@Nullable Kind kind) {
        if (kind == null) {
            return guess();
        }
        NvType type = kind.type();
        if (type == NvType.STRING) {
            return kind.array() ? new NvValue.Strs(texts()) : new NvValue.Str(asText());
        }
        if (type == NvType.BOOLEAN) {
            return NvValue.Flag.PRESENT;
        }
        if (type == NvType.NVLIST) {
            Fmri fmri = Fmri.parse(asText()).orElse(null);
            return fmri == null ? guess() : new NvValue.Nested(fmri.toNvList());
        }
        List<NvValue> numbers = numbers(kind);
        if (numbers == null) {
            return guess();
        }
        if (!kind.array()) {
            return numbers.size() == 1 ? numbers.get(0) : guess();
        }
        return numbers.isEmpty() && type.isInteger() ? new NvValue.Ints(type) : Typing.arrayOf(numbers);
    }

    private NvValue guess() {
        List<NvValue> numbers = numbers(null);
        if (numbers != null && !numbers.isEmpty()) {
            // A blank behind is what the printer leaves after each element of an array.
            boolean array = numbers.size() > 1 || text.endsWith(" ");
            return array ? Typing.arrayOf(numbers) : numbers.get(0);
        }
        if (quotes && (text.contains("\" \"") || text.isBlank())) {
            return new NvValue.Strs(texts());
        }
        return new NvValue.Str(asText());
    }

    /** Returns the texts of an array. */
    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return texts;
        }
        if (quotes && stripped.startsWith("\"")) {
            String inner =
                    stripped.endsWith("\"") ? stripped.substring(1, Math.max(1, stripped.length() - 1)) : stripped;
            return List.of(inner.split("\" \"", -1));
        }
        return List.of(stripped.split(" +"));
    }

    /** Returns the numbers, null if there is anything else. */
    private @Nullable List<NvValue> numbers(@Nullable Kind kind) {
        List<NvValue> numbers = new ArrayList<>();
        String stripped = withoutWords(text.strip());
        if (stripped.isEmpty()) {
            return numbers;
        }
        Kind element = kind == null ? null : new Kind(kind.type(), false);
        for (String word : stripped.split(" +")) {
            BigInteger number = Typing.bigNumber(word);
            if (number == null) {
                return null;
            }
            // A dump prints signed numbers in decimal: what is positive there is signed, too.
            boolean signed = !word.startsWith("0x") && number.bitLength() < 64;
            numbers.add(
                    element == null && signed
                            ? new NvValue.Int(NvType.INT64, number.longValue())
                            : Typing.number(number, element));
        }
        return numbers;
    }

    /** Returns the number alone where words stand beside it. */
    private String withoutWords(String stripped) {
        if (!quotes) {
            return stripped;
        }
        int bracket = stripped.indexOf(" [");
        if (bracket > 0 && stripped.startsWith("0x") && stripped.endsWith("]")) {
            return stripped.substring(0, bracket);
        }
        int number = stripped.lastIndexOf(" (0x");
        boolean worded = number > 0 && stripped.startsWith("\"") && stripped.endsWith(")");
        return worded ? stripped.substring(number + 2, stripped.length() - 1) : stripped;
    }
}
