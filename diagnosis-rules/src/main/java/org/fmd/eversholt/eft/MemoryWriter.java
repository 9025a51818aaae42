// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.api.CaseKey;
import org.fmd.api.EngineMemory;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.Effects;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.InstanceArrow;
import org.fmd.eversholt.compile.InstanceGraph;
import org.fmd.eversholt.compile.Truth;
import org.fmd.eversholt.compile.Value;
import org.fmd.model.event.LogRef;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what an engine must know to go on elsewhere. Ereports are named by their place in the log, graphs by what they
 * were built around; all else stands there as it is, so nothing has to be concluded again.
 */
final class MemoryWriter {
    /** So many cases of either sort can be explained after a restart. */
    private static final int MOST_CASES = 256;

    /** Goes up when an older engine could not read it any more. */
    static final int FORMAT = 1;

    private final NvList.Builder content = NvList.builder();
    private final Map<Topology, Integer> topologies = new LinkedHashMap<>();
    private final List<NvList> exercises = new ArrayList<>();
    private final List<NvList> cases = new ArrayList<>();

    /**
     * @param rules tells rules and settings apart
     * @param current the hardware as it is now
     */
    MemoryWriter(String rules, Topology current) {
        content.uint32("format", FORMAT).string("rules", rules);
        topologies.put(current, 0);
    }

    EngineMemory memory() {
        content.nvlists("exercises", exercises).nvlists("cases", cases);
        return new EngineMemory(content.build(), List.copyOf(topologies.keySet()));
    }

    /** Adds what is the engine's own, for instance. */
    NvList.Builder content() {
        return content;
    }

    void reported(Set<String> places) {
        content.strings("reported", List.copyOf(places));
    }

    void counters(Map<EventKey, Long> values) {
        MemoryTape tape = new MemoryTape();
        values.forEach((counter, value) -> {
            tape.event(counter);
            tape.number(value);
        });
        content.nvlist("counters", tape.list());
    }

    /** @param emptied N and T of those that hold nothing */
    void engines(SerdEngines engines, Map<SerdEngines.Key, SerdEngines.Limits> emptied) {
        MemoryTape tape = new MemoryTape();
        tape.number(engines.sweepAt());
        tape.number(engines.dropped());
        engines.all().forEach(engine -> write(engine, tape));
        content.nvlist("serd", tape.list());
        MemoryTape limits = new MemoryTape();
        emptied.forEach((key, limit) -> write(key, limit, limits));
        content.nvlist("serd-limits", limits.list());
    }

    private static void write(SerdEngines.Key key, SerdEngines.Limits limits, MemoryTape tape) {
        tape.word(key.engineClass());
        tape.word(key.suffix());
        tape.path(key.path());
        tape.word(key.id());
        tape.number(limits.n());
        tape.number(limits.nanos());
    }

    private static void write(SerdEngines.Engine engine, MemoryTape tape) {
        write(engine.key(), engine.limits(), tape);
        List<EventKey> fedBy = engine.fedBy();
        tape.number(fedBy.size());
        fedBy.forEach(tape::event);
        tape.number(engine.count());
        engine.forEach((nanos, ereport) -> {
            tape.time(nanos);
            tape.place(ereport);
        });
    }

    void exercise(Exercise exercise) {
        Exercise.Timer timer = exercise.timer();
        if (timer == null) {
            throw new IllegalStateException("an exercise waits for nothing: " + exercise);
        }
        Topology machine = exercise.world().tree().topology();
        topologies.putIfAbsent(machine, topologies.size());
        EventKey first = exercise.key(exercise.first());
        NvList.Builder list = around(exercise.key(), exercise.opener(), first, exercise.graph(), exercise.center())
                .uint32("cases", exercise.opener().cases())
                .int64("waited", exercise.waited())
                .int64("timer", timer.number())
                .int64("wake", timer.wake())
                .bool("settled", exercise.settled())
                .string("verdicts", verdicts(exercise))
                .string("stripped", stripped(exercise))
                .nvlist("seen", seen(exercise))
                .nvlist("ereports", ereports(exercise.attached()))
                .strings(
                        "trips",
                        exercise.trips().stream().map(EventKey::toString).toList())
                .nvlists("variables", values(exercise.globals()));
        List<NvList> effects = new ArrayList<>();
        for (EventInstance event : exercise.graph().events()) {
            Effects noted = exercise.allEffects().get(event);
            if (noted != null) {
                effects.add(effects(event, noted));
            }
        }
        exercises.add(list.nvlists("effects", effects).build());
    }

    /** What is shared by exercises that wait and those that are over. */
    private NvList.Builder around(CaseKey key, Report opener, EventKey first, InstanceGraph graph, Component center) {
        return NvList.builder()
                .string("key", text(key))
                .string("opener", opener.ref().toString())
                .int64("opened", opener.nanos())
                .string("event", first.toString())
                // A case that is over asks for no hardware that is not there any more.
                .uint32("topology", topologies.getOrDefault(graph.world().tree().topology(), 0))
                .int32("shape", graph.shape(center))
                .nvlist("facts", facts(graph, center));
    }

