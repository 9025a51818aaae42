// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.Value;
import org.fmd.model.event.EventClass;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** What the daemon is told of a suspect. */
final class Suspects {
    /** What is suspected when no rule explains what was seen: the rules, the topology or the telemetry are wrong. */
    private static final EventClass UNEXPECTED = new EventClass("defect.fmd.eft.unexpected-telemetry");

    private Suspects() {}

    /**
     * A suspect with the names that topology gives it: for a fault its ASRU and FRU come from there, and from the rule only
     * where topology has none; for a defect the rule alone says (eversholt reference §3.6).
     */
    static Suspect of(Diagnosis diagnosis) {
        TopoNode node = diagnosis.at().node();
        boolean fault = diagnosis.event().kind() == EventKind.FAULT;
        Fmri asru = fault && node != null && node.asru() != null ? node.asru() : asru(diagnosis.asru());
        Fmri fru = fault && node != null && node.fru() != null ? node.fru() : fru(diagnosis.fru());
        return new Suspect(
                new EventClass(diagnosis.eventClass()),
                diagnosis.certainty(),
                name(diagnosis.at()),
                asru,
                fru,
                node == null ? null : node.label(),
                !Boolean.FALSE.equals(diagnosis.retire()),
                !Boolean.FALSE.equals(diagnosis.response()),
                !Boolean.FALSE.equals(diagnosis.message()),
                payload(diagnosis));
    }

    private static Fmri name(Component component) {
        TopoNode node = component.node();
        return node == null ? component.path().toHc() : node.resource();
    }

    private static @Nullable Fmri asru(@Nullable Component component) {
        TopoNode node = component == null ? null : component.node();
        return node == null ? null : node.asru() == null ? node.resource() : node.asru();
    }

    private static @Nullable Fmri fru(@Nullable Component component) {
        TopoNode node = component == null ? null : component.node();
        return node == null ? null : node.fru() == null ? node.resource() : node.fru();
    }

    /** Numbers are uint64; a member that has the name of one of the suspect's own is left out. */
    private static NvList payload(Diagnosis diagnosis) {
        NvList.Builder payload = NvList.builder();
        diagnosis.payload().forEach((name, value) -> {
            if (Suspect.OWN_MEMBERS.contains(name)) {
                return;
            }
            if (value instanceof Value.Num number) {
                payload.uint64(name, number.bits());
            } else {
                payload.string(name, value.text());
            }
        });
        return payload.build();
    }

    /** The one suspect of a case that could not be diagnosed: nobody is to be told, nothing to be done. */
    static Suspect unexpected(Outcome.Undiagnosable case_, Topology topology) {
        boolean crowded = case_.reason() == Reason.TOO_MANY;
        Outcome.Observed first = case_.observed().get(0);
        NvList.Builder payload = NvList.builder()
                .string("reason", case_.reason().word())
                .string("explanation", case_.reason().sentence())
                .string("detector", first.detector());
        payload.strings(
                "observed",
                case_.observed().stream()
                        .map(o -> o.event() == null ? o.detector() : o.event().toString())
                        .toList());
        return new Suspect(
                UNEXPECTED,
                100,
                crowded ? null : resource(first.event(), topology),
                null,
                null,
                null,
                false,
                false,
                false,
                payload.build());
    }

    private static @Nullable Fmri resource(@Nullable EventKey event, Topology topology) {
        if (event == null) {
            return null;
        }
        TopoPath path = event.path();
        TopoNode node = topology.at(path);
        return node == null ? path.toHc() : node.resource();
    }
}
