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
 * <p>Values that a rule may read only once, when the graph is built ({@code has_fault}, {@code count}), are kept here too;
 * a graph is used only where they are still the same.
 */
final class Binding {
    private final End own;
    private final End other;
    private final long[] iterators;
    private final @Nullable Value[] frozen;
    private final boolean byName;

    /** An event of the statement and where it was placed; its path ends in the pattern's last step. */
    record End(PathPattern pattern, Seat seat) {}

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

    /**
     * For the properties of an event, with its own component as the centre: a declaration has no iterators, so components
     * are the same when their names are.
     */
    static Binding ofDeclaration(PathPattern path) {
        End end = new End(path, new Seat(0, null));
        return new Binding(end, end, new long[0], 0, true);
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
        frozen[slot] = value;
    }

    /** Whether the path leads to a component above one of the ends, or to an end, whatever the numbers are. */
    boolean holds(PathPattern path) {
        return Math.max(shared(path, own.pattern), shared(path, other.pattern))
                == path.steps().size();
    }

    /**
     * The full path that a path in a constraint stands for (eversholt reference §4.4): the end that shares more leading
     * components lends its place, the constraint's own in case of doubt; one that shares none is taken from the root.
     * Null if a number is not known.
     */
    @Nullable
    TopoPath resolve(PathPattern path, Component center) {
        int withOwn = shared(path, own.pattern);
        int withOther = shared(path, other.pattern);
        End end = withOwn >= withOther ? own : other;
        int shared = Math.max(withOwn, withOther);
        List<TopoPath.Step> steps = new ArrayList<>();
        if (shared > 0) {
            int above = end.pattern.steps().size() - shared;
            TopoPath lent = end.seat.on(center).ancestor(above).path();
            if (shared == path.steps().size()) {
                return lent;
            }
            steps.addAll(lent.steps());
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
