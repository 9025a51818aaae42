// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogReader;
import org.fmd.model.event.Event;
import org.fmd.model.event.ListEvent;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fault.SuspectStatus.Bit;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.jspecify.annotations.Nullable;

/** What the cases and the kernel say of each part: one word for its state, and the cases behind that. */
final class ServiceStates {
    /** What is not known, because neither the daemon nor its log could be asked. */
    static final ServiceStates UNKNOWN = new ServiceStates(false);

    /** From best to worst. */
    enum State {
        OK("ok"),
        /** Part of it is faulty, or it does its work with less than it should have. */
        DEGRADED("degraded"),
        /** Out of service, and nobody diagnosed why: an administrator may have done that. */
        OFFLINE("offline"),
        /** Taken out of service for a fault. */
        RETIRED("retired"),
        FAULTY("faulty"),
        UNKNOWN("unknown");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** One suspect that is still at fault. */
    record Blame(String uuid, String code, String eventClass, SuspectStatus status) {}

    private final boolean known;
    private final Map<TopoPath, List<Blame>> blames = new HashMap<>();
    private final Map<TopoPath, List<Blame>> inParts = new HashMap<>();

    private ServiceStates(boolean known) {
        this.known = known;
    }

    /** Makes states of what the daemon answers to {@code cases}. */
    static ServiceStates ofCases(Topology topology, List<ShownCase> cases) {
        ServiceStates states = new ServiceStates(true);
        for (ShownCase one : cases) {
            for (ShownCase.Suspect suspect : one.suspects()) {
                Blame blame = new Blame(one.uuid(), one.code(), suspect.eventClass(), suspect.status());
                states.add(topology, blame, fmri(suspect.resource()), fmri(suspect.asru()), fmri(suspect.fru()));
            }
        }
        return states;
    }

    /**
     * Makes states of the fault log, for who has no daemon to ask. Unknown if there is no log.
     *
     * @throws IOException if the log cannot be read
     */
    static ServiceStates ofLog(Topology topology, Path state) throws IOException {
        ServiceStates states = new ServiceStates(true);
        Map<UUID, ListEvent> latest = new LinkedHashMap<>();
        int damaged = 0;
        try (LogReader faults = LogReader.history(LogFiles.in(state), LogLabel.FAULT, damage -> {})) {
            while (faults.advance()) {
                try {
                    Event event = TypedJson.readEvent(faults.body());
                    if (event instanceof ListEvent list) {
                        latest.put(list.uuid(), list);
                    }
                } catch (JsonProblem e) {
                    damaged++; // fmdump tells which
                }
            }
        } catch (NoSuchFileException e) {
            return UNKNOWN;
        }
        if (damaged > 0 && latest.isEmpty()) {
            return UNKNOWN;
        }
        for (ListEvent list : latest.values()) {
            for (int i = 0; i < list.suspects().size(); i++) {
                Suspect suspect = list.suspects().get(i);
                Blame blame = new Blame(
                        list.uuid().toString(),
                        list.code(),
                        suspect.eventClass().toString(),
                        list.statuses().get(i));
                states.add(topology, blame, suspect.resource(), suspect.asru(), suspect.fru());
            }
        }
        return states;
    }

    private static @Nullable Fmri fmri(@Nullable String text) {
        return text == null ? null : Fmri.parse(text).orElse(null);
    }

    /** A suspect is where its resource is, else its ASRU, else its FRU; one that is nowhere here belongs to nobody. */
    private void add(Topology topology, Blame blame, @Nullable Fmri resource, @Nullable Fmri asru, @Nullable Fmri fru) {
        if (!blame.status().isFaulty() && !blame.status().has(Bit.UNUSABLE)) {
            return;
        }
        for (Fmri name : new @Nullable Fmri[] {resource, asru, fru}) {
            TopoNode node = topology.find(name);
            if (node != null) {
                add(isPartOf(name) ? inParts : blames, node, blame);
                return;
            }
        }
    }

    /** A range of blocks is named by the disk that it is on, with an offset behind it. */
    private static boolean isPartOf(@Nullable Fmri name) {
        return name instanceof HcFmri hc && !hc.specific().isEmpty();
    }

    private static void add(Map<TopoPath, List<Blame>> map, TopoNode node, Blame blame) {
        List<Blame> list = map.get(node.path());
        if (list == null) {
            list = new ArrayList<>();
            map.put(node.path(), list);
        }
        list.add(blame);
    }

    /** Returns the suspects that this part is, or that are parts of it. */
    List<Blame> blames(TopoNode node) {
        List<Blame> all = new ArrayList<>(blames.getOrDefault(node.path(), List.of()));
        all.addAll(inParts.getOrDefault(node.path(), List.of()));
        return all;
    }

    State of(TopoNode node) {
        State worst = kernel(node);
        if (!known) {
            return worst == State.OK ? State.UNKNOWN : worst;
        }
        for (Blame blame : blames.getOrDefault(node.path(), List.of())) {
            boolean retired =
                    blame.status().has(Bit.UNUSABLE) && !blame.status().isFaulty();
            worst = worse(
                    worst, retired ? State.RETIRED : blame.status().has(Bit.DEGRADED) ? State.DEGRADED : State.FAULTY);
        }
        return inParts.containsKey(node.path()) ? worse(worst, State.DEGRADED) : worst;
    }

    private static State worse(State a, State b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** What the kernel says: states of paths, of a link, of an array. */
    private static State kernel(TopoNode node) {
        List<String> states = node.properties().strings("states");
        int bad = 0;
        for (String state : states) {
            bad += isBad(state) ? 1 : 0;
        }
        if (bad > 0) {
            return bad == states.size() ? State.OFFLINE : State.DEGRADED;
        }
        if (isBad(node.properties().string("link-state").orElse(""))) {
            return State.OFFLINE;
        }
        return node.properties().number("degraded").orElse(0) > 0 ? State.DEGRADED : State.OK;
    }

    private static boolean isBad(String state) {
        return switch (state) {
            case "offline",
                    "transport-offline",
                    "blocked",
                    "quiesce",
                    "dead",
                    "deleting",
                    "FAILED",
                    "FREE",
                    "down",
                    "lowerlayerdown",
                    "Blocked",
                    "Not Present",
                    "Linkdown",
                    "Offline",
                    "cancel",
                    "deleted" -> true;
            default -> false;
        };
    }
}
