// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.observation;

import org.fmd.model.event.EventClass;
import org.jspecify.annotations.Nullable;

/**
 * What can be said about a part in other words than those of the SCSI layer, and the class of its ereport. Names are those of
 * illumos where it has one (its DDI's {@code device} and {@code service} errors, for instance).
 */
public enum PartEvent {
    /** An adapter's firmware stopped with a fault that it does not mend itself. */
    DEVICE_FAULT(new EventClass("ereport.io.device.intern_uncorr"), null, 0),
    /** An adapter, link or disk did not answer in time. */
    NO_RESPONSE(new EventClass("ereport.io.device.no_response"), null, 0),
    /** Something goes on, but far too slowly. */
    STALLED(new EventClass("ereport.io.device.stall"), null, 0),
    SERVICE_LOST(new EventClass("ereport.io.service.lost"), null, 10),
    SERVICE_DEGRADED(new EventClass("ereport.io.service.degraded"), null, 10),
    SERVICE_RESTORED(new EventClass("ereport.io.service.restored"), null, 10),
    /** A log entry of a SAS adapter's firmware, which counts only where there are many. */
    SAS_LOG(new EventClass("ereport.io.sas.log.non-fatal"), "info", 0),
    SAS_LINK_DOWN(new EventClass("ereport.io.sas.link-down"), null, 0),
    /** A disk went from its place. */
    DISK_REMOVED(new EventClass("ereport.io.scsi.disk.removed"), null, 10),
    /** A disk is there, but cannot be made use of. */
    ATTACH_FAILED(new EventClass("ereport.io.scsi.disk.attach-failure"), "fatal", 60),
    FC_LINK_DOWN(new EventClass("ereport.io.fc.link-down"), null, 0),
    FC_LINK_UP(new EventClass("ereport.io.fc.link-up"), null, 0),
    /** A remote port did not come back in the time that it was given. */
    FC_PORT_LOST(new EventClass("ereport.io.fc.port-lost"), null, 0),
    ISCSI_CONNECTION_ERROR(new EventClass("ereport.io.iscsi.conn-error"), "retry", 1),
    ISCSI_CONNECTION_RESTORED(new EventClass("ereport.io.iscsi.conn-restored"), "recovered", 1),
    /** The driver resets an NVMe controller because it does not answer or says that it failed. */
    NVME_RESET(new EventClass("ereport.io.nvme.ctrl-reset"), null, 1),
    MD_MEMBER_FAILED(new EventClass("ereport.io.md.member-failed"), null, 10),
    /** An array has lost more members than it can do without. */
    MD_ARRAY_LOST(new EventClass("ereport.io.md.array-lost"), null, 10),
    MD_READ_CORRECTED(new EventClass("ereport.io.md.read-corrected"), "info", 0),
    PATH_FAILED(new EventClass("ereport.io.mpath.path-failed"), null, 10),
    PATH_RESTORED(new EventClass("ereport.io.mpath.path-restored"), null, 10),

    // ---- what only programs tell that watch disks ---------------------------------------------------

    PREDICTIVE_FAILURE(new EventClass("ereport.io.scsi.disk.predictive-failure"), null, 0),
    SELF_TEST_FAILURE(new EventClass("ereport.io.scsi.disk.self-test-failure"), null, 0),
    OVER_TEMPERATURE(new EventClass("ereport.io.scsi.disk.over-temperature"), null, 0),
    PENDING_SECTORS(new EventClass("ereport.io.scsi.disk.pending-sectors"), null, 0),
    /** An attribute that tells of age and use, not of damage. */
    USAGE_ATTRIBUTE(new EventClass("ereport.io.scsi.disk.usage-attribute"), "info", 0);

    private final EventClass eventClass;
    private final @Nullable String driverAssessment;
    private final int spellSeconds;

    PartEvent(EventClass eventClass, @Nullable String driverAssessment, int spellSeconds) {
        this.eventClass = eventClass;
        this.driverAssessment = driverAssessment;
        this.spellSeconds = spellSeconds;
    }

    public EventClass eventClass() {
        return eventClass;
    }

    /** Returns the driver's verdict that such a message stands for, null where it is none. */
    public @Nullable String driverAssessment() {
        return driverAssessment;
    }

    /** Returns for how many seconds the same of the same part is no news; 0 if each counts. */
    public int spellSeconds() {
        return spellSeconds;
    }
}
