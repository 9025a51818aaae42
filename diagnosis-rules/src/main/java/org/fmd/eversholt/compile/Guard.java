// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Span;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** What is left of an arrow's constraints once all that the topology decides is decided: all of it must hold. */
public final class Guard {
    private static final Guard OPEN = new Guard(List.of());

    /** One condition with the names it is to be read with. */
    record Clause(CompiledUse.Condition condition, Binding binding) {}

    private final List<Clause> clauses;

    private Guard(List<Clause> clauses) {
        this.clauses = clauses;
    }

    /**
     * Decides what can be decided before any ereport is looked at (eversholt reference §4.2): null if the arrow is not to
     * be made, else a guard with the conditions that are still open.
     */
    static @Nullable Guard build(List<Clause> all, World world, Problems problems) {
        List<Clause> open = new ArrayList<>();
        for (Clause clause : all) {
            FirstProblem first = new FirstProblem();
            Truth truth = clause.condition
                    .expression()
                    .evaluate(new Scope(world, clause.binding, null, null, null, first))
                    .truth();
            if (first.undecided(truth, world)) {
                first.tell(problems);
                world.saw(clause.condition.term(), Truth.UNDEFINED);
                return null;
            }
            world.saw(clause.condition.term(), truth);
            if (truth == Truth.FALSE || truth == Truth.UNDEFINED) {
                return null;
            }
            if (truth == Truth.DEFERRED) {
                open.add(clause);
            }
        }
        return open.isEmpty() ? OPEN : new Guard(List.copyOf(open));
    }

    /** True if nothing is left to decide. */
    public boolean open() {
        return clauses.isEmpty();
    }

    /**
     * Evaluates the guard with what is known now.
     *
     * @param globals the variables of the exercise; assignments change them
     * @param payload the payload of the arrow's target, null until it is seen
     * @param effects where {@code set...} functions note what they are told; null makes them wait
     * @param problems told why a guard could not be evaluated; it is then undefined
     */
    public Truth judge(
            World world,
            Map<String, Value> globals,
            @Nullable NvList payload,
            @Nullable Effects effects,
            Problems problems) {
        FirstProblem first = new FirstProblem();
        Truth truth = Truth.TRUE;
        for (Clause clause : clauses) {
            Truth next = clause.condition
                    .expression()
                    .evaluate(new Scope(world, clause.binding, globals, payload, effects, first))
                    .truth();
            if (first.undecided(next, world)) {
                first.tell(problems);
                world.saw(clause.condition.term(), Truth.UNDEFINED);
                return Truth.UNDEFINED;
            }
            world.saw(clause.condition.term(), next);
            if (next == Truth.FALSE || next == Truth.UNDEFINED) {
                return next;
            }
            if (next == Truth.DEFERRED) {
                truth = next;
                if (world.unknownHides()) {
                    return truth;
                }
            }
        }
        return truth;
    }

    /** What each condition comes to and why, up to the first that decides; nothing changes by it. */
    public List<Reason> reasons(World world, Map<String, Value> globals, @Nullable NvList payload) {
        List<Reason> reasons = new ArrayList<>();
        Map<String, Value> variables = new LinkedHashMap<>(globals);
        Problems nobody = (place, what) -> {};
        for (Clause clause : clauses) {
            Term condition = clause.condition.term();
            Truth truth = clause.condition
                    .expression()
                    .evaluate(new Scope(world, clause.binding, variables, payload, new Effects(), nobody))
                    .truth();
            Binding now = clause.binding.unfrozen();
            Reasons reason = new Reasons(
                    term -> new ExpressionCompiler()
                            .compile(term)
                            .evaluate(new Scope(world, now, variables, payload, new Effects(), nobody)),
                    payload);
            reasons.add(new Reason(condition, truth, reason.why(condition, truth)));
            if (truth == Truth.FALSE || truth == Truth.UNDEFINED) {
                return reasons;
            }
        }
        return reasons;
    }

    /** Keeps the first thing that could not be evaluated. */
    private static final class FirstProblem implements Problems {
        private @Nullable Span place;
        private String problem = "";

        @Override
        public void add(Span where, String what) {
            if (place == null) {
                place = where;
                problem = what;
            }
        }

        /** Whether a problem leaves the condition without an answer; in the reference's dialect any problem does. */
        boolean undecided(Truth truth, World world) {
            return place != null
                    && (truth == Truth.UNDEFINED || !world.dialect().has(Decision.UNDEFINED_PROPAGATES));
        }

        void tell(Problems problems) {
            if (place != null) {
                problems.add(place, problem);
            }
        }
    }
}
