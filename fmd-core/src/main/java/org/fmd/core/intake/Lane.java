// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.intake;

import java.util.List;
import java.util.regex.Pattern;
import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;

/** How much an ereport matters while there is no room for all (fmd reference §8.2). */
enum Lane {
    HIGH,
    LOW;

    /** What is said once and is a verdict: of a pool about its vdevs, of a disk or an enclosure about its own health. */
    private static final List<Pattern> VERDICTS = List.of(
            Pattern.compile("ereport\\.fs\\.zfs\\.(vdev\\..*|zpool|io_failure|probe_failure|log_replay)"),
            Pattern.compile("ereport\\.io\\.[a-z]+\\.disk\\.(predictive-failure|over-temperature|self-test-failure)"),
            Pattern.compile("ereport\\.io\\.(sas\\.log|enclosure|ses)\\..*"));

    /**
     * Returns the lane: high for what a device made of itself with the verdict {@code fatal}, for verdicts of pools, disks and
     * enclosures about themselves, and for the daemon's own.
     */
    static Lane of(Ereport ereport) {
        String name = ereport.eventClass().name();
        if (name.startsWith("ereport.fm.")) {
            return HIGH;
        }
        boolean byDevice = ereport.detector() instanceof HcFmri
                || (ereport.detector() instanceof DevFmri dev && dev.devid() != null);
        if (byDevice && "fatal".equals(ereport.driverAssessment())) {
            return HIGH;
        }
        return VERDICTS.stream().anyMatch(verdict -> verdict.matcher(name).matches()) ? HIGH : LOW;
    }

    /** Returns whether the ereport says how the way to a device is, which comes in storms: a class with a part {@code tran}. */
    static boolean isTransport(Ereport ereport) {
        String name = ereport.eventClass().name();
        return name.endsWith(".tran") || name.contains(".tran.");
    }

    /** Returns the name under which ereports of one detector are counted: the path of a device without its identity. */
    static String detector(Ereport ereport) {
        if (ereport.detector() instanceof DevFmri dev) {
            return dev.devicePath();
        }
        return ereport.detector() == null ? "unknown" : ereport.detector().toString();
    }
}
