// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;

/** How much an ereport matters while there is no room for all. */
enum Lane {
    HIGH,
    LOW;

    /** Returns the lane: high for what a device made of itself with the verdict {@code fatal}, and for the daemon's own. */
    static Lane of(Ereport ereport) {
        if (ereport.eventClass().name().startsWith("ereport.fm.")) {
            return HIGH;
        }
        boolean byDevice = ereport.detector() instanceof HcFmri
                || (ereport.detector() instanceof DevFmri dev && dev.devid() != null);
        return byDevice && "fatal".equals(ereport.driverAssessment()) ? HIGH : LOW;
    }
}
