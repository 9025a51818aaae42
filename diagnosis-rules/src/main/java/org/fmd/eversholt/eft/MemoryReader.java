// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.fmd.api.CaseKey;
import org.fmd.api.EngineMemory;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.ComponentTree;
import org.fmd.eversholt.compile.Effects;
import org.fmd.eversholt.compile.EventInstance;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.FactAsked;
import org.fmd.eversholt.compile.InstanceArrow;
import org.fmd.eversholt.compile.InstanceGraph;
import org.fmd.eversholt.compile.Truth;
import org.fmd.eversholt.compile.Value;
import org.fmd.model.event.LogRef;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link MemoryWriter} wrote. Graphs are built again around the same components, on the same facts, and must come
 * out the same; payloads are fetched from the log. Nothing is concluded and nothing is counted.
 */
final class MemoryReader {
    /** Where ereports are found again; null for one that is gone. */
    interface Reports {
        @Nullable
        Report find(LogRef ref);
    }

    /** The machines of the memory, by their numbers in it. */
    interface Machines {
        ComponentTree tree(int topology);

        /** Builds a graph again. */
        @Nullable
        InstanceGraph around(int topology, String ereportClass, Component at, Map<FactAsked, Long> facts);
    }

    /** What something was built around. */
    private record Around(ComponentTree tree, InstanceGraph graph, Component center, Report opener) {}

    /**
     * A case that is over and can be explained.
     *
     * @param open whether its suspects are not repaired, as far as is known
     */
    record Past(Ended ended, boolean open) {}

    private final EngineMemory memory;
    private final Reports reports;
    private final Map<LogRef, Report> openers = new HashMap<>();

    /** @throws MemoryProblem if it is of another version, or of other rules or settings */
    MemoryReader(EngineMemory memory, String rules, Reports reports) throws MemoryProblem {
        this.memory = memory;
        this.reports = reports;
        long format = memory.content().number("format").orElse(-1);
        if (format != MemoryWriter.FORMAT) {
            throw new MemoryProblem("its format is " + format + ", not " + MemoryWriter.FORMAT);
        }
        if (!memory.content().string("rules").equals(Optional.of(rules))) {
            throw new MemoryProblem("it was made with other rules or settings");
        }
        if (memory.topologies().isEmpty()) {
            throw new MemoryProblem("it names no topology");
        }
    }

    NvList content() {
        return memory.content();
    }

    List<Topology> topologies() {
        return memory.topologies();
    }

    List<String> reported() {
        return content().strings("reported");
    }

    void counters(Counters counters) throws MemoryProblem {
        MemoryTape.Reader tape = new MemoryTape.Reader(content().nvlist("counters"));
        while (!tape.atEnd()) {
            counters.set(tape.event(), tape.number());
        }
    }

    void engines(SerdEngines engines, Map<SerdEngines.Key, SerdEngines.Limits> emptied) throws MemoryProblem {
        MemoryTape.Reader tape = new MemoryTape.Reader(content().nvlist("serd"));
        engines.resume(tape.small(Integer.MAX_VALUE), tape.number());
        while (!tape.atEnd()) {
            engine(engines, tape);
        }
        MemoryTape.Reader limits = new MemoryTape.Reader(content().nvlist("serd-limits"));
        while (!limits.atEnd()) {
            emptied.put(key(limits), limits(limits));
        }
    }

    private static SerdEngines.Key key(MemoryTape.Reader tape) throws MemoryProblem {
        return new SerdEngines.Key(tape.word(), tape.word(), tape.path(), tape.word());
    }

    private static SerdEngines.Limits limits(MemoryTape.Reader tape) throws MemoryProblem {
        return new SerdEngines.Limits(tape.small(Integer.MAX_VALUE), tape.number());
    }

    private static void engine(SerdEngines engines, MemoryTape.Reader tape) throws MemoryProblem {
        SerdEngines.Key key = key(tape);
        SerdEngines.Limits limits = limits(tape);
        List<EventKey> fedBy = new ArrayList<>();
        for (int i = Math.max(1, tape.small(Integer.MAX_VALUE)); i > 0; i--) {
            fedBy.add(tape.event());
        }
        SerdEngines.Engine engine = engines.add(key, limits, fedBy);
        for (int i = tape.small(limits.n() + 1L); i > 0; i--) {
            engine.hold(tape.time(), tape.place());
        }
    }

    @Nullable
    CaseKey overflow() throws MemoryProblem {
        Optional<String> key = content().string("overflow");
        return key.isPresent() ? caseKey(key.get()) : null;
    }

    /** How many exercises there are. */
    int exercises() {
        return content().nvlists("exercises").size();
    }

