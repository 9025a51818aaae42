// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.List;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.check.PathPattern.Index;
import org.fmd.eversholt.check.PathPattern.Step;
import org.jspecify.annotations.Nullable;

/**
 * Where the names in a constraint lead to: the iterators of one expansion and the two ends of an arrow.
 *
 * <p>Values that a rule may read only once, when the graph is built ({@code has_fault}, {@code count}), are kept here too.
 */
final class Binding {
    private final End own;
    private final End other;
    private final long[] iterators;
    private final @Nullable Value[] frozen;
    private final boolean byName;

    /** An event of the statement and where it was placed; its path ends in the pattern's last step. */
    record End(PathPattern pattern, Component at) {}

    Binding(End own, End other, long[] iterators, int frozenSlots) {
        this(own, other, iterators, frozenSlots, false);
    }

    private Binding(End own, End other, long[] iterators, int frozenSlots, boolean byName) {
        this.own = own;
        this.other = other;
        this.iterators = iterators;
        this.frozen = new Value[frozenSlots];
        this.byName = byName;
    }

    /** For the properties of an event: a declaration has no iterators, so components are the same when their names are. */
    static Binding ofDeclaration(PathPattern path, Component at, int frozenSlots) {
        End end = new End(path, at);
        return new Binding(end, end, new long[0], frozenSlots, true);
    }

    /** The same without values kept from before. */
    Binding unfrozen() {
        return new Binding(own, other, iterators, 0, byName);
    }

    /** The number of an iterator, {@link Indices#UNBOUND} if it has none. */
    long iterator(int slot) {
        return slot < iterators.length ? iterators[slot] : Indices.UNBOUND;
    }

    @Nullable
    Value frozen(int slot) {
        return slot < frozen.length ? frozen[slot] : null;
    }

    void freeze(int slot, Value value) {
        if (slot < frozen.length) {
            frozen[slot] = value;
        }
    }

    /**
     * The full path that a path in a constraint stands for (eversholt reference §4.4): the end that shares more leading
     * components lends its place, the constraint's own in case of doubt; one that shares none is taken from the root.
     * Null if a number is not known.
     */
    @Nullable
    TopoPath resolve(PathPattern path) {
        int withOwn = shared(path, own.pattern);
        int withOther = shared(path, other.pattern);
        End end = withOwn >= withOther ? own : other;
        int shared = Math.max(withOwn, withOther);
        List<TopoPath.Step> steps = new ArrayList<>();
        if (shared > 0) {
            int above = end.pattern.steps().size() - shared;
            steps.addAll(end.at.ancestor(above).path().steps());
        }
        for (Step step : path.steps().subList(shared, path.steps().size())) {
            long number = byName && !(step.index() instanceof Index.Fixed)
                    ? Indices.UNBOUND
                    : Indices.number(step.index(), iterators);
            if (number < 0 || number > Integer.MAX_VALUE) {
                return null;
            }
            steps.add(new TopoPath.Step(step.name(), (int) number));
        }
        return new TopoPath(steps);
    }

    private int shared(PathPattern one, PathPattern other) {
        int length = Math.min(one.steps().size(), other.steps().size());
        for (int i = 0; i < length; i++) {
            if (!sameStep(one.steps().get(i), other.steps().get(i))) {
                return i;
            }
        }
        return length;
    }

    /** Inside a constraint {@code bay[b]} is the very bay that {@code bay<b>} found. */
    private boolean sameStep(Step one, Step other) {
        if (byName) {
            return one.name().equals(other.name());
        }
        if (one.index() instanceof Index.Variable a && other.index() instanceof Index.Variable b) {
            return one.name().equals(other.name()) && a.iterator().equals(b.iterator());
        }
        return one.name().equals(other.name())
                && one.index().toString().equals(other.index().toString());
    }
}
