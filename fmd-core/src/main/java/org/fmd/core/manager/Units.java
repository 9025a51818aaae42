// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.util.Map;
import java.util.Set;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.EventClass;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * What the hardware says about a suspect: the units that can be taken out or replaced, and whether they are still there (fmd
 * reference §1.3 and §1.6).
 */
final class Units {
    /** Payload members that narrow the resource down, and hence belong into its name. */
    private static final Set<String> SPECIFIC = Set.of("offset", "physaddr");

    private Units() {}

    /** Whether a unit is where it was. */
    enum Presence {
        UNKNOWN,
        PRESENT,
        ABSENT,
        /** Its place holds another one. */
        REPLACED
    }

    /**
     * Returns the suspect with the ASRU, FRU and label that the hardware has for its resource, which count more than what the
     * rules said; a suspect that names a range of a disk has that range as its ASRU.
     */
    static Suspect complete(Suspect suspect, Topology topology) {
        TopoNode node = topology.find(suspect.resource());
        Fmri asru = suspect.asru();
        Fmri fru = suspect.fru();
        String location = suspect.location();
        if (node != null && suspect.eventClass().isA("fault")) {
            asru = node.asru() != null ? node.asru() : asru;
            fru = node.fru() != null ? node.fru() : fru;
            location = node.label() != null ? node.label() : location;
        }
        Fmri resource = node != null ? node.resource() : suspect.resource();
        NvList specific = specific(suspect.payload());
        if (!specific.isEmpty() && resource instanceof HcFmri hc) {
            HcFmri range = hc.withSpecific(specific);
            resource = range;
            asru = range;
        }
        EventClass eventClass = suspect.eventClass();
        return new Suspect(
                eventClass,
                suspect.certainty(),
                resource,
                asru,
                fru,
                location,
                suspect.retire(),
                suspect.response(),
                suspect.message(),
                withoutSpecific(suspect.payload()));
    }

    private static NvList specific(NvList payload) {
        NvList.Builder specific = NvList.builder();
        for (Map.Entry<String, NvValue> member : payload.asMap().entrySet()) {
            if (SPECIFIC.contains(member.getKey()) && member.getValue() instanceof NvValue.Int number) {
                specific.uint64(member.getKey(), number.value());
            }
        }
        return specific.build();
    }

    private static NvList withoutSpecific(NvList payload) {
        NvList.Builder rest = payload.toBuilder();
        SPECIFIC.forEach(rest::remove);
        return rest.build();
    }

    /**
     * Asks the ASRU, then the resource, then the FRU; the first that knows answers. A part that was moved to another place is
     * still there.
     */
    static Presence presence(Suspect suspect, Topology topology) {
        if (topology.nodes().isEmpty()) {
            return Presence.UNKNOWN;
        }
        for (Fmri unit : new @Nullable Fmri[] {suspect.asru(), suspect.resource(), suspect.fru()}) {
            Presence answer = presence(unit, topology);
            if (answer == Presence.PRESENT || isElsewhere(unit, topology)) {
                return Presence.PRESENT;
            }
            if (answer == Presence.REPLACED || (answer == Presence.ABSENT && !isReplaced(suspect.fru(), topology))) {
                return answer;
            }
        }
        return isReplaced(suspect.fru(), topology) ? Presence.REPLACED : Presence.UNKNOWN;
    }

    private static boolean isReplaced(@Nullable Fmri fru, Topology topology) {
        return presence(fru, topology) == Presence.REPLACED;
    }

    private static boolean isElsewhere(@Nullable Fmri unit, Topology topology) {
        String serial = unit instanceof HcFmri hc ? hc.serial() : null;
        return serial != null && topology.bySerial(serial) != null;
    }

    private static Presence presence(@Nullable Fmri unit, Topology topology) {
        if (unit instanceof DevFmri dev) {
            return topology.find(dev) != null ? Presence.PRESENT : Presence.ABSENT;
        }
        if (unit instanceof HcFmri hc) {
            TopoNode node = topology.find(hc);
            if (node == null) {
                return Presence.ABSENT;
            }
            String there = node.resource() instanceof HcFmri now ? now.serial() : null;
            if (hc.serial() == null || there == null) {
                return Presence.PRESENT;
            }
            return hc.serial().equals(there) ? Presence.PRESENT : Presence.REPLACED;
        }
        return Presence.UNKNOWN;
    }
}
