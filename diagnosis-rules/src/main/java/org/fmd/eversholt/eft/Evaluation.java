// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.Window;
import org.fmd.eversholt.compile.Effects;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.FirstLook;
import org.fmd.eversholt.compile.InGroup;
import org.fmd.eversholt.compile.InstanceArrow;
import org.fmd.eversholt.compile.InstanceGraph;
import org.fmd.eversholt.compile.Judge;
import org.fmd.eversholt.compile.OutGroup;
import org.fmd.eversholt.compile.Problems;
import org.fmd.eversholt.compile.Truth;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * A pass over an exercise (eversholt reference §7.5): which problems explain, each alone, all that was seen, and have met
 * their obligations or still can.
 *
 * <pre>
 *   hypothesise(e) ─┬─ obligations(e)    what must follow from e has come, or has time to
 *                   ├─ explanations(e)   e an error or ereport: some cause of it stands
 *                   └─ consequences(e)   e a problem: all that was seen follows from it
 *                        └─ spread       marks what follows
 * </pre>
 *
 * <p>One object makes pass after pass. A mark counts if it carries the number of the pass, or of the problem within the pass
 * whose consequences are looked at, so nothing has to be wiped out in between. Only verdicts on arrows, and variables, stay
 * with the exercise. Suspects and what is kept are to be read before the next pass.
 */
final class Evaluation {
    /** No window has been met on the way: what is waited for is waited for as long as the engine hesitates. */
    private static final long UNSPECIFIED = -1;

    private static final int FULL = 1;
    private static final int WAITING = 2;
    private static final int PARENT = 4;
    private static final int MAX_DEPTH = 1024;

    private final long hesitateNanos;
    private final Set<String> trips;
    private final Problems problems;
    private final Judge judge;
    private final boolean uniform;
    private final boolean reuse;
    private final boolean liveOnly;
    private final boolean windowsBegin;
    private final boolean actLater;
    private final @Nullable Trace trace;
    private final FirstLook.Path path = new FirstLook.Path();
    private long[] notedMark = {};
    private boolean noting;
    private final List<EventInstance> suspects = new ArrayList<>();
    private EventMarks[] events = {};
    private long[] requiredMark = {};
    private long[] effectMark = {};
    private @Nullable Exercise current;
    private EventInstance[] touched = new EventInstance[16];
    private int touchedCount;
    private long pass;
    private long source;
    private int depth;

    /** What is found out about an event; each number of a pass, or of a source, says since when the field behind it counts. */
    private static final class EventMarks {
        private long requiredIn;
        private long required;
        private long triedIn;
        private long hypothesisIn;
        private long hypothesis;
        private long effectOf;
        private int effect;
        private long suspectIn;
        private long keptIn;
    }

    /**
     * @param trips the ereport classes that only the engine itself delivers
     * @param trace told of each step, null for nobody
     */
    Evaluation(Dialect dialect, long hesitateNanos, Set<String> trips, Problems problems, @Nullable Trace trace) {
        this.trace = trace;
        this.hesitateNanos = hesitateNanos;
        this.trips = trips;
        this.problems = problems;
        this.judge = new Judge(problems);
        this.uniform = dialect.has(Decision.UNIFORM_HESITATION);
        this.reuse = dialect.has(Decision.REUSE_CAUSE_RESULTS);
        this.liveOnly = dialect.has(Decision.COUNT_LIVE_ARROWS);
        this.windowsBegin = dialect.has(Decision.WINDOW_RANGES);
        this.actLater = dialect.has(Decision.SIDE_EFFECTS_ON_ACCEPTANCE);
    }

    /** Evaluates the exercise's first event; the result is one of {@link Result}. */
    long run(Exercise exercise) {
        int eventCount = exercise.graph().events().size();
        if (events.length < eventCount) {
            events = new EventMarks[eventCount];
            for (int i = 0; i < eventCount; i++) {
                events[i] = new EventMarks();
            }
        }
        int arrowCount = exercise.graph().arrows().size();
        if (requiredMark.length < arrowCount) {
            requiredMark = new long[arrowCount];
            effectMark = new long[arrowCount];
            notedMark = new long[arrowCount];
        }
        current = exercise;
        suspects.clear();
        pass++;
        depth = 0;
        return hypothesise(exercise.first(), uniform ? UNSPECIFIED : 0);
    }

