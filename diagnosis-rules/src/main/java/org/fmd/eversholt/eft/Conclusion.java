// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.fmd.api.CaseKey;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.Effects;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.InstanceArrow;
import org.fmd.eversholt.compile.OutGroup;
import org.fmd.eversholt.compile.Problems;
import org.fmd.eversholt.compile.Truth;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/** The end of an exercise that found suspects (eversholt reference §7.7 to §7.9). */
final class Conclusion {
    private final Exercise exercise;
    private final List<EventInstance> suspects;
    private final Report trigger;
    private final SerdRecorder recorder;
    private final Problems problems;
    private final Consumer<Outcome> out;
    private final @Nullable Trace trace;
    private final List<Ended.Counted> counted = new ArrayList<>();
    private List<List<Diagnosis>> published = List.of();

    /**
     * @param suspects the problems that stand
     * @param trigger the ereport that brought the end, or the first one if a timer did
     */
    Conclusion(
            Exercise exercise,
            List<EventInstance> suspects,
            Report trigger,
            SerdRecorder recorder,
            Problems problems,
            Consumer<Outcome> out,
            @Nullable Trace trace) {
        this.exercise = exercise;
        this.suspects = suspects;
        this.trigger = trigger;
        this.recorder = recorder;
        this.problems = problems;
        this.out = out;
        this.trace = trace;
    }

    /** Runs the {@code set...} functions of the suspects, unless the dialect has run them on the way. */
    void act() {
        if (exercise.world().dialect().has(Decision.SIDE_EFFECTS_ON_ACCEPTANCE)) {
            suspects.forEach(this::act);
        }
    }

    /** Takes what the constraints of arrows to events that were seen say, in source order, where they hold. */
    private void act(EventInstance suspect) {
        List<InstanceArrow> arrows = new ArrayList<>();
        for (OutGroup group : suspect.out()) {
            arrows.addAll(group.arrows());
        }
        arrows.sort(Comparator.comparingInt(InstanceArrow::index));
        for (InstanceArrow arrow : arrows) {
            if (!arrow.guard().open() && exercise.alive(arrow) && exercise.verdict(arrow) == Truth.TRUE) {
                Effects effects = new Effects();
                Truth truth = arrow.guard()
                        .judge(exercise.world(), exercise.globals(), exercise.payload(arrow.to()), effects, problems);
                if (truth == Truth.TRUE) {
                    exercise.effects(suspect).take(effects);
                }
            }
        }
    }

    /** Records the suspected upsets with their engines; returns the trip ereports of those that fired. */
    List<EventKey> fireUpsets() {
        List<EventKey> trips = new ArrayList<>();
        for (EventInstance suspect : suspects) {
            SerdEngine engine = suspect.event().properties().engine();
            if (suspect.kind() != EventKind.UPSET) {
                continue;
            }
            if (engine == null) {
                counted.add(new Ended.Counted(suspect.key(), null, null));
            } else if (fires(suspect, engine) && engine.trip() != null) {
                Component at = suspect.at().cut(engine.trip().path());
                if (at != null) {
                    trips.add(new EventKey(engine.trip().eventClass(), at.path()));
                }
            }
        }
        return trips;
    }

    /** The suspects that are to be published: faults and defects, less those whose engines count on. */
    List<EventInstance> serious() {
        List<EventInstance> serious = new ArrayList<>();
        for (EventInstance suspect : suspects) {
            SerdEngine engine = suspect.event().properties().engine();
            if (suspect.kind() != EventKind.UPSET && (engine == null || fires(suspect, engine))) {
                serious.add(suspect);
            }
        }
        return serious;
    }

    private boolean fires(EventInstance suspect, SerdEngine engine) {
        SerdRecorder.Tally tally = recorder.record(exercise, suspect, engine, trigger);
        counted.add(new Ended.Counted(suspect.key(), engine, tally));
        if (tally == null) {
            return false;
        }
        if (trace != null) {
            trace.counted(engine, suspect, tally);
        }
        SerdEngines.Recorded recorded = tally.recorded();
        int n = recorded.limits().n();
        if (!recorded.fired()) {
            return false;
        }
        out.accept(new Outcome.Fired(tally.engine(), n, recorded.limits().nanos()));
        for (LogRef ereport : recorded.ereports()) {
            if (exercise.attach(ereport)) {
                out.accept(new Outcome.Attached(exercise.key(), ereport));
            }
        }
        return true;
    }

    /** Why nothing is published, suspect by suspect. */
    String whyNothing() {
        return counted.isEmpty()
                ? "explained without a problem"
                : counted.stream().map(Ended.Counted::toString).collect(Collectors.joining("; "));
    }

    /** The upsets, and what was put on record with the engines. */
    List<Ended.Counted> counted() {
        return counted;
    }

    /** What was published, case by case. */
    List<List<Diagnosis>> published() {
        return published;
    }

    /** Publishes the suspects; those that nobody is told of get a case of their own if there are others. */
    void publish(List<EventInstance> serious) {
        List<List<Diagnosis>> cases = new Publisher(exercise, problems).cases(serious);
        published = cases;
        for (int i = 0; i < cases.size(); i++) {
            CaseKey key = exercise.key();
            if (i > 0) {
                key = exercise.opener().newCase();
                out.accept(new Outcome.Opened(key));
                for (LogRef ereport : exercise.attached()) {
                    if (!ereport.equals(key.principal())) {
                        out.accept(new Outcome.Attached(key, ereport));
                    }
                }
            }
            out.accept(new Outcome.Solved(key, cases.get(i)));
        }
    }
}
