// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fmd.api.CaseKey;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.Effects;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.InstanceArrow;
import org.fmd.eversholt.compile.Judge;
import org.fmd.eversholt.compile.Truth;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/** The end of an exercise that found suspects (eversholt reference §7.7 to §7.9). */
final class Conclusion {
    private final Exercise exercise;
    private final Report trigger;
    private final SerdRecorder recorder;
    private final Judge judge;
    private final Publisher publisher;
    private final Consumer<Outcome> out;
    private final List<Outcome.Held> held = new ArrayList<>(2);
    private final @Nullable Trace trace;
    private List<List<Diagnosis>> published = List.of();

    /**
     * @param trigger the ereport that brought the end, or the first one if a timer did
     */
    Conclusion(
            Exercise exercise,
            Report trigger,
            SerdRecorder recorder,
            Judge judge,
            Publisher publisher,
            Consumer<Outcome> out,
            @Nullable Trace trace) {
        this.exercise = exercise;
        this.trigger = trigger;
        this.recorder = recorder;
        this.judge = judge;
        this.publisher = publisher;
        this.out = out;
        this.trace = trace;
    }

    /** Runs the {@code set...} functions of the suspects, unless the dialect has run them on the way. */
    void act() {
        if (exercise.world().dialect().has(Decision.SIDE_EFFECTS_ON_ACCEPTANCE)) {
            exercise.suspects().forEach(this::act);
        }
    }

    /** Takes what the constraints of arrows to events that were seen say, in source order, where they hold. */
    private void act(EventInstance suspect) {
        for (InstanceArrow arrow : suspect.actingArrows()) {
            if (exercise.alive(arrow)
                    && exercise.seen(arrow.to())
                    && !exercise.early(arrow)
                    && exercise.verdict(arrow) != Truth.FALSE) {
                Effects effects = new Effects();
                Truth truth = judge.judge(
                        arrow.guard(),
                        exercise.world(),
                        exercise.center(),
                        exercise.globals(),
                        exercise.payload(arrow.to()),
                        effects);
                // What has let the suspect pass did so for good, whatever has become of the variables.
                if (truth == Truth.TRUE || exercise.verdict(arrow) == Truth.TRUE) {
                    exercise.effectsToSet(suspect).take(effects);
                }
            }
        }
    }

    /** Records the suspected upsets with their engines; returns the trip ereports of those that fired. */
    List<EventKey> fireUpsets() {
        List<EventKey> trips = List.of();
        List<EventInstance> suspects = exercise.suspects();
        for (int i = 0; i < suspects.size(); i++) {
            EventInstance suspect = suspects.get(i);
            SerdEngine engine = suspect.event().properties().engine();
            if (suspect.kind() != EventKind.UPSET) {
                continue;
            }
            if (engine == null) {
                hold(suspect, null, false, -1, 0, 0);
            } else if (fires(suspect, engine) && engine.trip() != null) {
                trips = trips.isEmpty() ? new ArrayList<>() : trips;
                Component at = exercise.at(suspect).cut(engine.trip().path());
                if (at != null) {
                    trips.add(new EventKey(engine.trip().eventClass(), at.path()));
                }
            }
        }
        return trips;
    }

    /** The suspects that are to be published: faults and defects, less those whose engines count on. */
    List<EventInstance> serious() {
        List<EventInstance> serious = List.of();
        List<EventInstance> suspects = exercise.suspects();
        for (int i = 0; i < suspects.size(); i++) {
            EventInstance suspect = suspects.get(i);
            SerdEngine engine = suspect.event().properties().engine();
            if (suspect.kind() != EventKind.UPSET && (engine == null || fires(suspect, engine))) {
                serious = serious.isEmpty() ? new ArrayList<>() : serious;
                serious.add(suspect);
            }
        }
        return serious;
    }

    private boolean fires(EventInstance suspect, SerdEngine engine) {
        SerdEngines.Engine recorded = recorder.record(exercise, suspect, engine, trigger);
        if (recorded == null) {
            hold(suspect, engine, false, -1, 0, 0);
            return false;
        }
        int n = recorded.limits().n();
        hold(
                suspect,
                recorded.key(),
                recorded.fired(),
                recorded.count(),
                n + 1L,
                recorded.limits().nanos());
        if (trace != null) {
            trace.counted(engine, recorded.fired());
        }
        if (!recorded.fired()) {
            return false;
        }
        out.accept(new Outcome.Fired(recorded.key(), n, recorded.limits().nanos()));
        for (LogRef ereport : recorded.held()) {
            if (exercise.attach(ereport)) {
                out.accept(new Outcome.Attached(exercise.key(), ereport));
            }
        }
        return true;
    }

    private void hold(
            EventInstance suspect, @Nullable Object engine, boolean fired, long count, long needed, long nanos) {
        held.add(new Outcome.Held(suspect.eventClass(), exercise.at(suspect), engine, fired, count, needed, nanos));
    }

    /** What became of the suspects that are not published; the conclusion is over and adds no more. */
    List<Outcome.Held> held() {
        return held;
    }

    /** What was published, case by case. */
    List<List<Diagnosis>> published() {
        return published;
    }

    /** Publishes the suspects; those that nobody is told of get a case of their own if there are others. */
    void publish(List<EventInstance> serious) {
        List<List<Diagnosis>> cases = publisher.cases(exercise, serious);
        published = cases;
        for (int i = 0; i < cases.size(); i++) {
            CaseKey key = exercise.key();
            if (i > 0) {
                key = exercise.opener().newCase();
                out.accept(new Outcome.Opened(key));
                for (LogRef ereport : exercise.attached()) {
                    out.accept(new Outcome.Attached(key, ereport));
                }
            }
            out.accept(new Outcome.Solved(key, cases.get(i)));
        }
    }
}
