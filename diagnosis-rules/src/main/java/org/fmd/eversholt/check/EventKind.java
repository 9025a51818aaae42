// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of event (eversholt reference §3.1); the first word of a class decides. */
public enum EventKind {
    /** Something broken. */
    FAULT,
    /** A design or software error. */
    DEFECT,
    /** A transient disturbance that heals itself. */
    UPSET,
    /** An intermediate effect nobody sees. */
    ERROR,
    /** An observable report. */
    EREPORT;

    private static final List<EventKind> ALL = List.of(values());

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /** True for what can explain a set of reports: fault, defect and upset. */
    public boolean isProblem() {
        return this == FAULT || this == DEFECT || this == UPSET;
    }

    /** The kind of a class's first word, empty for any other word ({@code serd} and {@code stat} included). */
    public static Optional<EventKind> of(String word) {
        for (EventKind kind : ALL) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
