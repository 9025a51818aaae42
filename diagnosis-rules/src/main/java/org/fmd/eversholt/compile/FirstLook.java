// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the first look of exercises at their opening ereport came to, by the verdicts that were asked for on the way: a tree of
 * constraints, with the suspects at each leaf.
 *
 * <pre>
 *   FATAL? ── yes ── LINK? ── no ── { fault derr, upset derr }
 *      └───── no ─── RETRY? ── …
 * </pre>
 *
 * <p>All that such a look depends on besides the graph is what constraints say of this ereport. So where the same constraints
 * say the same, the next exercise need not walk the graph again. The constraints themselves are evaluated each time, in the
 * same order. Only looks that end the exercise with suspects are kept. Not safe for several threads.
 */
public final class FirstLook {
    /** A graph keeps no more ends than this; what is beyond is walked for. */
    private static final int MOST = 1024;

    /** A constraint to ask for, or the end. */
    public static final class Step {
        private @Nullable InstanceArrow arrow;
        private @Nullable Step yes;
        private @Nullable Step no;
        private @Nullable Step unknown;
        private @Nullable List<EventInstance> suspects;

        private Step() {}

        /** The arrow whose constraint decides how to go on; null where nothing more is known to be asked. */
        public @Nullable InstanceArrow arrow() {
            return arrow;
        }

        /** Where the verdict leads, null if nobody has been there. */
        public @Nullable Step after(Truth verdict) {
            return switch (verdict) {
                case TRUE -> yes;
                case DEFERRED -> unknown;
                case FALSE, UNDEFINED -> no;
            };
        }

        private Step make(Truth verdict) {
            Step step = new Step();
            switch (verdict) {
                case TRUE -> yes = step;
                case DEFERRED -> unknown = step;
                case FALSE, UNDEFINED -> no = step;
            }
            return step;
        }

        /** The problems that stand, in the order in which they are met; null if this is not the end. */
        public @Nullable List<EventInstance> suspects() {
            return suspects;
        }
    }

    /** The verdicts of one look, in the order in which they were asked for. */
    public static final class Path {
        private final List<InstanceArrow> arrows = new ArrayList<>();
        private final List<Truth> verdicts = new ArrayList<>();

        public void clear() {
            arrows.clear();
            verdicts.clear();
        }

        public void add(InstanceArrow arrow, Truth verdict) {
            arrows.add(arrow);
            verdicts.add(verdict);
        }
    }

    private final Step root = new Step();
    private int ends;

    FirstLook() {}

    public Step root() {
        return root;
    }

    /** Keeps what a look came to. */
    public void keep(Path path, List<EventInstance> suspects) {
        if (ends >= MOST) {
            return;
        }
        Step at = root;
        for (int i = 0; i < path.arrows.size(); i++) {
            InstanceArrow arrow = path.arrows.get(i);
            if (at.arrow == null) {
                at.arrow = arrow;
            } else if (!at.arrow.equals(arrow)) {
                throw new IllegalStateException("after the same verdicts " + at.arrow + " was asked for, now " + arrow);
            }
            Truth verdict = path.verdicts.get(i);
            Step next = at.after(verdict);
            at = next == null ? at.make(verdict) : next;
        }
        if (at.suspects == null) {
            at.suspects = List.copyOf(suspects);
            ends++;
        }
    }
}
