// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The timers of the exercises that wait. Each has one, which is set anew when something earlier is waited for. */
final class Waiting {
    private final Map<Long, Exercise> byNumber = new HashMap<>();
    private final Consumer<Outcome> out;
    private long numbers;

    Waiting(Consumer<Outcome> out) {
        this.out = out;
    }

    /** How many timers there have been: the number of the next one. */
    long numbers() {
        return numbers;
    }

    /** Goes on with the numbers of another engine. */
    void numbers(long next) {
        numbers = next;
    }

    /** The exercises that have a timer; in no order. */
    Collection<Exercise> all() {
        return byNumber.values();
    }

    /** Wants the exercise looked at again; a timer that is due earlier stays. */
    void wake(Exercise exercise, long wake) {
        Exercise.Timer timer = exercise.timer();
        if (timer != null && timer.wake() <= wake) {
            return;
        }
        cancel(exercise);
        Exercise.Timer next = new Exercise.Timer(numbers++, wake);
        exercise.timer(next);
        byNumber.put(next.number(), exercise);
        long due = exercise.opener().nanos() + wake;
        out.accept(new Outcome.TimerSet(next.number(), due < 0 && wake > 0 ? Long.MAX_VALUE : due));
    }

    void cancel(Exercise exercise) {
        Exercise.Timer timer = exercise.timer();
        if (timer != null) {
            byNumber.remove(timer.number());
            exercise.timer(null);
            out.accept(new Outcome.TimerCancelled(timer.number()));
        }
    }

    /** Takes back an exercise that waited in another engine, with the timer that it had there. */
    void recall(Exercise exercise) {
        Exercise.Timer timer = exercise.timer();
        if (timer != null) {
            byNumber.put(timer.number(), exercise);
        }
    }

    /** The exercise whose timer is due, its clock moved; null for a timer that was cancelled meanwhile. */
    @Nullable
    Exercise due(long number) {
        Exercise exercise = byNumber.remove(number);
        if (exercise == null || exercise.timer() == null) {
            return null;
        }
        exercise.waited(exercise.timer().wake());
        exercise.timer(null);
        return exercise;
    }
}