    /** Adds the latest cases, so that they can be explained; after all exercises. */
    void cases(RecentCases recent) {
        latest(recent.past()).forEach(one -> add(one, false));
        latest(recent.open()).forEach(one -> add(one, true));
    }

    private static List<Ended> latest(List<Ended> all) {
        return all.subList(Math.max(0, all.size() - MOST_CASES), all.size());
    }

    private void add(Ended one, boolean open) {
        MemoryTape seen = new MemoryTape();
        one.seen().forEach(event -> write(event.event(), 1, event.nanos(), event.source(), seen));
        MemoryTape certainties = new MemoryTape();
        one.certainties().forEach((suspect, certainty) -> {
            certainties.event(suspect);
            certainties.number(certainty);
        });
        List<NvList> held = new ArrayList<>();
        for (Outcome.Held suspect : one.held()) {
            NvList.Builder list = NvList.builder()
                    .string("problem", suspect.problem())
                    .string("at", suspect.at().path().toString())
                    .bool("fired", suspect.fired())
                    .int64("count", suspect.count())
                    .int64("needed", suspect.needed())
                    .int64("nanos", suspect.nanos());
            if (suspect.engine() != null) {
                list.string("engine", String.valueOf(suspect.engine()));
            }
            held.add(list.build());
        }
        cases.add(around(one.key(), one.opener(), one.firstKey(), one.graph(), one.center())
                .int64("waited", one.waited())
                .int64("ended", one.nanos())
                .string("how", one.how().name())
                .bool("open", open)
                .nvlist("seen", seen.list())
                .nvlist("certainties", certainties.list())
                .nvlists("held", held)
                .build());
    }

    static String text(CaseKey key) {
        return key.principal() + "#" + key.ordinal();
    }

    private static String verdicts(Exercise exercise) {
        StringBuilder text = new StringBuilder();
        for (InstanceArrow arrow : exercise.graph().arrows()) {
            Truth verdict = exercise.verdict(arrow);
            text.append(verdict == Truth.DEFERRED ? '?' : verdict == Truth.TRUE ? '+' : '-');
        }
        return text.toString();
    }

    private static String stripped(Exercise exercise) {
        StringBuilder text = new StringBuilder();
        for (EventInstance event : exercise.graph().events()) {
            text.append(exercise.stripped(event) ? '-' : '+');
        }
        return text.toString();
    }

    private static NvList seen(Exercise exercise) {
        MemoryTape tape = new MemoryTape();
        for (EventInstance event : exercise.observed()) {
            long first = exercise.opener().nanos() + exercise.firstSeen(event);
            write(event, exercise.count(event), first, exercise.source(event), tape);
        }
        return tape.list();
    }

    private static void write(EventInstance event, int times, long first, @Nullable Report source, MemoryTape tape) {
        tape.number(event.index());
        tape.number(times);
        tape.time(first);
        tape.number(source == null ? 0 : 1);
        if (source != null) {
            tape.place(source.ref());
        }
    }

    private static NvList ereports(Collection<LogRef> ereports) {
        MemoryTape tape = new MemoryTape();
        ereports.forEach(tape::place);
        return tape.list();
    }

    private static NvList facts(InstanceGraph graph, Component center) {
        MemoryTape tape = new MemoryTape();
        graph.facts(center).forEach((fact, value) -> {
            tape.number(fact.counter() ? 1 : 0);
            tape.word(fact.name());
            tape.path(fact.path());
            tape.number(value);
        });
        return tape.list();
    }

    private static NvList effects(EventInstance problem, Effects noted) {
        NvList.Builder list = NvList.builder()
                .uint32("problem", problem.index())
                .string("suffix", noted.suffix())
                .nvlists("payload", values(noted.payload()));
        putIfNoted(list, "n", noted.n());
        putIfNoted(list, "time", noted.time());
        putIfNoted(list, "increment", noted.increment());
        return list.build();
    }

    private static void putIfNoted(NvList.Builder list, String name, @Nullable Value value) {
        if (value != null) {
            list.nvlist(name, value(NvList.builder(), value));
        }
    }

    private static List<NvList> values(Map<String, Value> values) {
        List<NvList> lists = new ArrayList<>();
        values.forEach((name, value) -> lists.add(value(NvList.builder().string("name", name), value)));
        return lists;
    }

    private static NvList value(NvList.Builder list, Value value) {
        if (value instanceof Value.Num number) {
            return list.put("number", new NvValue.Int(NvType.UINT64, number.bits()))
                    .build();
        }
        if (value instanceof Value.Text text) {
            return list.string("text", text.text()).build();
        }
        if (value instanceof Value.Place place) {
            return list.string("path", place.path().toString()).build();
        }
        return list.string("absent", ((Value.Absent) value).name()).build();
    }
}
