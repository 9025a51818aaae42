// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.msg;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;

/**
 * Puts members of an event into a text (fmd reference §5.7): {@code %<uuid>}, {@code %<fault-list[0].location>}; an FMRI prints as
 * its string, an array as a list with commas. {@code %%} is a per cent sign. An expression that cannot be evaluated stays as it
 * is written: a message is never lost to a slip in its text.
 */
final class TextExpander {
    private static final Pattern EXPRESSION = Pattern.compile("%%|%<([^>]+)>");
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)(?:\\[([0-9]{1,4})\\])?(?:\\.|$)");

    /** People know sense keys and codes in hexadecimal, as the standards print them. */
    private static final Set<String> SENSE = Set.of("key", "asc", "ascq");

    private final NvList event;

    TextExpander(NvList event) {
        this.event = event;
    }

    String expand(String text) {
        return EXPRESSION.matcher(text).replaceAll(found -> {
            String path = found.group(1);
            String value = path == null ? "%" : value(path).orElse(found.group());
            return Matcher.quoteReplacement(value);
        });
    }

    private Optional<String> value(String path) {
        Matcher step = STEP.matcher(path);
        NvList list = event;
        int end = 0;
        while (step.find() && step.start() == end) {
            end = step.end();
            NvValue value = list.get(step.group(1));
            if (value instanceof NvValue.NestedLists lists && step.group(2) != null) {
                int index = Integer.parseInt(step.group(2));
                value = index < lists.values().size()
                        ? new NvValue.Nested(lists.values().get(index))
                        : null;
            }
            if (value == null) {
                return Optional.empty();
            }
            if (end == path.length()) {
                return Optional.of(
                        SENSE.contains(step.group(1)) && value instanceof NvValue.Int code
                                ? String.format("%02x", code.value())
                                : text(value));
            }
            if (!(value instanceof NvValue.Nested nested)) {
                return Optional.empty();
            }
            list = nested.value();
        }
        return Optional.empty();
    }

    private static String text(NvValue value) {
        if (value instanceof NvValue.Str text) {
            return text.value();
        }
        if (value instanceof NvValue.Int number) {
            return number.decimal();
        }
        if (value instanceof NvValue.Nested nested) {
            return nested.value().contains("scheme")
                    ? Fmri.of(nested.value()).toString()
                    : nested.value().toString();
        }
        if (value instanceof NvValue.Ints numbers) {
            return joined(numbers.elements().stream().map(NvValue.Int::decimal).toList());
        }
        if (value instanceof NvValue.Strs texts) {
            return joined(texts.values());
        }
        if (value instanceof NvValue.Bool truth) {
            return Boolean.toString(truth.value());
        }
        if (value instanceof NvValue.NestedLists lists) {
            return joined(lists.values().stream()
                    .map(l -> text(new NvValue.Nested(l)))
                    .toList());
        }
        if (value instanceof NvValue.Bools truths) {
            return joined(truths.values().stream().map(String::valueOf).toList());
        }
        return "true";
    }

    private static String joined(List<String> elements) {
        return elements.stream().collect(Collectors.joining(", "));
    }
}
