// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.compile.Effects;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.InGroup;
import org.fmd.eversholt.compile.InstanceArrow;
import org.fmd.eversholt.compile.OutGroup;
import org.fmd.eversholt.compile.Problems;
import org.fmd.eversholt.compile.Truth;
import org.fmd.eversholt.syntax.Decision;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an exercise (eversholt reference §7.5): which problems explain, each alone, all that was seen, and have met
 * their obligations or still can.
 *
 * <pre>
 *   hypothesise(e) ─┬─ obligations(e)    what must follow from e has come, or has time to
 *                   ├─ explanations(e)   e an error or ereport: some cause of it stands
 *                   └─ consequences(e)   e a problem: all that was seen follows from it
 *                        └─ spread       marks what follows
 * </pre>
 *
 * <p>The marks live as long as the object; only verdicts on arrows, and variables, stay with the exercise.
 */
final class Evaluation {
    /** No window has been met on the way: what is waited for is waited for as long as the engine hesitates. */
    private static final long UNSPECIFIED = -1;

    private static final int FULL = 1;
    private static final int WAITING = 2;
    private static final int PARENT = 4;
    private static final int MAX_DEPTH = 1024;

    /** What a pass needs to know of the engine. */
    record Ground(
            long hesitateNanos,
            Set<String> trips,
            Problems problems,
            @Nullable Trace trace) {}

    private final Exercise exercise;
    private final Ground ground;
    private final boolean uniform;
    private final boolean reuse;
    private final boolean liveOnly;
    private final boolean windowsBegin;
    private final boolean actLater;
    private final @Nullable Result[] required;
    private final @Nullable Result[] hypotheses;
    private final boolean[] tried;
    private final int[] effect;
    private final boolean[] requiredMark;
    private final boolean[] effectMark;
    private final Set<EventInstance> suspects = new LinkedHashSet<>();
    private final Set<EventInstance> kept = new HashSet<>();
    private int depth;

    Evaluation(Exercise exercise, Ground ground) {
        int events = exercise.graph().events().size();
        int arrows = exercise.graph().arrows().size();
        this.exercise = exercise;
        this.ground = ground;
        this.uniform = exercise.world().dialect().has(Decision.UNIFORM_HESITATION);
        this.reuse = exercise.world().dialect().has(Decision.REUSE_CAUSE_RESULTS);
        this.liveOnly = exercise.world().dialect().has(Decision.COUNT_LIVE_ARROWS);
        this.windowsBegin = exercise.world().dialect().has(Decision.WINDOW_RANGES);
        this.actLater = exercise.world().dialect().has(Decision.SIDE_EFFECTS_ON_ACCEPTANCE);
        this.required = new Result[events];
        this.hypotheses = new Result[events];
        this.tried = new boolean[events];
        this.effect = new int[events];
        this.requiredMark = new boolean[arrows];
        this.effectMark = new boolean[arrows];
    }

    /** Evaluates the exercise's first event. */
    Result run() {
        return hypothesise(exercise.first(), uniform ? UNSPECIFIED : 0);
    }

    /** The problems that stand, in the order in which they were met. */
    Set<EventInstance> suspects() {
        return suspects;
    }

    /** The events that some problem that stands leads to, and those problems. */
    Set<EventInstance> kept() {
        return kept;
    }

    private Result hypothesise(EventInstance event, long by) {
        Result owed = obligations(event, by);
        if (owed.no()) {
            return owed;
        }
        Result explained;
        if (event.kind().isProblem()) {
            explained = consequences(event, by);
            if (!explained.no()) {
                suspects.add(event);
            }
        } else {
            explained = explanations(event, by);
        }
        if (explained.no()) {
            return explained;
        }
        boolean waits = owed.waits() || explained.waits();
        return waits ? Result.waitUntil(Math.min(owed.wake(), explained.wake())) : Result.YES;
    }

    private Result obligations(EventInstance event, long by) {
        Result known = required[event.index()];
        if (known != null) {
            return known;
        }
        if (event.kind() == EventKind.EREPORT) {
            Result result = awaited(event, by);
            required[event.index()] = result;
            return result;
        }
        if (depth > MAX_DEPTH) {
            ground.problems().add(event.event().declared(), "a cycle of obligations leads back to " + event);
            return Result.NO;
        }
        depth++;
        Result result = Result.YES;
        for (OutGroup group : event.out()) {
            result = worse(result, owed(group, by));
            if (result.no()) {
                break;
            }
        }
        depth--;
        if (result.state() != Result.State.MAYBE) {
            required[event.index()] = result;
        }
        return result;
    }

    /** Of two obligations the one that says more: NO over WAIT (the earlier one) over MAYBE over YES. */
    private static Result worse(Result one, Result other) {
        if (one.no() || other.no()) {
            return Result.NO;
        }
        if (one.waits() || other.waits()) {
            return Result.waitUntil(Math.min(one.wake(), other.wake()));
        }
        return one.yes() ? other : one;
    }

