// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.Locale;

/** How bad an {@link Issue} is. */
public enum Severity {
    /** The program is refused. */
    ERROR,
    /** Probably not what was meant. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
