// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.topo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.fmri.HcFmri.Component;
import org.jspecify.annotations.Nullable;

/**
 * The place of a node, from the root down: names and numbers, at least one. A path knows its hash code, since everything
 * about hardware is found by it.
 */
public final class TopoPath {
    private static final Pattern STEP = Pattern.compile("([A-Za-z](?:[A-Za-z0-9_-]*[A-Za-z_-])?)([0-9]{1,10})");

    /**
     * One step.
     *
     * @param name for instance {@code bay}
     * @param number its instance, not negative
     */
    public record Step(String name, int number) {
        @Override
        public String toString() {
            return name + number;
        }
    }

    private final List<Step> steps;
    private final int hash;

    /** Refuses with {@link IllegalArgumentException} an empty path. */
    public TopoPath(List<Step> steps) {
        this.steps = List.copyOf(steps);
        this.hash = hash(this.steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path has at least one step");
        }
    }

    /** Spreads numbers wide: with a list's own hash code bay 31 of one chassis falls on bay 0 of the next. */
    private static int hash(List<Step> steps) {
        int hash = 0;
        for (Step step : steps) {
            hash = (hash + step.name.hashCode()) * 0x9E3779B1 + step.number;
            hash = (hash ^ (hash >>> 15)) * 0x85EBCA6B;
        }
        return hash ^ (hash >>> 13);
    }

    /** From the root down. */
    public List<Step> steps() {
        return steps;
    }

    public static TopoPath of(String name, int number) {
        return new TopoPath(List.of(new Step(name, number)));
    }

    public TopoPath child(String name, int number) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(new Step(name, number));
        return new TopoPath(longer);
    }

    /** Returns the path of the node above, null at the top. */
    public @Nullable TopoPath parent() {
        return steps.size() == 1 ? null : new TopoPath(steps.subList(0, steps.size() - 1));
    }

    public Step last() {
        return steps.get(steps.size() - 1);
    }

    /** Reads {@code chassis0/bay3/disk0}; empty if the text has another form. */
    public static Optional<TopoPath> parse(String text) {
        List<Step> steps = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            Matcher step = STEP.matcher(part);
            if (!step.matches()) {
                return Optional.empty();
            }
            long number = Long.parseLong(step.group(2));
            if (number > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            steps.add(new Step(step.group(1), (int) number));
        }
        return Optional.of(new TopoPath(steps));
    }

    /** Returns the place that an hc name speaks of, empty if one of its instances is no number. */
    public static Optional<TopoPath> of(HcFmri hc) {
        List<Step> steps = new ArrayList<>();
        for (Component component : hc.path()) {
            if (!component.id().matches("[0-9]{1,10}") || Long.parseLong(component.id()) > Integer.MAX_VALUE) {
                return Optional.empty();
            }
            steps.add(new Step(component.name(), Integer.parseInt(component.id())));
        }
        return Optional.of(new TopoPath(steps));
    }

    /** Returns the hc name of the place, without authority. */
    public HcFmri toHc() {
        return HcFmri.of(steps.stream()
                .map(s -> new Component(s.name(), Integer.toString(s.number())))
                .toList());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof TopoPath path && path.hash == hash && path.steps.equals(steps));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Step step : steps) {
            out.append(out.isEmpty() ? "" : "/").append(step);
        }
        return out.toString();
    }
}
