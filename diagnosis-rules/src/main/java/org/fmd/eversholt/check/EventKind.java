// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    private static final Map<String, EventKind> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(EventKind::word, Function.identity()));

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
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
