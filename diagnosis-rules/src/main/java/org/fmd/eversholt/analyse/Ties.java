// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.IteratorVar;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.check.PathPattern.Index;
import org.fmd.eversholt.check.PathPattern.Step;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Issues;

/**
 * Events of one statement that nothing ties together (eversholt reference §6.3): their paths begin differently, they share no
 * iterator, and no constraint speaks of both. Such a statement means every combination of places.
 */
final class Ties {
    private final Map<Object, Integer> owner = new HashMap<>();
    private final int[] parent;

    private Ties(List<EventUse> events) {
        parent = new int[events.size()];
        for (int i = 0; i < parent.length; i++) {
            parent[i] = i;
            PathPattern path = events.get(i).path();
            tie(path.steps().get(0), i);
            for (IteratorVar iterator : iterators(path)) {
                tie(iterator, i);
            }
        }
    }

    static void report(Propagation propagation, Issues issues) {
        List<EventUse> events = propagation.events();
        Ties ties = new Ties(events);
        for (EventUse use : events) {
            use.guards().forEach(ties::tie);
        }
        for (int i = 1; i < events.size(); i++) {
            if (ties.root(i) != ties.root(0) && !fixed(events.get(i)) && !fixed(events.get(0))) {
                EventUse first = events.get(0);
                EventUse other = events.get(i);
                issues.add(
                        IssueCode.PATHS_UNTIED,
                        other.span(),
                        "nothing ties '" + other.event().name().pathText() + "' to '"
                                + first.event().name().pathText()
                                + "', so this statement joins each of the one with each of the other; begin both paths"
                                + " alike, or add is_under or is_connected",
                        new Issue.Note("the other path stands here", first.span()));
                return;
            }
        }
    }

    /** Whether the path names one component, so that nothing multiplies. */
    private static boolean fixed(EventUse use) {
        return use.path().steps().stream().allMatch(step -> step.index() instanceof Index.Fixed);
    }

    /** A constraint ties the events whose iterators it names. */
    private void tie(Term guard) {
        List<Integer> named = new ArrayList<>();
        guard.walk(term -> {
            Set<IteratorVar> iterators = Set.of();
            if (term instanceof Term.Iterator iterator) {
                iterators = Set.of(iterator.iterator());
            } else if (term instanceof Term.PathTerm path) {
                iterators = iterators(path.path());
            } else if (term instanceof Term.Counter counter) {
                iterators = iterators(counter.path());
            }
            for (IteratorVar iterator : iterators) {
                Integer event = owner.get(iterator);
                if (event != null) {
                    named.add(event);
                }
            }
        });
        for (int i = 1; i < named.size(); i++) {
            parent[root(named.get(i))] = root(named.get(0));
        }
    }

    private void tie(Object shared, int event) {
        Integer first = owner.putIfAbsent(shared, event);
        if (first != null) {
            parent[root(event)] = root(first);
        }
    }

    private int root(int event) {
        int at = event;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    private static Set<IteratorVar> iterators(PathPattern path) {
        Set<IteratorVar> iterators = new HashSet<>();
        for (Step step : path.steps()) {
            if (step.index() instanceof Index.Variable variable) {
                iterators.add(variable.iterator());
            } else if (step.index() instanceof Index.Computed computed) {
                computed.value().walk(term -> {
                    if (term instanceof Term.Iterator iterator) {
                        iterators.add(iterator.iterator());
                    }
                });
            }
        }
        return iterators;
    }
}