    private Result awaited(EventInstance event, long by) {
        if (exercise.seen(event)) {
            return Result.YES;
        }
        long deadline = by;
        if (by == UNSPECIFIED) {
            // Nobody but the engine itself sends a trip ereport, and it does so only when an exercise has ended.
            boolean trip = ground.trips().contains(event.event().name().eventClass());
            deadline = trip ? 0 : ground.hesitateNanos();
        }
        if (ground.trace != null) {
            ground.trace.awaited(event, deadline);
        }
        return exercise.waited() >= deadline ? Result.NO : Result.waitUntil(deadline);
    }

    /** How far one group of arrows meets its N. */
    private Result owed(OutGroup group, long by) {
        List<InstanceArrow> arrows = alive(group.arrows());
        long n = group.n() instanceof Count.Exactly exactly ? exactly.value() : arrows.size();
        if (n == 0) {
            return Result.YES;
        }
        boolean passable = arrows.stream().anyMatch(this::allows);
        long yes = 0;
        long maybe = 0;
        long waiting = 0;
        long wake = Result.NEVER;
        for (InstanceArrow arrow : arrows) {
            if (Long.compareUnsigned(yes, n) >= 0) {
                break;
            }
            if (early(arrow) || (liveOnly && !allows(arrow))) {
                continue;
            }
            requiredMark[arrow.index()] = true;
            Result result =
                    triggered(arrow.to(), requiredMark) ? obligations(arrow.to(), deadline(by, arrow)) : Result.MAYBE;
            switch (result.state()) {
                case YES -> yes++;
                case MAYBE -> maybe++;
                case WAIT -> {
                    waiting++;
                    wake = Math.min(wake, result.wake());
                }
                case NO -> {}
            }
        }
        if (ground.trace != null) {
            ground.trace.owed(group, n, yes, maybe + waiting, passable || waiting > 0);
        }
        if (!passable && waiting == 0) {
            return Result.YES; // All arrows are constrained away: as if the statement were not there.
        }
        if (Long.compareUnsigned(yes + maybe + waiting, n) < 0) {
            return Result.NO;
        }
        if (Long.compareUnsigned(yes + maybe, n) < 0) {
            return Result.waitUntil(wake);
        }
        return Long.compareUnsigned(yes, n) < 0 ? Result.MAYBE : Result.YES;
    }

    private List<InstanceArrow> alive(List<InstanceArrow> arrows) {
        return arrows.stream().filter(exercise::alive).toList();
    }

    /** The time by which an arrow's target must be there: windows add up along a chain. */
    private long deadline(long by, InstanceArrow arrow) {
        if (arrow.window() == null) {
            return by;
        }
        long sum = Math.max(by, 0) + arrow.window().maxNanos();
        return sum < 0 ? Result.NEVER : sum;
    }

    /** Whether the arrow's target came before the arrow's window opens; the first ereport of all never does. */
    private boolean early(InstanceArrow arrow) {
        return windowsBegin
                && arrow.window() != null
                && arrow.window().minNanos() > 0
                && arrow.to() != exercise.first()
                && exercise.seen(arrow.to())
                && exercise.firstSeen(arrow.to()) < arrow.window().minNanos();
    }

    /** Whether the arrow's constraints let it pass, as far as is known. What is decided stays decided. */
    private boolean allows(InstanceArrow arrow) {
        if (early(arrow)) {
            return false;
        }
        if (arrow.guard().open()) {
            return true;
        }
        Truth verdict = exercise.verdict(arrow);
        if (verdict == Truth.DEFERRED) {
            verdict = arrow.guard()
                    .judge(
                            exercise.world(),
                            exercise.globals(),
                            exercise.payload(arrow.to()),
                            sink(arrow),
                            ground.problems());
            exercise.verdict(arrow, verdict == Truth.UNDEFINED ? Truth.FALSE : verdict);
        }
        return verdict == Truth.TRUE || verdict == Truth.DEFERRED;
    }

    /** Where {@code set...} functions note things now: nowhere if that is done when a suspect is accepted. */
    private @Nullable Effects sink(InstanceArrow arrow) {
        if (actLater) {
            return new Effects();
        }
        Result known = required[arrow.to().index()];
        return known != null && known.yes() ? exercise.effects(arrow.from()) : null;
    }

    /** Whether enough arrows into the event are marked for one of its K. */
    private static boolean triggered(EventInstance event, boolean[] mark) {
        int marked = 0;
        for (InGroup group : event.in()) {
            boolean all = true;
            for (InstanceArrow arrow : group.arrows()) {
                all &= mark[arrow.index()];
                marked += mark[arrow.index()] ? 1 : 0;
                if (mark[arrow.index()] && reached(group.k(), marked)) {
                    return true;
                }
            }
            if (all && group.k() instanceof Count.All) {
                return true;
            }
        }
        return false;
    }

