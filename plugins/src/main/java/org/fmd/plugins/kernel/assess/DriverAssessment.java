// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.util.Locale;

/** The driver's own verdict (fmd reference §2.1). */
public enum DriverAssessment {
    /** It failed, and would not have without a fault. */
    FATAL,
    /** It failed and will be tried again. */
    RETRY,
    /** A retry succeeded. */
    RECOVERED,
    /** It failed for a reason that is not the hardware's fault. */
    FAIL,
    /** Something was reported although nothing failed, or nothing that counts. */
    INFO;

    /** Returns the word in payload member {@code driver-assessment}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
