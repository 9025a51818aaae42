// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.Optional;

/** How urgent a message code is (fmd reference §7.3), the most urgent first. */
public enum Severity {
    CRITICAL("Critical"),
    MAJOR("Major"),
    MINOR("Minor");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** Returns its name in texts and list events. */
    public String word() {
        return word;
    }

    /** Returns the severity of that name, empty if there is none. */
    public static Optional<Severity> of(String word) {
        return Words.find(values(), Severity::word, word);
    }

    @Override
    public String toString() {
        return word;
    }
}
