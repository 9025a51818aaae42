// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import org.fmd.model.event.EventClass;

/** The classes of a disk's ereports (fmd reference §2.2). */
public enum ErrorClass {
    RECOVERED("recovered"),
    MERR("dev.rqs.merr"),
    DERR("dev.rqs.derr"),
    SERR("dev.serr"),
    UDERR("dev.uderr"),
    TRAN("tran");

    private final String leaf;
    private final EventClass eventClass;

    ErrorClass(String leaf) {
        this.leaf = leaf;
        this.eventClass = new EventClass("ereport.io.scsi.cmd.disk." + leaf);
    }

    public EventClass eventClass() {
        return eventClass;
    }

    /** Returns what stands behind {@code ereport.io.scsi.cmd.disk.} */
    @Override
    public String toString() {
        return leaf;
    }
}
