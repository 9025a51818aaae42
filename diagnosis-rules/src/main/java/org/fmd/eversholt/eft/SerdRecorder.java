// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.OptionalLong;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.Effects;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.Numbers;
import org.fmd.eversholt.compile.Value;
import org.jspecify.annotations.Nullable;

/** Puts a suspect's conclusion on record with its SERD engine: which engine, which N and T, how often. */
final class SerdRecorder {
    private final SerdEngines engines;
    private final Settings settings;
    private @Nullable SerdWatch watch;

    SerdRecorder(SerdEngines engines, Settings settings) {
        this.engines = engines;
        this.settings = settings;
    }

    /** Tells somebody of every record from now on. */
    void watch(SerdWatch newWatch) {
        watch = newWatch;
    }

    /**
     * Records the trigger for a suspect that has an engine; returns the engine. Null if the engine's path is no part of the suspect's, so that
     * there is no engine to record it with.
     */
    SerdEngines.@Nullable Engine record(Exercise exercise, EventInstance suspect, SerdEngine engine, Report trigger) {
        Component at = suspect.engineAt(exercise.center());
        if (at == null) {
            return null;
        }
        Component owner = exercise.at(suspect);
        Effects effects = exercise.effects(suspect);
        String eventClass = engine.name().eventClass();
        String id = id(exercise, engine);
        Component keeper = engines.keeper(at, exercise.world().tree());
        SerdEngines.Engine recorded = engines.find(at.path(), keeper, eventClass, effects.suffix(), id);
        if (recorded == null) {
            EventKey problem = new EventKey(suspect.eventClass(), owner.path());
            recorded = engines.make(
                    at.path(),
                    keeper,
                    eventClass,
                    effects.suffix(),
                    id,
                    limits(engine, at, effects),
                    trigger.nanos(),
                    problem);
        }
        Value increment = effects.increment();
        long times = increment == null ? 1 : increment.number();
        engines.record(recorded, times, trigger.nanos(), trigger.ref(), suspect.eventClass(), owner.path());
        if (watch != null) {
            watch.recorded(new SerdWatch.Tally(
                    engine,
                    recorded.key(),
                    at.path(),
                    suspect.eventClass(),
                    owner.path(),
                    trigger.nanos(),
                    times,
                    recorded.fired()));
        }
        return recorded;
    }

    private static String id(Exercise exercise, SerdEngine engine) {
        Value value = engine.idGlobal() == null ? null : exercise.globals().get(engine.idGlobal());
        if (value == null) {
            return "";
        }
        return value instanceof Value.Num number ? Long.toUnsignedString(number.bits()) : value.text();
    }

    /** The first that says something: the administrator, the component's properties, the rule at run time, the declaration. */
    private SerdEngines.Limits limits(SerdEngine engine, Component at, Effects effects) {
        Settings.Limits override = settings.override(engine.name().eventClass() + effects.suffix());
        if (override != null) {
            return new SerdEngines.Limits(override.n(), override.nanos());
        }
        String property = engine.name().eventClass().replace('.', '_');
        return new SerdEngines.Limits(
                clamp(n(engine, at.property(property + "_n"), effects)),
                nanos(engine, at.property(property + "_t"), effects));
    }

    private static long n(SerdEngine engine, @Nullable String property, Effects effects) {
        if (property != null) {
            return Numbers.prefix(property);
        }
        return effects.n() == null ? engine.n() : effects.n().number();
    }

    private static long nanos(SerdEngine engine, @Nullable String property, Effects effects) {
        OptionalLong own = property == null ? OptionalLong.empty() : Numbers.time(property);
        if (own.isPresent()) {
            return own.getAsLong();
        }
        Value set = effects.time();
        if (set == null) {
            return engine.nanos();
        }
        return set instanceof Value.Num number
                ? number.bits() < 0 ? Long.MAX_VALUE : number.bits()
                : Numbers.time(set.text()).orElse(engine.nanos());
    }

    private static int clamp(long n) {
        return n < 0 || n > Integer.MAX_VALUE - 1 ? Integer.MAX_VALUE - 1 : (int) n;
    }
}
