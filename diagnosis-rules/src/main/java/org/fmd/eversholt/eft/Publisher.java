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
import org.fmd.eversholt.syntax.Dialect;
import org.jspecify.annotations.Nullable;

/** Turns the suspects of an exercise into what is published (eversholt reference §7.9). */
final class Publisher {
    private final PropertyEvaluator properties;
    private final boolean wide;

    Publisher(Dialect dialect, Problems problems) {
        this.properties = new PropertyEvaluator(problems);
        this.wide = dialect.has(Decision.WIDE_CERTAINTY);
    }

    /** The cases to publish, each with its certainties: suspects that nobody is told of stand in one of their own, the last. */
    List<List<Diagnosis>> cases(Exercise exercise, List<EventInstance> suspects) {
        if (wide && suspects.size() == 1 && !computes(suspects.get(0).event().properties())) {
            return List.of(List.of(diagnosis(exercise, suspects.get(0)).withCertainty(100)));
        }
        List<EventInstance> told = new ArrayList<>();
        List<EventInstance> silent = new ArrayList<>();
        for (EventInstance suspect : suspects) {
            (diagnosis(exercise, suspect).silent() ? silent : told).add(suspect);
        }
        List<List<Diagnosis>> cases = new ArrayList<>();
        for (List<EventInstance> one : List.of(told, silent)) {
            if (!one.isEmpty()) {
                cases.add(published(exercise, one));
            }
        }
        return cases;
    }

    /** Whether there is anything to evaluate, which may go wrong. */
    private static boolean computes(Event.Properties declared) {
        return declared.action() != null
                || declared.fitRate() instanceof Term.Call
                || declared.message() instanceof Term.Call
                || declared.retire() instanceof Term.Call
                || declared.response() instanceof Term.Call;
    }

    private List<Diagnosis> published(Exercise exercise, List<EventInstance> suspects) {
        List<BigInteger> rates =
                suspects.stream().map(suspect -> fitRate(exercise, suspect)).toList();
        BigInteger sum = rates.stream().reduce(BigInteger.ZERO, BigInteger::add);
        List<Diagnosis> diagnoses = new ArrayList<>();
        for (int i = 0; i < suspects.size(); i++) {
            EventInstance suspect = suspects.get(i);
            Term action = suspect.event().properties().action();
            if (action != null) {
                evaluate(action, exercise, suspect);
            }
            diagnoses.add(diagnosis(exercise, suspect).withCertainty(certainty(rates.get(i), sum)));
        }
        diagnoses.sort(Comparator.comparing(Diagnosis::eventClass)
                .thenComparing(d -> d.at().path().toHc().toString()));
        return diagnoses;
    }

    private Value evaluate(Term term, Exercise exercise, EventInstance suspect) {
        return properties.evaluate(term, suspect.event(), exercise.at(suspect), exercise.world(), exercise.globals());
    }

    private BigInteger fitRate(Exercise exercise, EventInstance suspect) {
        Term rate = suspect.event().properties().fitRate();
        Value value = rate == null ? Value.Num.ONE : evaluate(rate, exercise, suspect);
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

    private Diagnosis diagnosis(Exercise exercise, EventInstance suspect) {
        Event.Properties declared = suspect.event().properties();
        return new Diagnosis(
                suspect.event(),
                exercise.at(suspect),
                0,
                unit(declared.asru(), exercise.at(suspect)),
                unit(declared.fru(), exercise.at(suspect)),
                flag(declared.message(), exercise, suspect),
                flag(declared.retire(), exercise, suspect),
                flag(declared.response(), exercise, suspect),
                exercise.effects(suspect).payload());
    }

    private static @Nullable Component unit(@Nullable List<String> names, Component at) {
        return names == null ? null : at.cut(names);
    }

    private @Nullable Boolean flag(@Nullable Term term, Exercise exercise, EventInstance suspect) {
        Truth truth = term == null
                ? Truth.UNDEFINED
                : evaluate(term, exercise, suspect).truth();
        return switch (truth) {
            case TRUE -> true;
            case FALSE -> false;
            case DEFERRED, UNDEFINED -> null;
        };
    }
}
