// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * The condition of {@code -n}: {@code name[.name]*[=regex]}. A member of that name is there, and some part of its value matches:
 * of an array any element, of a number its decimal or hexadecimal form, of an FMRI its string.
 *
 * @param path the names from the event down
 * @param value null if it is enough that the member is there
 */
record MemberFilter(List<String> path, @Nullable Pattern value) {

    static MemberFilter parse(String text) throws CommandFailure {
        int equals = text.indexOf('=');
        String names = equals < 0 ? text : text.substring(0, equals);
        List<String> path = List.of(names.split("\\.", -1));
        if (path.contains("")) {
            throw CommandFailure.usage("cannot use '" + text + "' for -n: it takes name[.name]*[=regex]");
        }
        try {
            return new MemberFilter(path, equals < 0 ? null : Pattern.compile(text.substring(equals + 1)));
        } catch (PatternSyntaxException e) {
            throw CommandFailure.usage("cannot use '" + e.getPattern() + "' as a regular expression for -n: "
                    + e.getDescription() + " at character " + (e.getIndex() + 1L));
        }
    }

    boolean matches(NvList event) {
        return matches(event, 0);
    }

    private boolean matches(NvList list, int depth) {
        NvValue member = list.get(path.get(depth));
        if (member == null) {
            return false;
        }
        if (depth == path.size() - 1) {
            return value == null || matchesValue(member, value);
        }
        if (member instanceof NvValue.Nested nested) {
            return matches(nested.value(), depth + 1);
        }
        if (member instanceof NvValue.NestedLists lists) {
            for (NvList each : lists.values()) {
                if (matches(each, depth + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matchesValue(NvValue member, Pattern pattern) {
        if (member instanceof NvValue.Str text) {
            return pattern.matcher(text.value()).find();
        }
        if (member instanceof NvValue.Int number) {
            return matchesNumber(number, pattern);
        }
        if (member instanceof NvValue.Bool truth) {
            return matchesTruth(truth.value(), pattern);
        }
        if (member instanceof NvValue.Flag) {
            return matchesTruth(true, pattern);
        }
        if (member instanceof NvValue.Nested nested) {
            return matchesFmri(nested.value(), pattern);
        }
        return matchesElement(member, pattern);
    }

    private static boolean matchesElement(NvValue array, Pattern pattern) {
        boolean found = false;
        if (array instanceof NvValue.Ints numbers) {
            for (NvValue.Int number : numbers.elements()) {
                found |= matchesNumber(number, pattern);
            }
        } else if (array instanceof NvValue.Strs texts) {
            for (String text : texts.values()) {
                found |= pattern.matcher(text).find();
            }
        } else if (array instanceof NvValue.Bools truths) {
            for (boolean truth : truths.values()) {
                found |= matchesTruth(truth, pattern);
            }
        } else if (array instanceof NvValue.NestedLists lists) {
            for (NvList list : lists.values()) {
                found |= matchesFmri(list, pattern);
            }
        }
        return found;
    }

    /** A number matches as a whole: {@code key=3} does not mean 13 or 0x30. */
    private static boolean matchesNumber(NvValue.Int number, Pattern pattern) {
        return pattern.matcher(number.decimal()).matches()
                || pattern.matcher(number.hex()).matches();
    }

    private static boolean matchesTruth(boolean truth, Pattern pattern) {
        return pattern.matcher(truth ? "true" : "false").matches()
                || pattern.matcher(truth ? "1" : "0").matches();
    }

    private static boolean matchesFmri(NvList list, Pattern pattern) {
        return list.contains("scheme")
                && pattern.matcher(Fmri.of(list).toString()).find();
    }
}