    /**
     * Makes an exercise that stands where it stood.
     *
     * @param number from 0, in the order in which they began to wait
     */
    Exercise exercise(int number, Machines machines) throws MemoryProblem {
        NvList list = content().nvlists("exercises").get(number);
        Around around = around(list, machines);
        Set<EventKey> trips = new HashSet<>();
        for (String trip : list.strings("trips")) {
            trips.add(event(trip));
        }
        Exercise exercise = new Exercise();
        exercise.begin(around.graph, around.center, around.opener, trips);
        around.opener.cases((int) number(list, "cases"));
        exercise.resume(
                caseKey(text(list, "key")),
                number(list, "waited"),
                new Exercise.Timer(number(list, "timer"), number(list, "wake")));
        verdicts(list, exercise);
        seen(list, exercise);
        MemoryTape.Reader ereports = new MemoryTape.Reader(list.nvlist("ereports"));
        while (!ereports.atEnd()) {
            exercise.attach(ereports.place());
        }
        exercise.globals().putAll(values(list.nvlists("variables")));
        for (NvList noted : list.nvlists("effects")) {
            exercise.allEffects().put(event(exercise.graph(), number(noted, "problem")), effects(noted));
        }
        exercise.waiting(list.bool("settled").orElse(false));
        return exercise;
    }

    private Around around(NvList list, Machines machines) throws MemoryProblem {
        long topology = number(list, "topology");
        if (topology < 0 || topology >= memory.topologies().size()) {
            throw new MemoryProblem("it names topology " + topology + " of "
                    + memory.topologies().size());
        }
        ComponentTree tree = machines.tree((int) topology);
        EventKey first = event(text(list, "event"));
        Component center = tree.at(first.path());
        InstanceGraph graph =
                center == null ? null : machines.around((int) topology, first.eventClass(), center, facts(list));
        if (graph == null || center == null || graph.opener() == null || graph.shape(center) != number(list, "shape")) {
            throw new MemoryProblem("the graph around " + first + " does not come out the same");
        }
        return new Around(tree, graph, center, opener(ref(text(list, "opener")), number(list, "opened")));
    }

    /** The cases that can still be explained; one whose ereports or components are gone cannot. */
    List<Past> cases(Machines machines) {
        List<Past> cases = new ArrayList<>();
        for (NvList list : content().nvlists("cases")) {
            try {
                cases.add(new Past(
                        ended(list, around(list, machines)), list.bool("open").orElse(false)));
            } catch (MemoryProblem | IllegalArgumentException e) {
                // It cannot be explained any more, and nothing else hangs on it.
            }
        }
        return cases;
    }

    private Ended ended(NvList list, Around around) throws MemoryProblem {
        List<Ended.Seen> seen = new ArrayList<>();
        MemoryTape.Reader tape = new MemoryTape.Reader(list.nvlist("seen"));
        while (!tape.atEnd()) {
            EventInstance event = event(around.graph, tape.number());
            tape.small(Integer.MAX_VALUE);
            long nanos = tape.time();
            Report source = tape.number() == 0 ? null : report(tape.place());
            seen.add(new Ended.Seen(event, source == null ? NvList.EMPTY : source.payload(), nanos, source));
        }
        Map<EventKey, Integer> certainties = new LinkedHashMap<>();
        MemoryTape.Reader suspects = new MemoryTape.Reader(list.nvlist("certainties"));
        while (!suspects.atEnd()) {
            certainties.put(suspects.event(), suspects.small(100));
        }
        List<Outcome.Held> held = new ArrayList<>();
        for (NvList one : list.nvlists("held")) {
            Component at = around.tree.at(path(text(one, "at")));
            if (at == null) {
                throw new MemoryProblem("a suspect's component is gone");
            }
            held.add(new Outcome.Held(
                    text(one, "problem"),
                    at,
                    one.string("engine").orElse(null),
                    one.bool("fired").orElse(false),
                    number(one, "count"),
                    number(one, "needed"),
                    number(one, "nanos")));
        }
        return new Ended(
                caseKey(text(list, "key")),
                around.graph,
                around.center,
                around.opener,
                seen,
                number(list, "waited"),
                number(list, "ended"),
                Ended.How.valueOf(text(list, "how")),
                certainties,
                held);
    }

    /** An ereport at the time that it had for the engine, which may be another one than it carries: clocks are set. */
    private Report opener(LogRef ref, long nanos) throws MemoryProblem {
        Report known = openers.get(ref);
        if (known == null) {
            known = report(ref).at(nanos);
            openers.put(ref, known);
        }
        return known;
    }

    private Report report(LogRef ref) throws MemoryProblem {
        Report found = reports.find(ref);
        if (found == null) {
            throw new MemoryProblem("the ereport at " + ref + " is not in the log any more");
        }
        return found;
    }

