// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Window;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Issues;
import org.jspecify.annotations.Nullable;

/**
 * The longest wait of each problem (eversholt reference §7.5, uniform hesitation). Along a chain of obligations windows add
 * up; elsewhere each arrow counts by itself. What has no window on its way is waited for as long as the engine hesitates.
 * Arrows that can never be followed count too: that they are closed is known when their report has come.
 */
final class Waiting {
    private static final long[][] UNITS = {
        {86_400_000_000_000L, 'd'}, {3_600_000_000_000L, 'h'}, {60_000_000_000L, 'm'}, {1_000_000_000L, 's'}
    };

    /** A time and what is waited for; nothing is waited for where the event is null. */
    private record Span(long nanos, @Nullable EventUse awaited) {
        static final Span NONE = new Span(0, null);

        Span longer(Span other) {
            return other.awaited != null && (awaited == null || other.nanos > nanos) ? other : this;
        }

        Span plus(long more) {
            long sum = nanos + more;
            return awaited == null ? this : new Span(sum < 0 ? Long.MAX_VALUE : sum, awaited);
        }
    }

    /**
     * What an event owes: the longest sum of windows on a way with at least one, the longest on any way, and an ereport on a
     * way without any.
     */
    private record Debt(Span windowed, Span any, Span plain) {
        static final Debt NONE = new Debt(Span.NONE, Span.NONE, Span.NONE);

        Debt with(@Nullable Window window, Debt target) {
            if (window == null) {
                return new Debt(windowed.longer(target.windowed), any.longer(target.any), plain.longer(target.plain));
            }
            Span later = target.any.plus(window.maxNanos());
            return new Debt(windowed.longer(later), any.longer(later), plain);
        }

        /** How long it takes to know whether the debt is paid, when no window has been met on the way to the event. */
        Span unspecified(long hesitate) {
            return windowed.longer(plain.plus(hesitate));
        }
    }

    private final Program program;
    private final Ways ways;
    private final long hesitate;
    private final Map<Event, Debt> debts = new HashMap<>();
    private final Map<Event, Span> longest = new HashMap<>();

    Waiting(Program program, Ways ways, long hesitate) {
        this.program = program;
        this.ways = ways;
        this.hesitate = hesitate;
    }

    List<Analysis.Wait> waits() {
        program.events().values().forEach(this::settle);
        List<Event> events = new ArrayList<>(program.events().values());
        Map<Event, Span> own = new HashMap<>();
        events.forEach(event -> own.put(event, own(event)));
        // The longest first, so that each event is reached once, by what it waits for longest.
        events.sort(Comparator.comparing((Event event) -> own.getOrDefault(event, Span.NONE).nanos)
                .reversed());
        events.forEach(event -> spread(event, own.getOrDefault(event, Span.NONE)));
        Map<Event, Set<Event>> ends = ends();
        Set<Event> wide = leadingTo(way -> !way.from().path().equals(way.to().path()));
        List<Analysis.Wait> waits = new ArrayList<>();
        for (Event event : program.events().values()) {
            int reached = ends.getOrDefault(event, Set.of()).size();
            if (event.kind().isProblem() && reached > 0) {
                // What leads to one report alone has seen it when it is looked at.
                boolean sure = reached == 1 && !wide.contains(event);
                Span wait = sure ? Span.NONE : longest.getOrDefault(event, Span.NONE);
                waits.add(new Analysis.Wait(event, wait.nanos, wait.nanos == 0 ? null : wait.awaited));
            }
        }
        return waits;
    }

    /** Works out the debts of an event and all that follows from it, without recursion: chains may be long. */
    private void settle(Event start) {
        Deque<Event> path = new ArrayDeque<>(List.of(start));
        Set<Event> opened = new HashSet<>();
        while (!path.isEmpty()) {
            Event event = path.element();
            if (debts.containsKey(event)) {
                path.pop();
            } else if (opened.add(event)) {
                owed(event).stream()
                        .map(way -> way.to().event())
                        .filter(target -> !debts.containsKey(target) && !opened.contains(target))
                        .forEach(path::push);
            } else {
                debts.put(event, debt(event));
                path.pop();
            }
        }
    }

    private Debt debt(Event event) {
        Debt debt = Debt.NONE;
        for (Way way : owed(event)) {
            debt = debt.with(way.to().window(), of(way));
        }
        return debt;
    }

