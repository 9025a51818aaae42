// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Limits;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.Span;

/** The checks that need the whole program: what is unused, out of reach, circular or written twice. */
final class ProgramChecks {
    /** What {@code #pragma allow_cycles} asked for. */
    enum Cycles {
        REFUSED,
        WARNED_OF,
        SILENT
    }

    private final Context context;
    private final Declarations declarations;
    private final List<Propagation> propagations;
    private final Map<Event, Set<Event>> effects = new LinkedHashMap<>();

    /** The arrows between errors that must not close a circle: those with an N other than 0. */
    private final Map<Event, Set<Event>> binding = new LinkedHashMap<>();

    private final Map<Event, Span> firstUse = new HashMap<>();
    private long arrows;
    private boolean tooMany;

    ProgramChecks(Context context, Declarations declarations, List<Propagation> propagations) {
        this.context = context;
        this.declarations = declarations;
        this.propagations = propagations;
        propagations.forEach(this::note);
    }

    private void note(Propagation propagation) {
        for (int i = 0; i < propagation.arrows().size(); i++) {
            boolean optional = propagation.arrows().get(i).n() instanceof Count.Exactly n && n.value() == 0;
            propagation.columns().get(i).forEach(source -> firstUse.putIfAbsent(source.event(), source.span()));
            arrows += (long) propagation.columns().get(i).size()
                    * propagation.columns().get(i + 1).size();
            if (arrows > Limits.ARROWS) {
                reportTooMany(propagation.span());
                return;
            }
            Set<Event> sources = events(propagation.columns().get(i));
            Set<Event> targets = events(propagation.columns().get(i + 1));
            for (Event source : sources) {
                effects.computeIfAbsent(source, e -> new LinkedHashSet<>()).addAll(targets);
                if (!optional) {
                    binding.computeIfAbsent(source, e -> new LinkedHashSet<>()).addAll(targets);
                }
            }
        }
    }

    private static Set<Event> events(List<EventUse> column) {
        Set<Event> events = new LinkedHashSet<>();
        column.forEach(use -> events.add(use.event()));
        return events;
    }

    private void reportTooMany(Span where) {
        if (!tooMany) {
            context.add(IssueCode.LIMIT, where, "this program has more than " + Limits.ARROWS + " arrows");
        }
        tooMany = true;
    }

    void unused() {
        for (Declared event : declarations.events.values()) {
            EventKind kind =
                    EventKind.of(event.first().event().name().kindWord()).orElseThrow();
            unused(event, kind.word(), kind == EventKind.DEFECT);
        }
        declarations.serdEngines.values().forEach(engine -> unused(engine, "engine", false));
        declarations.statEngines.values().forEach(engine -> unused(engine, "engine", true));
        unusedUnits(declarations.frus, "fru");
        unusedUnits(declarations.asrus, "asru");
    }

    /** @param beyond whether the reference does not look for this one */
    private void unused(Declared declared, String what, boolean beyond) {
        if (!declared.used() && (!beyond || context.has(Decision.CHECK_MORE))) {
            context.add(
                    IssueCode.UNUSED,
                    declared.first().span(),
                    what + " '" + declared.name() + "' is declared and never used");
        }
    }

    private void unusedUnits(Map<List<String>, Declarations.Unit> units, String what) {
        units.forEach((path, unit) -> {
            if (!unit.used) {
                context.more(
                        IssueCode.UNUSED,
                        unit.span,
                        what + " '" + String.join("/", path) + "' is declared and never used");
            }
        });
    }

    /** Every error on a circle: one issue for each circle, or for each error in the reference's dialect. */
    void cycles(Cycles policy) {
        Set<Event> reported = new HashSet<>();
        int looked = 0;
        for (Event event : onSomeCircle()) {
            if (++looked > 10 * Limits.ERRORS) {
                return;
            }
            List<Event> circle = circle(event, effects);
            if (circle.isEmpty() || (context.has(Decision.PLACE_EVERY_ISSUE) && reported.contains(event))) {
                continue;
            }
            List<Event> tight = circle(event, binding);
            boolean mustNot = !tight.isEmpty() && context.has(Decision.REFUSE_TIGHT_CYCLE);
            reported.addAll(mustNot ? tight : circle);
            if (mustNot) {
                reportCycle(Severity.ERROR, event, tight, "; some arrow of it needs N=0");
            } else if (policy != Cycles.SILENT) {
                Severity severity = policy == Cycles.REFUSED ? Severity.ERROR : Severity.WARNING;
                reportCycle(severity, event, circle, "; '#pragma allow_cycles' permits it");
            }
        }
    }

    /** Events left when those without causes or without effects are taken away again and again: circles and what is between. */
    private List<Event> onSomeCircle() {
        Map<Event, Integer> causesLeft = new LinkedHashMap<>();
        effects.forEach((source, targets) -> {
            causesLeft.putIfAbsent(source, 0);
            targets.forEach(target -> causesLeft.merge(target, 1, Integer::sum));
        });
        Deque<Event> free = new ArrayDeque<>();
        causesLeft.forEach((event, left) -> {
            if (left == 0) {
                free.add(event);
            }
        });
        Set<Event> gone = new HashSet<>(free);
        while (!free.isEmpty()) {
            for (Event next : effects.getOrDefault(free.remove(), Set.of())) {
                if (causesLeft.merge(next, -1, Integer::sum) == 0 && gone.add(next)) {
                    free.add(next);
                }
            }
        }
        return effects.keySet().stream().filter(event -> !gone.contains(event)).toList();
    }