    private static boolean reached(Count k, int count) {
        return k instanceof Count.Exactly exactly && Long.compareUnsigned(count, exactly.value()) >= 0;
    }

    private Result explanations(EventInstance event, long by) {
        long good = 0;
        long waiting = 0;
        long wake = Result.NEVER;
        boolean possible = false;
        for (InGroup group : event.in()) {
            long goodBefore = good;
            long waitingBefore = waiting;
            List<InstanceArrow> arrows = alive(group.arrows());
            for (InstanceArrow arrow : arrows) {
                Result result = cause(arrow, by);
                good += result.yes() ? 1 : 0;
                waiting += result.waits() ? 1 : 0;
                wake = result.waits() ? Math.min(wake, result.wake()) : wake;
            }
            boolean all = group.k() instanceof Count.All;
            long k = group.k() instanceof Count.Exactly exactly ? exactly.value() : arrows.size();
            long hope = all ? good - goodBefore + waiting - waitingBefore : good + waiting;
            // The reference asks for the K of the last group alone.
            possible = Long.compareUnsigned(hope, k) >= 0 || (reuse && possible);
        }
        if (!possible) {
            return Result.NO;
        }
        return waiting > 0 ? Result.waitUntil(wake) : Result.YES;
    }

    /** How one cause of an event does. Each is examined once in a pass; later arrows reuse the result, or see nothing. */
    private Result cause(InstanceArrow arrow, long by) {
        EventInstance from = arrow.from();
        if (tried[from.index()] && !reuse) {
            return Result.NO;
        }
        if (!allows(arrow)) {
            return Result.NO;
        }
        if (tried[from.index()]) {
            Result known = hypotheses[from.index()];
            return known == null ? Result.NO : known; // Still being examined: a cause of itself explains nothing.
        }
        tried[from.index()] = true;
        Result result = hypothesise(from, by);
        hypotheses[from.index()] = result;
        return result;
    }

    private Result consequences(EventInstance problem, long by) {
        List<EventInstance> touched = new ArrayList<>();
        List<InstanceArrow> marked = new ArrayList<>();
        long wake = spread(problem, FULL, by, touched, marked);
        Result result = wake == Result.NEVER ? Result.YES : Result.waitUntil(wake);
        EventInstance unexplained = null;
        for (EventInstance seen : exercise.observed()) {
            if (effect[seen.index()] == 0) {
                result = Result.NO;
                unexplained = seen;
                break;
            }
        }
        if (ground.trace != null) {
            tell(ground.trace, problem, unexplained, marked);
        }
        if (!result.no()) {
            touched.stream().filter(e -> effect[e.index()] != 0).forEach(kept::add);
            kept.add(problem);
        }
        touched.forEach(event -> effect[event.index()] = 0);
        marked.forEach(arrow -> effectMark[arrow.index()] = false);
        return result;
    }

    private void tell(
            Trace trace, EventInstance problem, @Nullable EventInstance unexplained, List<InstanceArrow> marked) {
        trace.explains(problem, unexplained);
        if (unexplained == null) {
            marked.stream().filter(arrow -> effect[arrow.to().index()] != 0).forEach(trace::led);
        }
    }

    /** Marks what follows from an event; returns the earliest time something on the way is waited for. */
    private long spread(
            EventInstance event, int mode, long by, List<EventInstance> touched, List<InstanceArrow> marked) {
        long wake = Result.NEVER;
        for (OutGroup group : event.out()) {
            for (InstanceArrow arrow : group.arrows()) {
                EventInstance target = arrow.to();
                if (!follows(arrow, mode)) {
                    continue;
                }
                effectMark[arrow.index()] = true;
                marked.add(arrow);
                if (!triggered(target, effectMark)) {
                    continue;
                }
                effect[target.index()] &= ~PARENT;
                Result result = obligations(target, spreadDeadline(by, arrow));
                if (!result.no()) {
                    boolean waits = result.waits();
                    effect[target.index()] |= waits ? WAITING : mode;
                    touched.add(target);
                    wake = Math.min(wake, result.wake());
                    wake = Math.min(wake, spread(target, waits ? PARENT : mode, by, touched, marked));
                }
            }
        }
        return wake;
    }

    private boolean follows(InstanceArrow arrow, int mode) {
        Result known = required[arrow.to().index()];
        int mark = effect[arrow.to().index()];
        return exercise.alive(arrow)
                && (known == null || !known.no())
                && (mark & (WAITING | FULL)) == 0
                && !(mode == PARENT && (mark & PARENT) != 0)
                && allows(arrow);
    }

    /** In the reference's dialect only an ereport met here, with no window at all, is hesitated for. */
    private long spreadDeadline(long by, InstanceArrow arrow) {
        boolean none =
                !uniform && by == 0 && (arrow.window() == null || arrow.window().maxNanos() == 0);
        return none && arrow.to().kind() == EventKind.EREPORT ? ground.hesitateNanos() : deadline(by, arrow);
    }
}
