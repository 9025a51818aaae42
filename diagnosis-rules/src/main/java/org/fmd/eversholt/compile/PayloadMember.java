// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.api.topo.TopoPath;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvName;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * A member of a payload by the name that rules give it (eversholt reference §4.5): dots descend, {@code [i]} picks from an
 * array, as in {@code detector.device-path} and {@code sense-data[2]}.
 */
final class PayloadMember {
    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+?)\\s*(?:\\[\\s*([0-9]{1,9})\\s*\\])?\\s*");

    /** One name with the index behind it, -1 where there is none. */
    private record Step(NvName name, int index) {}

    private final List<Step> steps;

    private PayloadMember(List<Step> steps) {
        this.steps = steps;
    }

    /** Reads a member name; one that has no such form names nothing. */
    static PayloadMember of(String name) {
        List<Step> steps = new ArrayList<>();
        for (String part : name.split("\\.", -1)) {
            Matcher step = STEP.matcher(part);
            if (!step.matches()) {
                return new PayloadMember(List.of());
            }
            steps.add(new Step(
                    new NvName(step.group(1).strip()), step.group(2) == null ? -1 : Integer.parseInt(step.group(2))));
        }
        return new PayloadMember(List.copyOf(steps));
    }

    /** What the payload holds under the name, null if nothing. */
    @Nullable
    NvValue find(NvList payload) {
        NvValue last = last(payload);
        return last == null || steps.isEmpty() ? null : pick(last, steps.get(steps.size() - 1));
    }

    /** Whether the payload has the member; the index behind the last name asks for an array, of whatever length. */
    boolean defined(NvList payload) {
        NvValue last = last(payload);
        return last != null && (steps.get(steps.size() - 1).index < 0 || last.isArray());
    }

    /** What the last name stands for, its index not yet looked at. */
    private @Nullable NvValue last(NvList payload) {
        NvList at = payload;
        for (int i = 0; i + 1 < steps.size(); i++) {
            NvValue found = steps.get(i).name.in(at);
            if (found == null || !(pick(found, steps.get(i)) instanceof NvValue.Nested nested)) {
                return null;
            }
            at = nested.value();
        }
        return steps.isEmpty() ? null : steps.get(steps.size() - 1).name.in(at);
    }

    private static @Nullable NvValue pick(NvValue value, Step step) {
        if (step.index < 0) {
            return value;
        }
        List<? extends NvValue> elements = elements(value);
        return value.isArray() && step.index < elements.size() ? elements.get(step.index) : null;
    }

    /** The elements of an array, or the value itself. */
    static List<? extends NvValue> elements(NvValue value) {
        if (value instanceof NvValue.Ints numbers) {
            return numbers.elements();
        }
        if (value instanceof NvValue.Strs texts) {
            return texts.values().stream().map(NvValue.Str::new).toList();
        }
        if (value instanceof NvValue.Bools truths) {
            return truths.values().stream().map(NvValue.Bool::new).toList();
        }
        if (value instanceof NvValue.NestedLists lists) {
            return lists.values().stream().map(NvValue.Nested::new).toList();
        }
        return List.of(value);
    }

    /** What a rule can compare: an hc name is its path, a flag or truth value 0 or 1; an array and any other list are undefined. */
    static Value value(@Nullable NvValue value) {
        if (value instanceof NvValue.Int number) {
            return new Value.Num(number.value());
        }
        if (value instanceof NvValue.Str text) {
            return new Value.Text(text.value());
        }
        if (value instanceof NvValue.Bool truth) {
            return Value.of(truth.value());
        }
        if (value instanceof NvValue.Flag) {
            return Value.Num.ONE;
        }
        return value instanceof NvValue.Nested list
                ? place(list.value()).<Value>map(Value.Place::new).orElse(Value.Absent.UNDEFINED)
                : Value.Absent.UNDEFINED;
    }

    private static Optional<TopoPath> place(NvList list) {
        return Fmri.of(list) instanceof HcFmri hc ? TopoPath.of(hc) : Optional.empty();
    }
}
