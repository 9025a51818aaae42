// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.event;

import java.util.Optional;

/** The steps in the life of a case that are told to agents (fmd reference §1.2 and §3.10), with fmdump's word for each. */
public enum ListKind {
    SUSPECT("list.suspect", "Diagnosed"),
    ISOLATED("list.isolated", "Isolated"),
    UPDATED("list.updated", "Updated"),
    REPAIRED("list.repaired", "Repaired"),
    RESOLVED("list.resolved", "Resolved");

    private final EventClass eventClass;
    private final String word;

    ListKind(String eventClass, String word) {
        this.eventClass = new EventClass(eventClass);
        this.word = word;
    }

    public EventClass eventClass() {
        return eventClass;
    }

    /** Returns the word that fmdump prints in its EVENT column. */
    public String word() {
        return word;
    }

    /** Returns the kind whose class that is, empty if it is none. */
    public static Optional<ListKind> of(EventClass eventClass) {
        for (ListKind kind : values()) {
            if (kind.eventClass.equals(eventClass)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
