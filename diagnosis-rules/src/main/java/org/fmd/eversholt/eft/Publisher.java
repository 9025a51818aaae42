// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.Problems;
import org.fmd.eversholt.compile.PropertyEvaluator;
import org.fmd.eversholt.compile.Truth;
import org.fmd.eversholt.compile.Value;
import org.fmd.eversholt.syntax.Decision;
import org.jspecify.annotations.Nullable;

/** Turns the suspects of an exercise into what is published (eversholt reference §7.9). */
final class Publisher {
    private final Exercise exercise;
    private final PropertyEvaluator properties;
    private final boolean wide;

    Publisher(Exercise exercise, Problems problems) {
        this.exercise = exercise;
        this.properties = new PropertyEvaluator(exercise.world(), exercise.globals(), problems);
        this.wide = exercise.world().dialect().has(Decision.WIDE_CERTAINTY);
    }

    /** The cases to publish, each with its certainties: suspects that nobody is told of stand in one of their own, the last. */
    List<List<Diagnosis>> cases(List<EventInstance> suspects) {
        List<EventInstance> told = new ArrayList<>();
        List<EventInstance> silent = new ArrayList<>();
        for (EventInstance suspect : suspects) {
            (diagnosis(suspect).silent() ? silent : told).add(suspect);
        }
        List<List<Diagnosis>> cases = new ArrayList<>();
        for (List<EventInstance> one : List.of(told, silent)) {
            if (!one.isEmpty()) {
                cases.add(published(one));
            }
        }
        return cases;
    }

    private List<Diagnosis> published(List<EventInstance> suspects) {
        List<BigInteger> rates = suspects.stream().map(this::fitRate).toList();
        BigInteger sum = rates.stream().reduce(BigInteger.ZERO, BigInteger::add);
        List<Diagnosis> diagnoses = new ArrayList<>();
        for (int i = 0; i < suspects.size(); i++) {
            run(suspects.get(i).event().properties().action(), suspects.get(i));
            diagnoses.add(diagnosis(suspects.get(i)).withCertainty(certainty(rates.get(i), sum)));
        }
        diagnoses.sort(Comparator.comparing(Diagnosis::eventClass)
                .thenComparing(d -> d.at().path().toHc().toString()));
        return diagnoses;
    }

    private void run(Term.@Nullable Call action, EventInstance suspect) {
        if (action != null) {
            properties.evaluate(action, suspect);
        }
    }

    private BigInteger fitRate(EventInstance suspect) {
        Term rate = suspect.event().properties().fitRate();
        Value value = rate == null ? Value.Num.ONE : properties.evaluate(rate, suspect);
        long fit = value instanceof Value.Absent ? 1 : value.number();
        return new BigInteger(Long.toUnsignedString(fit == 0 ? 1 : fit));
    }

    /** The percentage, cut off after one decimal and then rounded half up; parts need not add up to 100. */
    private int certainty(BigInteger fit, BigInteger sum) {
        int perMille = wide ? fit.multiply(BigInteger.valueOf(1000)).divide(sum).intValue() : narrow(fit, sum);
        return Math.min(100, perMille / 10 + (perMille % 10 >= 5 ? 1 : 0));
    }

    private static int narrow(BigInteger fit, BigInteger sum) {
        int divisor = sum.intValue();
        return divisor == 0 ? 0 : Math.min(1000, Math.abs(Integer.divideUnsigned(1000 * fit.intValue(), divisor)));
    }

    private Diagnosis diagnosis(EventInstance suspect) {
        Event.Properties declared = suspect.event().properties();
        return new Diagnosis(
                suspect.event(),
                suspect.at(),
                0,
                unit(declared.asru(), suspect),
                unit(declared.fru(), suspect),
                flag(declared.message(), suspect),
                flag(declared.retire(), suspect),
                flag(declared.response(), suspect),
                exercise.effects(suspect).payload());
    }

    private static @Nullable Component unit(@Nullable List<String> names, EventInstance suspect) {
        return names == null ? null : suspect.at().cut(names);
    }

    private @Nullable Boolean flag(@Nullable Term term, EventInstance suspect) {
        Truth truth = term == null
                ? Truth.UNDEFINED
                : properties.evaluate(term, suspect).truth();
        return switch (truth) {
            case TRUE -> true;
            case FALSE -> false;
            case DEFERRED, UNDEFINED -> null;
        };
    }
}