    /** The debt of an arrow's target; an ereport owes itself, though nobody hesitates for one that the engine delivers. */
    private Debt of(Way way) {
        Event target = way.to().event();
        if (target.kind() != EventKind.EREPORT) {
            return debts.getOrDefault(target, Debt.NONE);
        }
        Span itself = new Span(0, way.to());
        return new Debt(Span.NONE, itself, ways.trip(target) ? Span.NONE : itself);
    }

    private List<Way> owed(Event event) {
        List<Way> owed = new ArrayList<>();
        for (Way way : ways.outOf(event)) {
            if (!way.optional()) {
                owed.add(way);
            }
        }
        return owed;
    }

    /** The wait for what follows at once from an event. */
    private Span own(Event event) {
        Span longestOwn = debts.getOrDefault(event, Debt.NONE).unspecified(hesitate);
        for (Way way : ways.outOf(event)) {
            Debt alone = Debt.NONE.with(way.to().window(), of(way));
            longestOwn = longestOwn.longer(alone.unspecified(hesitate));
        }
        return longestOwn;
    }

    /** Gives a wait to everything that leads to an event and has none yet. */
    private void spread(Event start, Span wait) {
        Deque<Event> pending = new ArrayDeque<>();
        if (longest.putIfAbsent(start, wait) == null) {
            pending.add(start);
        }
        while (!pending.isEmpty()) {
            for (Way way : ways.into(pending.remove())) {
                if (longest.putIfAbsent(way.from().event(), wait) == null) {
                    pending.add(way.from().event());
                }
            }
        }
    }

    /** The ereports that each event leads to, two of them at most. */
    private Map<Event, Set<Event>> ends() {
        Map<Event, Set<Event>> ends = new HashMap<>();
        Deque<Event> pending = new ArrayDeque<>();
        for (Event event : program.events().values()) {
            if (event.kind() == EventKind.EREPORT) {
                ends.put(event, Set.of(event));
                pending.add(event);
            }
        }
        while (!pending.isEmpty()) {
            Event event = pending.remove();
            for (Way way : ways.into(event)) {
                Set<Event> known = ends.computeIfAbsent(way.from().event(), e -> new HashSet<>());
                int before = known.size();
                ends.getOrDefault(event, Set.of()).stream()
                        .filter(end -> known.size() < 2)
                        .forEach(known::add);
                if (known.size() > before) {
                    pending.add(way.from().event());
                }
            }
        }
        return ends;
    }

    private Set<Event> leadingTo(Predicate<Way> what) {
        Set<Event> found = new HashSet<>();
        Deque<Event> pending = new ArrayDeque<>();
        ways.all().stream()
                .filter(way -> what.test(way) && found.add(way.from().event()))
                .forEach(way -> pending.add(way.from().event()));
        while (!pending.isEmpty()) {
            for (Way way : ways.into(pending.remove())) {
                if (found.add(way.from().event())) {
                    pending.add(way.from().event());
                }
            }
        }
        return found;
    }

    static void report(List<Analysis.Wait> waits, Issues issues) {
        for (Analysis.Wait wait : waits) {
            EventUse awaited = wait.awaited();
            if (awaited == null) {
                issues.add(
                        IssueCode.WAIT,
                        wait.problem().declared(),
                        "'" + wait.problem() + "' waits for nothing once a report of it has come");
            } else {
                issues.add(
                        IssueCode.WAIT,
                        wait.problem().declared(),
                        "'" + wait.problem() + "' may wait " + text(wait.nanos()) + " after the first report"
                                + "; within() on what it leads to sets the time",
                        new Issue.Note("so long for '" + awaited.event() + "'", awaited.span()));
            }
        }
    }

    /** {@code 5 s}, {@code 24 h}: the largest unit that divides it. */
    static String text(long nanos) {
        if (nanos >= Window.INFINITY_NANOS) {
            return "for ever";
        }
        for (long[] unit : UNITS) {
            if (nanos % unit[0] == 0 && nanos / unit[0] > 1) {
                return nanos / unit[0] + " " + (unit[1] == 'm' ? "min" : String.valueOf((char) unit[1]));
            }
        }
        return nanos % 1_000_000_000 == 0 ? nanos / 1_000_000_000 + " s" : nanos / 1e6 + " ms";
    }
}
