// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import java.time.Instant;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;

/** Ereports as they come in a storm; each has a number of its own. */
final class Storms {
    static final String TRAN = "ereport.io.scsi.cmd.disk.tran";
    static final String MERR = "ereport.io.scsi.cmd.disk.dev.rqs.merr";
    static final String DERR = "ereport.io.scsi.cmd.disk.dev.rqs.derr";

    private Storms() {}

    /** The way to a device failed: the low lane. */
    static Ereport transport(int device, Instant tod, int number) {
        return of(TRAN, DevFmri.ofPath("/devices/" + device), "fatal", tod, number);
    }

    /** A disk got over an error of its own: the low lane. */
    static Ereport recovered(int device, Instant tod, int number) {
        return of(MERR, new DevFmri("/devices/" + device, "id1,sd@n" + device, null), "recovered", tod, number);
    }

    /** A disk did not: the high lane. */
    static Ereport fatal(int device, Instant tod, int number) {
        return of(DERR, new DevFmri("/devices/" + device, "id1,sd@n" + device, null), "fatal", tod, number);
    }

    private static Ereport of(String name, DevFmri detector, String assessment, Instant tod, int number) {
        NvList payload = NvList.builder()
                .string("driver-assessment", assessment)
                .uint32("n", number)
                .build();
        return new Ereport(new EventClass(name), tod, Ena.UNKNOWN, detector, payload);
    }

    static long number(Ereport ereport) {
        return ereport.payload().number("n").orElseThrow();
    }
}
