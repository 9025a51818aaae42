// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.Locale;
import java.util.Optional;

/** The kinds of event; the first component of a class decides (fmd reference §1.2). */
public enum Family {
    EREPORT("Ereports"),
    FAULT("Faults"),
    DEFECT("Defects"),
    UPSET("Upsets"),
    ALERT("Alerts"),
    LIST("The life of a case"),
    IREPORT("Information");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    /** Returns the first component of its classes: {@code ereport}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the heading of its part of a report. */
    public String title() {
        return title;
    }

    /** Returns whether its classes stand in the suspect list of a case and so have a category. */
    public boolean isSuspect() {
        return this == FAULT || this == DEFECT;
    }

    /** Returns the family of that word, empty if there is none. */
    public static Optional<Family> of(String word) {
        return Words.find(values(), Family::word, word);
    }
}