    /** {@link #run} for an exercise that has just been opened and has seen nothing but its opener. */
    long runFirst(Exercise exercise) {
        InstanceGraph graph = exercise.graph();
        if (!actLater || graph.variables() || trace != null || graph.world().watch() != null) {
            return run(exercise);
        }
        List<EventInstance> known = known(exercise, graph.firstLook().root());
        if (known != null) {
            suspects.clear();
            suspects.addAll(known);
            return Result.YES;
        }
        path.clear();
        noting = true;
        long result = run(exercise);
        noting = false;
        if (result == Result.YES) {
            graph.firstLook().keep(path, suspects);
        }
        return result;
    }

    /** The suspects of an earlier look that got the same verdicts; null if there was none. */
    private @Nullable List<EventInstance> known(Exercise exercise, FirstLook.Step root) {
        FirstLook.Step at = root;
        for (InstanceArrow arrow = at.arrow(); arrow != null; arrow = at.arrow()) {
            Truth verdict = judged(exercise, arrow, Effects.NONE);
            FirstLook.Step next = at.after(verdict);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at.suspects();
    }

    private Exercise exercise() {
        return Objects.requireNonNull(current);
    }

    /** The problems that stand, in the order in which they were met. */
    List<EventInstance> suspects() {
        return suspects;
    }

    /** Whether the event is a problem that stands or some problem that stands leads to it. */
    boolean kept(EventInstance event) {
        return events[event.index()].keptIn == pass;
    }

    private long hypothesise(EventInstance event, long by) {
        long owed = obligations(event, by);
        if (owed == Result.NO) {
            return owed;
        }
        long explained;
        if (event.kind().isProblem()) {
            explained = consequences(event, by);
            if (explained != Result.NO && events[event.index()].suspectIn != pass) {
                events[event.index()].suspectIn = pass;
                suspects.add(event);
            }
        } else {
            explained = explanations(event, by);
        }
        long both = Math.min(owed, explained);
        return both == Result.MAYBE ? Result.YES : both;
    }

    private long obligations(EventInstance event, long by) {
        EventMarks marks = events[event.index()];
        if (marks.requiredIn == pass) {
            return marks.required;
        }
        if (event.kind() == EventKind.EREPORT) {
            return require(marks, awaited(event, by));
        }
        if (depth > MAX_DEPTH) {
            problems.add(
                    event.event().declared(),
                    "a cycle of obligations leads back to " + exercise().key(event));
            return Result.NO;
        }
        depth++;
        long result = Result.YES;
        List<OutGroup> groups = event.out();
        for (int i = 0; i < groups.size() && result != Result.NO; i++) {
            result = Math.min(result, owed(groups.get(i), by));
        }
        depth--;
        return result == Result.MAYBE ? result : require(marks, result);
    }

    private long require(EventMarks marks, long result) {
        marks.requiredIn = pass;
        marks.required = result;
        return result;
    }

    private long awaited(EventInstance event, long by) {
        if (exercise().seen(event)) {
            return Result.YES;
        }
        long deadline = by;
        if (by == UNSPECIFIED) {
            // Nobody but the engine itself sends a trip ereport, and it does so only when an exercise has ended.
            deadline = trips.contains(event.eventClass()) ? 0 : hesitateNanos;
        }
        if (trace != null) {
            trace.awaited(event, deadline);
        }
        return exercise().waited() >= deadline ? Result.NO : Result.waitUntil(deadline);
    }

    /** How far one group of arrows meets its N. */
    private long owed(OutGroup group, long by) {
        List<InstanceArrow> arrows = group.arrows();
        long n = group.n() instanceof Count.Exactly exactly ? exactly.value() : alive(arrows);
        if (n == 0) {
            return Result.YES;
        }
        boolean passable = passable(arrows);
        long yes = 0;
        long maybe = 0;
        long waiting = 0;
        long wake = Result.YES;
        for (int i = 0; i < arrows.size() && Long.compareUnsigned(yes, n) < 0; i++) {
            InstanceArrow arrow = arrows.get(i);
            if (!exercise().alive(arrow) || early(arrow) || (liveOnly && !allows(arrow))) {
                continue;
            }
            requiredMark[arrow.index()] = pass;
            long result = triggered(arrow.to(), requiredMark, pass)
                    ? obligations(arrow.to(), deadline(by, arrow))
                    : Result.MAYBE;
            if (result == Result.YES) {
                yes++;
            } else if (result == Result.MAYBE) {
                maybe++;
            } else if (result != Result.NO) {
                waiting++;
                wake = Math.min(wake, result);
            }
        }
        if (trace != null) {
            trace.owed(group, n, yes, maybe + waiting, passable || waiting > 0);
        }
        if (!passable && waiting == 0) {
            return Result.YES; // All arrows are constrained away: as if the statement were not there.
        }
        if (Long.compareUnsigned(yes + maybe + waiting, n) < 0) {
            return Result.NO;
        }
        if (Long.compareUnsigned(yes + maybe, n) < 0) {
            return wake;
        }
        return Long.compareUnsigned(yes, n) < 0 ? Result.MAYBE : Result.YES;
    }

    private long alive(List<InstanceArrow> arrows) {
        long count = 0;
        for (int i = 0; i < arrows.size(); i++) {
            count += exercise().alive(arrows.get(i)) ? 1 : 0;
        }
        return count;
    }

    private boolean passable(List<InstanceArrow> arrows) {
        for (int i = 0; i < arrows.size(); i++) {
            if (exercise().alive(arrows.get(i)) && allows(arrows.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** The time by which an arrow's target must be there: windows add up along a chain. */
    private static long deadline(long by, InstanceArrow arrow) {
        Window window = arrow.window();
        if (window == null) {
            return by;
        }
        long sum = Math.max(by, 0) + window.maxNanos();
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Whether the arrow's target came before the arrow's window opens; the first ereport of all never does. */
    private boolean early(InstanceArrow arrow) {
        return windowsBegin && exercise().early(arrow);
    }

    /** Whether the arrow's constraints let it pass, as far as is known. What is decided stays decided. */
    private boolean allows(InstanceArrow arrow) {
        if (early(arrow)) {
            return false;
        }
        if (arrow.guard().open()) {
            return true;
        }
        Exercise exercise = exercise();
        Truth verdict = exercise.verdict(arrow);
        if (verdict == Truth.DEFERRED) {
            verdict = judged(exercise, arrow, sink(arrow));
        }
        if (noting && notedMark[arrow.index()] != pass) {
            notedMark[arrow.index()] = pass;
            path.add(arrow, verdict);
        }
        return verdict == Truth.TRUE || verdict == Truth.DEFERRED;
    }

    private Truth judged(Exercise exercise, InstanceArrow arrow, @Nullable Effects effects) {
        Truth verdict = judge.judge(
                arrow.guard(),
                exercise.world(),
                exercise.center(),
                exercise.globals(),
                exercise.payload(arrow.to()),
                effects);
        Truth kept = verdict == Truth.UNDEFINED ? Truth.FALSE : verdict;
        exercise.verdict(arrow, kept);
        return kept;
    }

    /** Where {@code set...} functions note things now: nowhere if that is done when a suspect is accepted. */
    private @Nullable Effects sink(InstanceArrow arrow) {
        if (actLater || !arrow.guard().sets()) {
            return Effects.NONE;
        }
        EventMarks target = events[arrow.to().index()];
        boolean accepted = target.requiredIn == pass && target.required == Result.YES;
        return accepted ? exercise().effectsToSet(arrow.from()) : null;
    }

    /** Whether enough arrows into the event are marked for one of its K; one of them has just been marked. */
    private static boolean triggered(EventInstance event, long[] mark, long marker) {
        if (event.oneCauseIsEnough()) {
            return true;
        }
        int marked = 0;
        for (InGroup group : event.in()) {
            boolean all = true;
            for (InstanceArrow arrow : group.arrows()) {
                boolean counts = mark[arrow.index()] == marker;
                all &= counts;
                marked += counts ? 1 : 0;
                if (counts && reached(group.k(), marked)) {
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

    private long explanations(EventInstance event, long by) {
        long good = 0;
        long waiting = 0;
        long wake = Result.YES;
        boolean possible = false;
        List<InGroup> groups = event.in();
        for (int i = 0; i < groups.size(); i++) {
            InGroup group = groups.get(i);
            List<InstanceArrow> arrows = group.arrows();
            long before = good + waiting;
            for (int j = 0; j < arrows.size(); j++) {
                if (!exercise().alive(arrows.get(j))) {
                    continue;
                }
                long result = cause(arrows.get(j), by);
                if (Result.waits(result)) {
                    waiting++;
                    wake = Math.min(wake, result);
                } else if (result == Result.YES) {
                    good++;
                }
            }
            boolean all = group.k() instanceof Count.All;
            long k = group.k() instanceof Count.Exactly exactly ? exactly.value() : arrows.size();
            long hope = all ? good + waiting - before : good + waiting;
            // The reference asks for the K of the last group alone.
            possible = Long.compareUnsigned(hope, k) >= 0 || (reuse && possible);
        }
        return possible ? wake : Result.NO;
    }

    /** How one cause of an event does. Each is examined once in a pass; later arrows reuse the result, or see nothing. */
    private long cause(InstanceArrow arrow, long by) {
        EventInstance from = arrow.from();
        EventMarks marks = events[from.index()];
        boolean tried = marks.triedIn == pass;
        if ((tried && !reuse) || !allows(arrow)) {
            return Result.NO;
        }
        if (tried) {
            // One that is still being examined is a cause of itself, which explains nothing.
            return marks.hypothesisIn == pass ? marks.hypothesis : Result.NO;
        }
        marks.triedIn = pass;
        long result = hypothesise(from, by);
        marks.hypothesisIn = pass;
        marks.hypothesis = result;
        return result;
    }

    private long consequences(EventInstance problem, long by) {
        source++;
        touchedCount = 0;
        long result = spread(problem, FULL, by);
        List<EventInstance> observed = exercise().observed();
        for (int i = 0; i < observed.size(); i++) {
            if (effect(events[observed.get(i).index()]) == 0) {
                if (trace != null) {
                    trace.explains(problem, observed.get(i));
                }
                return Result.NO;
            }
        }
        if (trace != null) {
            tell(trace, problem);
        }
        for (int i = 0; i < touchedCount; i++) {
            EventMarks marks = events[touched[i].index()];
            if (effect(marks) != 0) {
                marks.keptIn = pass;
            }
        }
        events[problem.index()].keptIn = pass;
        return result;
    }

    private void tell(Trace watcher, EventInstance problem) {
        watcher.explains(problem, null);
        for (InstanceArrow arrow : exercise().graph().arrows()) {
            if (effectMark[arrow.index()] == source && effect(events[arrow.to().index()]) != 0) {
                watcher.led(arrow);
            }
        }
    }

    private int effect(EventMarks marks) {
        return marks.effectOf == source ? marks.effect : 0;
    }

    /** Marks what follows from an event; returns the earliest time something on the way is waited for, YES if nothing is. */
    private long spread(EventInstance event, int mode, long by) {
        long wake = Result.YES;
        List<OutGroup> groups = event.out();
        for (int i = 0; i < groups.size(); i++) {
            List<InstanceArrow> arrows = groups.get(i).arrows();
            for (int j = 0; j < arrows.size(); j++) {
                if (follows(arrows.get(j), mode)) {
                    wake = Math.min(wake, follow(arrows.get(j), mode, by));
                }
            }
        }
        return wake;
    }

    private long follow(InstanceArrow arrow, int mode, long by) {
        EventInstance target = arrow.to();
        effectMark[arrow.index()] = source;
        if (!triggered(target, effectMark, source)) {
            return Result.YES;
        }
        EventMarks marks = events[target.index()];
        marks.effect = effect(marks) & ~PARENT;
        marks.effectOf = source;
        long result = obligations(target, spreadDeadline(by, arrow));
        if (result == Result.NO) {
            return Result.YES;
        }
        boolean waits = Result.waits(result);
        marks.effect |= waits ? WAITING : mode;
        touch(target);
        long further = spread(target, waits ? PARENT : mode, by);
        return waits ? Math.min(result, further) : further;
    }

    private void touch(EventInstance event) {
        if (touchedCount == touched.length) {
            touched = java.util.Arrays.copyOf(touched, 2 * touchedCount);
        }
        touched[touchedCount++] = event;
    }

    private boolean follows(InstanceArrow arrow, int mode) {
        EventMarks marks = events[arrow.to().index()];
        int mark = effect(marks);
        return exercise().alive(arrow)
                && !(marks.requiredIn == pass && marks.required == Result.NO)
                && (mark & (WAITING | FULL)) == 0
                && !(mode == PARENT && (mark & PARENT) != 0)
                && allows(arrow);
    }

    /** In the reference's dialect only an ereport met here, with no window at all, is hesitated for. */
    private long spreadDeadline(long by, InstanceArrow arrow) {
        Window window = arrow.window();
        boolean none = !uniform && by == 0 && (window == null || window.maxNanos() == 0);
        return none && arrow.to().kind() == EventKind.EREPORT ? hesitateNanos : deadline(by, arrow);
    }
}