    private void reportCycle(Severity severity, Event event, List<Event> circle, String hint) {
        String names = circle.stream().map(Event::toString).collect(Collectors.joining(" -> ")) + " -> " + event;
        boolean placed = context.has(Decision.PLACE_EVERY_ISSUE);
        Span where = firstUse.get(event);
        List<Issue.Note> notes =
                placed || where == null ? List.of() : List.of(new Issue.Note("the circle begins here", where));
        context.issues()
                .add(
                        IssueCode.CYCLE,
                        severity,
                        placed ? where : null,
                        "events cause each other in a circle: " + names + (severity == Severity.ERROR ? hint : ""),
                        notes);
    }

    /** The shortest way from an event back to itself, beginning with it; empty when there is none. */
    private static List<Event> circle(Event start, Map<Event, Set<Event>> arrows) {
        Map<Event, Event> cameFrom = new HashMap<>();
        Deque<Event> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            Event at = open.remove();
            for (Event next : arrows.getOrDefault(at, Set.of())) {
                if (next.equals(start)) {
                    List<Event> way = new ArrayList<>();
                    for (Event step = at; step != null && !step.equals(start); step = cameFrom.get(step)) {
                        way.add(0, step);
                    }
                    way.add(0, start);
                    return way;
                }
                if (cameFrom.putIfAbsent(next, at) == null) {
                    open.add(next);
                }
            }
        }
        return List.of();
    }

    /** Problems that reach no ereport, and ereports that no problem reaches. */
    void reach(Collection<Event> events, Set<EventName> trips) {
        if (!context.has(Decision.CHECK_MORE)) {
            return;
        }
        Map<Event, Set<Event>> causes = new LinkedHashMap<>();
        effects.forEach((source, targets) -> targets.forEach(target ->
                causes.computeIfAbsent(target, e -> new LinkedHashSet<>()).add(source)));
        Set<Event> explained = reached(effects, effects.keySet(), EventKind::isProblem);
        Set<Event> observable = reached(causes, causes.keySet(), kind -> kind == EventKind.EREPORT);
        for (Event event : events) {
            boolean used = effects.containsKey(event) || causes.containsKey(event);
            if (event.kind().isProblem() && used && !observable.contains(event)) {
                context.add(
                        IssueCode.PROBLEM_MUTE,
                        event.declared(),
                        "'" + event + "' reaches no ereport, so it can never be diagnosed");
            }
            boolean silent = event.kind() == EventKind.EREPORT && used && !explained.contains(event);
            if (silent && !trips.contains(event.name())) {
                context.add(
                        IssueCode.EREPORT_UNREACHABLE,
                        event.declared(),
                        "no fault, defect or upset reaches '" + event + "', so it is never explained");
            }
        }
    }

    /** All events that can be reached from those of a kind. */
    private static Set<Event> reached(Map<Event, Set<Event>> arrows, Set<Event> from, Predicate<EventKind> kind) {
        Set<Event> reached = new HashSet<>();
        Deque<Event> open = new ArrayDeque<>();
        from.stream().filter(event -> kind.test(event.kind())).forEach(open::add);
        while (!open.isEmpty()) {
            for (Event next : arrows.getOrDefault(open.remove(), Set.of())) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }

    void repeated() {
        if (!context.has(Decision.CHECK_MORE)) {
            return;
        }
        // The whole text is made only where the same events stand in the same order.
        Map<List<Event>, Map<String, Propagation>> seen = new HashMap<>();
        Map<List<Event>, Propagation> single = new HashMap<>();
        for (Propagation propagation : propagations) {
            List<Event> events = new ArrayList<>();
            propagation.events().forEach(use -> events.add(use.event()));
            Propagation alike = single.putIfAbsent(events, propagation);
            if (alike == null) {
                continue;
            }
            Map<String, Propagation> texts = seen.computeIfAbsent(events, e -> new HashMap<>());
            texts.putIfAbsent(text(alike), alike);
            Propagation first = texts.putIfAbsent(text(propagation), propagation);
            if (first != null) {
                context.add(
                        IssueCode.PROPAGATION_REPEATED,
                        propagation.span(),
                        "this propagation is written twice",
                        new Issue.Note("the same stands here", first.span()));
            }
        }
    }

    private static String text(Propagation propagation) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < propagation.columns().size(); i++) {
            for (EventUse use : propagation.columns().get(i)) {
                Window window = use.window();
                text.append(use).append(use.guards());
                text.append(window == null ? "" : window.minNanos() + ".." + window.maxNanos())
                        .append(',');
            }
            text.append(i < propagation.arrows().size() ? propagation.arrows().get(i) : "");
        }
        return text.toString();
    }
}
