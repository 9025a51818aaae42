// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.syslog;

import java.util.Locale;
import org.fmd.model.event.ListKind;

/** How urgent a message is, with the number of RFC 5424 §6.2.1. */
enum LogLevel {
    CRIT(2),
    ERR(3),
    WARNING(4),
    NOTICE(5);

    private final int number;

    LogLevel(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** A diagnosis is as urgent as its severity; what follows on it is news. */
    static LogLevel of(ListKind kind, String severity) {
        if (kind != ListKind.SUSPECT) {
            return NOTICE;
        }
        return switch (severity.toLowerCase(Locale.ROOT)) {
            case "critical" -> CRIT;
            case "minor" -> WARNING;
            default -> ERR;
        };
    }
}
