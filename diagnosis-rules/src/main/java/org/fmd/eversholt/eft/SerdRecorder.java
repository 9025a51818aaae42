// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.Effects;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.Numbers;
import org.fmd.eversholt.compile.Value;
import org.fmd.model.nv.NvName;
import org.jspecify.annotations.Nullable;

/**
 * Puts a suspect's conclusion on record with its SERD engine: which engine, which N and T, how often.
 *
 * <p>An engine that rules have set at run time keeps its N and T when it fires or is reset, until rules set them anew
 * (eversholt reference §3.3). This is remembered of the last {@value #REMEMBERED} engines that were set; those before are as
 * declared again once they are empty.
 */
final class SerdRecorder {
    private static final int REMEMBERED = 16_384;

    private final SerdEngines engines;
    private final Map<SerdEngines.Key, SerdEngines.Limits> setAtRunTime = new LinkedHashMap<>();
    private final IdentityHashMap<SerdEngine, Properties> properties = new IdentityHashMap<>();
    private final Settings settings;
    private @Nullable SerdWatch watch;

    /** The component properties that say N and T. */
    private record Properties(NvName n, NvName t) {
        static Properties of(SerdEngine engine) {
            String name = engine.name().eventClass().replace('.', '_');
            return new Properties(new NvName(name + "_n"), new NvName(name + "_t"));
        }
    }

    SerdRecorder(SerdEngines engines, Settings settings) {
        this.engines = engines;
        this.settings = settings;
    }

    /** The N and T that rules have set and that are in force while an engine holds nothing, the latest last. */
    Map<SerdEngines.Key, SerdEngines.Limits> setAtRunTime() {
        return setAtRunTime;
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
            SerdEngines.Key key = engines.key(at.path(), eventClass, effects.suffix(), id);
            recorded = engines.make(key, keeper, limits(key, engine, at, effects), trigger.nanos(), problem);
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

    /** The limits of an engine that holds nothing: what it was last told, unless it is told something now. */
    private SerdEngines.Limits limits(SerdEngines.Key key, SerdEngine engine, Component at, Effects effects) {
        if (effects.n() == null && effects.time() == null) {
            SerdEngines.Limits before = setAtRunTime.isEmpty() ? null : setAtRunTime.get(key);
            return before == null ? limits(engine, at, effects) : before;
        }
        SerdEngines.Limits limits = limits(engine, at, effects);
        setAtRunTime.remove(key);
        setAtRunTime.put(key, limits);
        if (setAtRunTime.size() > REMEMBERED) {
            setAtRunTime.remove(setAtRunTime.keySet().iterator().next());
        }
        return limits;
    }

    /** The first that says something: the administrator, the component's properties, the rule at run time, the declaration. */
    private SerdEngines.Limits limits(SerdEngine engine, Component at, Effects effects) {
        Settings.Limits override = settings.overrides().isEmpty()
                ? null
                : settings.override(engine.name().eventClass() + effects.suffix());
        if (override != null) {
            return new SerdEngines.Limits(override.n(), override.nanos());
        }
        Properties names = properties.get(engine);
        if (names == null) {
            names = Properties.of(engine);
            properties.put(engine, names);
        }
        return new SerdEngines.Limits(
                clamp(n(engine, at.property(names.n), effects)), nanos(engine, at.property(names.t), effects));
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
