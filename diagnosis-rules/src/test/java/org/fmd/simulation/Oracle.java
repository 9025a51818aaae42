// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.core.cases.Case;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.ManagerMemory;
import org.fmd.core.manager.Output;
import org.fmd.core.time.ClockStep;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * The run without faults: another fault manager, told the same in the same order, which never ends.
 *
 * <p>An input in doubt is one that the daemon was at when it ended. An ereport or the time comes again. A command, an answer, or a
 * change of the hardware counts if what comes of it is in the logs, all of it, and never was if nothing is.
 */
final class Oracle {
    private static final Set<String> COUNTED = Set.of("fault.sim.worn", "fault.sim.dying");

    private final List<History.Item> items;
    private final Set<String> logged;
    private final List<String> faults = new ArrayList<>();
    private final List<String> infos = new ArrayList<>();
    private final FaultManager manager = Machine.newManager();
    private @Nullable String whyVague;
    private boolean otherHardware;

    /** When an input was told, as far as the fault manager is concerned. */
    private record Moment(Input input, Instant now, Instant clock, Instant latest, List<TopoNode> hardware) {}

    private Oracle(List<History.Item> items, Set<String> logged) {
        this.items = items;
        this.logged = logged;
    }

    /**
     * Runs.
     *
     * @param logged texts of the fault log and the information log
     */
    static Oracle of(List<History.Item> all, Topology first, List<String> logged) {
        List<History.Item> items = new ArrayList<>(all);
        while (true) {
            Oracle oracle = new Oracle(items, new HashSet<>(logged));
            History.Item neverWas = oracle.run(first);
            if (neverWas == null) {
                return oracle;
            }
            items.remove(neverWas);
        }
    }

    /** Runs in the order that the times tell, as a restart does that has nothing but the logs. */
    static Oracle byTime(List<History.Item> all, Topology first, List<String> logged) {
        List<History.Item> rest = new ArrayList<>(all);
        rest.removeIf(item -> item instanceof History.Restarted);
        List<History.Item> ordered = new ArrayList<>();
        Instant latest = Instant.EPOCH;
        for (History.Item item : all) {
            if (item instanceof History.Told told && told.input() instanceof Input.EreportAccepted accepted) {
                latest = accepted.now().isAfter(latest) ? accepted.now() : latest;
                Instant before = latest;
                rest.stream()
                        .filter(other -> other instanceof History.Told one
                                && !(one.input() instanceof Input.EreportAccepted)
                                && one.input().now().isBefore(before))
                        .forEach(ordered::add);
                ordered.add(item);
                rest.removeAll(ordered);
            }
        }
        ordered.addAll(rest);
        return of(ordered, first, logged);
    }

    /** What was diagnosed, by class and place; what engines count is left out, since a mixture of orders has counts of its own. */
    static Set<String> problems(List<String> faults) {
        Set<String> problems = new TreeSet<>();
        for (String text : faults) {
            ListEvent event = Logs.listEvent(text);
            if (event.kind() == ListKind.SUSPECT) {
                for (Suspect suspect : event.suspects()) {
                    if (COUNTED.contains(suspect.eventClass().name())) {
                        continue;
                    }
                    String place = suspect.resource() instanceof HcFmri hc ? hc.pathText() : "" + suspect.resource();
                    problems.add(suspect.eventClass() + " of " + place);
                }
            }
        }
        return problems;
    }

    /** Why the order of what happened cannot be told from what was left of it; empty if it can. */
    Optional<String> whyVague() {
        return Optional.ofNullable(whyVague);
    }

    /** Whether ereports may have been handled again on hardware that was not there when they came, or no more. */
    boolean isOnOtherHardware() {
        return otherHardware;
    }

    List<String> faults() {
        return faults;
    }

    List<String> infos() {
        return infos;
    }

    FaultManager manager() {
        return manager;
    }

    private void vague(String why) {
        whyVague = whyVague == null ? why : whyVague;
    }

