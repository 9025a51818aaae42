// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.fmd.api.AgentTask;
import org.fmd.api.Message;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.fmri.Fmri;

/** Tasks for agents, as the daemon would make them. */
public final class Tasks {
    public static final UUID CASE = UUID.fromString("1b6a1c9e-54a0-4b0d-9c1a-7a4f0a3c8d21");
    public static final UUID OTHER_CASE = UUID.fromString("c7c0a5f4-19d0-4cf0-8f9a-0a7c5a3b1e55");
    public static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    public static final String DERR = "fault.io.scsi.cmd.disk.dev.rqs.derr";

    private Tasks() {}

    public static Suspect suspect(String eventClass, Fmri asru) {
        return Suspect.of(new EventClass(eventClass), asru).withUnits(asru, asru, "Slot 07");
    }

    /** Returns a disk that reported a hardware error. */
    public static Suspect disk(String devid) {
        return suspect(DERR, new DevFmri("/devices/pci0000:00/host0/" + devid.hashCode(), devid, null));
    }

    public static ListEvent event(ListKind kind, UUID uuid, List<Suspect> suspects, List<SuspectStatus> statuses) {
        return new ListEvent(
                kind,
                NOON,
                uuid,
                "DISK-8000-3E",
                NOON,
                new FmdFmri("eft", "1.16"),
                "Critical",
                suspects.stream().allMatch(Suspect::message),
                false,
                suspects,
                statuses,
                List.of());
    }

    public static AgentTask task(ListEvent event) {
        return new AgentTask(event, message("Critical"), false);
    }

    public static AgentTask diagnosed(UUID uuid, Suspect... suspects) {
        List<Suspect> list = List.of(suspects);
        return task(event(
                ListKind.SUSPECT,
                uuid,
                list,
                list.stream().map(s -> SuspectStatus.FAULTY).toList()));
    }

    public static AgentTask repaired(UUID uuid, Suspect... suspects) {
        List<Suspect> list = List.of(suspects);
        SuspectStatus repaired = SuspectStatus.of(SuspectStatus.Bit.REPAIRED);
        return task(event(
                ListKind.REPAIRED, uuid, list, list.stream().map(s -> repaired).toList()));
    }

    public static Message message(String severity) {
        return new Message(
                "DISK-8000-3E",
                "Fault",
                severity,
                "The disk broke.",
                "It was retired.",
                "Less redundancy.",
                "Replace it.",
                """
                SUNW-MSG-ID: DISK-8000-3E, TYPE: Fault, VER: 1, SEVERITY: Critical
                EVENT-TIME: Wed Mar  4 12:00:00 UTC 2026
                DESC: The disk broke.

                REC-ACTION: Replace it.
                """);
    }
}
