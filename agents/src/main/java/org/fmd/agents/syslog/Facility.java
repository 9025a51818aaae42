// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.syslog;

import java.util.Arrays;
import java.util.Locale;

/** Where the system log files a message, with the number of RFC 5424 §6.2.1. */
enum Facility {
    DAEMON(3),
    USER(1),
    LOCAL0(16),
    LOCAL1(17),
    LOCAL2(18),
    LOCAL3(19),
    LOCAL4(20),
    LOCAL5(21),
    LOCAL6(22),
    LOCAL7(23);

    private final int number;

    Facility(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String[] words() {
        return Arrays.stream(values()).map(Facility::word).toArray(String[]::new);
    }

    static Facility of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