    private static void verdicts(NvList list, Exercise exercise) throws MemoryProblem {
        String verdicts = text(list, "verdicts");
        String stripped = text(list, "stripped");
        InstanceGraph graph = exercise.graph();
        if (verdicts.length() != graph.arrows().size()
                || stripped.length() != graph.events().size()) {
            throw new MemoryProblem("the graph of " + exercise + " has another size");
        }
        for (InstanceArrow arrow : graph.arrows()) {
            char verdict = verdicts.charAt(arrow.index());
            exercise.verdict(arrow, verdict == '?' ? Truth.DEFERRED : verdict == '+' ? Truth.TRUE : Truth.FALSE);
        }
        for (EventInstance event : graph.events()) {
            if (stripped.charAt(event.index()) == '-') {
                exercise.strip(event);
            }
        }
    }

    private void seen(NvList list, Exercise exercise) throws MemoryProblem {
        MemoryTape.Reader tape = new MemoryTape.Reader(list.nvlist("seen"));
        while (!tape.atEnd()) {
            EventInstance event = event(exercise.graph(), tape.number());
            int times = tape.small(Integer.MAX_VALUE);
            long first = tape.time();
            Report source = tape.number() == 0 ? null : report(tape.place());
            exercise.sawBefore(event, times, first, source == null ? NvList.EMPTY : source.payload(), source);
        }
    }

    private static EventInstance event(InstanceGraph graph, long index) throws MemoryProblem {
        List<EventInstance> events = graph.events();
        if (index < 0 || index >= events.size()) {
            throw new MemoryProblem("a graph has no event " + index);
        }
        return events.get((int) index);
    }

    private static Map<FactAsked, Long> facts(NvList list) throws MemoryProblem {
        MemoryTape.Reader tape = new MemoryTape.Reader(list.nvlist("facts"));
        Map<FactAsked, Long> facts = new HashMap<>();
        while (!tape.atEnd()) {
            facts.put(new FactAsked(tape.number() == 1, tape.word(), tape.path()), tape.number());
        }
        return facts;
    }

    private static Effects effects(NvList noted) throws MemoryProblem {
        return Effects.of(
                values(noted.nvlists("payload")),
                text(noted, "suffix"),
                valueIfNoted(noted, "n"),
                valueIfNoted(noted, "time"),
                valueIfNoted(noted, "increment"));
    }

    private static @Nullable Value valueIfNoted(NvList noted, String name) throws MemoryProblem {
        Optional<NvList> value = noted.nvlist(name);
        return value.isPresent() ? value(value.get()) : null;
    }

    private static Map<String, Value> values(List<NvList> lists) throws MemoryProblem {
        Map<String, Value> values = new LinkedHashMap<>();
        for (NvList list : lists) {
            values.put(text(list, "name"), value(list));
        }
        return values;
    }

    private static Value value(NvList list) throws MemoryProblem {
        if (list.get("number") instanceof NvValue.Int number) {
            return new Value.Num(number.value());
        }
        if (list.contains("text")) {
            return new Value.Text(text(list, "text"));
        }
        if (list.contains("path")) {
            return new Value.Place(path(text(list, "path")));
        }
        try {
            return Value.Absent.valueOf(text(list, "absent"));
        } catch (IllegalArgumentException e) {
            throw new MemoryProblem("it holds a value of an unknown kind");
        }
    }

    static String text(NvList list, String name) throws MemoryProblem {
        Optional<String> text = list.string(name);
        if (text.isEmpty()) {
            throw new MemoryProblem("'" + name + "' is missing");
        }
        return text.get();
    }

    static long number(NvList list, String name) throws MemoryProblem {
        if (list.get(name) instanceof NvValue.Int number) {
            return number.value();
        }
        throw new MemoryProblem("'" + name + "' is missing");
    }

    static CaseKey caseKey(String text) throws MemoryProblem {
        int hash = text.indexOf('#');
        try {
            return new CaseKey(ref(text.substring(0, Math.max(0, hash))), Integer.parseInt(text.substring(hash + 1)));
        } catch (NumberFormatException e) {
            throw new MemoryProblem("'" + text + "' is no case");
        }
    }

    static LogRef ref(String text) throws MemoryProblem {
        Optional<LogRef> ref = LogRef.parse(text);
        if (ref.isEmpty()) {
            throw new MemoryProblem("'" + text + "' is no place in a log");
        }
        return ref.get();
    }

    static EventKey event(String text) throws MemoryProblem {
        int at = text.lastIndexOf('@');
        return new EventKey(text.substring(0, Math.max(0, at)), path(text.substring(at + 1)));
    }

    static TopoPath path(String text) throws MemoryProblem {
        Optional<TopoPath> path = TopoPath.parse(text);
        if (path.isEmpty()) {
            throw new MemoryProblem("'" + text + "' is no path");
        }
        return path.get();
    }

    static UUID uuid(String text) throws MemoryProblem {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MemoryProblem("'" + text + "' is no log");
        }
    }
}
