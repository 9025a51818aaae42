// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.ListEvent;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.fmri.HcFmri;

/**
 * Which suspects this agent looks at, and for which of them the diagnosis itself forbids to act.
 *
 * @param exceptions patterns of classes that are never retired automatically
 */
record SuspectPolicy(List<String> exceptions) {
    private static final List<String> DISK_CLASSES = List.of("fault.io.disk.*", "fault.io.scsi.*");

    /** A class with one of these words blames what leads to the disk, not the disk. */
    private static final Set<String> NOT_THE_DISK = Set.of(
            "tran",
            "transport",
            "link",
            "cable",
            "port",
            "target-port",
            "path",
            "phy",
            "sas",
            "expander",
            "hba",
            "controller",
            "firmware",
            "power",
            "psu",
            "enclosure",
            "bay",
            "slot");

    SuspectPolicy {
        exceptions = List.copyOf(exceptions);
    }

    static boolean blamesDisk(EventClass eventClass) {
        return DISK_CLASSES.stream().anyMatch(eventClass::matches)
                && List.of(eventClass.name().split("\\.")).stream().noneMatch(NOT_THE_DISK::contains);
    }

    /** Returns the identity of the disk that the suspect's ASRU names, empty if it names none. */
    static Optional<String> devid(Suspect suspect) {
        return suspect.asru() instanceof DevFmri dev ? Optional.ofNullable(dev.devid()) : Optional.empty();
    }

    /** Returns why the suspect must stay in service, judged by the diagnosis alone; empty if nothing speaks against it. */
    Optional<String> objection(ListEvent event, int index) {
        Suspect suspect = event.suspects().get(index);
        if (!suspect.retire()) {
            return Optional.of("the rules want it to stay in service (retire=false)");
        }
        if (!suspect.response()) {
            return Optional.of("the rules want no response (response=false)");
        }
        Optional<String> unit = objectionToUnit(suspect.asru());
        if (unit.isPresent()) {
            return unit;
        }
        if (suspect.eventClass().matches("fault.io.disk.predictive-failure") && isException(suspect)) {
            return Optional.of("the failure is predicted and has not happened; the disk stays in service,"
                    + " replace it while it still works");
        }
        if (isException(suspect)) {
            return Optional.of(suspect.eventClass() + " is among the fault-exceptions: the disk stays in service");
        }
        return objectionOfCompany(event, index);
    }

    private boolean isException(Suspect suspect) {
        return exceptions.stream().anyMatch(suspect.eventClass()::matches);
    }

    private static Optional<String> objectionToUnit(@org.jspecify.annotations.Nullable Fmri asru) {
        if (asru == null) {
            return Optional.of("the diagnosis names nothing that could be taken out of service (no ASRU)");
        }
        if (asru instanceof HcFmri hc && hc.specific().contains("offset")) {
            return Optional.of("the fault is in blocks of the disk, the disk stays in service");
        }
        if (asru instanceof DevFmri dev) {
            return dev.devid() != null
                    ? Optional.empty()
                    : Optional.of(asru + " has no devid, so nobody can be sure which disk it is");
        }
        return Optional.of(asru + " is no device");
    }

    /** A list that also blames something else, or one of several disks, does not convict this disk. */
    private static Optional<String> objectionOfCompany(ListEvent event, int index) {
        Suspect suspect = event.suspects().get(index);
        for (int i = 0; i < event.suspects().size(); i++) {
            Suspect other = event.suspects().get(i);
            if (i == index || !event.statuses().get(i).isFaulty()) {
                continue;
            }
            if (!blamesDisk(other.eventClass())) {
                return Optional.of(
                        "the diagnosis also suspects " + other.eventClass() + ": the disk may only be what shows it");
            }
            if (suspect.certainty() < 100 && !devid(other).equals(devid(suspect))) {
                return Optional.of("it is one of several disks that the diagnosis suspects, with " + suspect.certainty()
                        + " % certainty");
            }
        }
        return Optional.empty();
    }
}