    private History.@Nullable Item run(Topology first) {
        Rules.addEngine(manager);
        manager.begin(first);
        List<Moment> moments = new ArrayList<>();
        Instant clock = Instant.EPOCH;
        Instant latest = Instant.EPOCH;
        List<TopoNode> hardware = first.nodes();
        for (History.Item item : items) {
            if (item instanceof History.Restarted restarted) {
                lookBack(restarted, moments);
                continue;
            }
            History.Told told = (History.Told) item;
            Input input = told.input();
            Instant said = input instanceof Input.EreportAccepted ? input.now().plus(manager.ahead()) : input.now();
            Instant now = said.isAfter(clock) ? said : clock;
            boolean timers = manager.nextWakeup().filter(at -> !at.isAfter(now)).isPresent();
            Instant before = timers ? now : clock;
            List<Output> outputs = manager.handle(input);
            if (!told.isDone() && isDoubtful(input)) {
                int there = present(outputs);
                int all = texts(outputs).size();
                if (there == 0 && all > 0) {
                    return item;
                }
                if (there < all) {
                    vague("a part of what follows from " + input.getClass().getSimpleName() + " was logged");
                }
            }
            for (Output output : outputs) {
                if (output instanceof Output.LogFault fault) {
                    faults.add(Logs.text(fault.event()));
                } else if (output instanceof Output.LogInfo info) {
                    infos.add(Logs.text(info.event()));
                }
            }
            if (input instanceof Input.EreportAccepted) {
                Instant tod = input.now().plus(manager.ahead());
                latest = tod.isAfter(latest) ? tod : latest;
                clock = now;
            } else {
                clock = before;
            }
            if (input instanceof Input.TopologyTaken taken) {
                hardware = taken.topology().nodes();
            }
            moments.add(new Moment(input, now, before, latest, hardware));
        }
        return null;
    }

    private static boolean isDoubtful(Input input) {
        return !(input instanceof Input.EreportAccepted || input instanceof Input.TimePassed);
    }

    private int present(List<Output> outputs) {
        return (int) texts(outputs).stream().filter(logged::contains).count();
    }

    private static List<String> texts(List<Output> outputs) {
        List<String> texts = new ArrayList<>();
        for (Output output : outputs) {
            if (output instanceof Output.LogFault fault) {
                texts.add(Logs.text(fault.event()));
            } else if (output instanceof Output.LogInfo info) {
                texts.add(Logs.text(info.event()));
            }
        }
        return texts;
    }

    /**
     * Whether what was told once more was told in the order of before. It is told by the times that ereports carry, and on the
     * hardware of the checkpoint, or on that of the restart if there was none.
     */
    private void lookBack(History.Restarted restarted, List<Moment> moments) {
        int from = restarted.from().map(ref -> indexOf(ref, moments)).orElse(-1);
        List<TopoNode> again =
                from >= 0 ? moments.get(from).hardware() : restarted.hardware().nodes();
        for (int i = from + 1; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            if (!moment.hardware().equals(again)) {
                otherHardware = true;
                vague("the hardware was another one than that on which ereports were handled again, or timers ran out");
            }
            if (!(moment.input() instanceof Input.EreportAccepted accepted)) {
                continue;
            }
            if (ClockStep.of(accepted.ereport())
                    .filter(step -> !step.back().isNegative())
                    .isPresent()) {
                vague("the clock was set back, and what was done before and after that carries the same times");
            }
            if (moment.clock().isAfter(moment.latest())) {
                vague("a timer was due before an ereport that carries an earlier time");
            }
            for (int j = from + 1; j < i; j++) {
                Moment earlier = moments.get(j);
                if (isDoubtful(earlier.input()) && !earlier.now().isBefore(moment.latest())) {
                    vague("an ereport carries an earlier time than what was done before it came");
                }
            }
        }
    }

    private static int indexOf(LogRef ref, List<Moment> moments) {
        for (int i = 0; i < moments.size(); i++) {
            if (moments.get(i).input() instanceof Input.EreportAccepted accepted
                    && accepted.ref().equals(ref)) {
                return i;
            }
        }
        throw new AssertionError("nobody has handled the ereport at " + ref + ", which the checkpoint names");
    }

    /** All that a fault manager knows, line by line. */
    static List<String> state(FaultManager manager) {
        List<String> lines = new ArrayList<>();
        lines.add("unsolved " + manager.unsolved() + ", next " + manager.nextWakeup());
        for (Case value : manager.cases()) {
            lines.add("case " + value.uuid() + " " + value.state() + " " + value.statuses());
            lines.add("  last " + value.last().kind() + " " + value.last().tod() + ", step " + value.step()
                    + ", changed " + value.changed() + ", seen " + value.duplicates() + " more, last "
                    + value.lastSeen());
            value.outcomes().keySet().stream()
                    .sorted()
                    .forEach(agent ->
                            lines.add("  " + agent + ": " + value.outcomes().get(agent)));
        }
        ManagerMemory memory = manager.remember().orElseThrow();
        lines.add("manager " + text(memory.content()));
        memory.engines().forEach((name, engine) -> {
            // What a case is explained by is forgotten with the hardware that it began on.
            NvList content = engine.content().toBuilder().remove("cases").build();
            lines.add("engine " + name + " " + text(content));
        });
        return lines;
    }

    private static String text(NvList list) {
        return new String(TypedJson.write(list), StandardCharsets.UTF_8);
    }
}
