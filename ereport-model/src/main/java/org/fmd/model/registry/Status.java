// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.Locale;
import java.util.Optional;

/** Whether events of a class are made, and how far they come. */
public enum Status {
    /** Something in the product makes it, and it reaches a log. */
    POSTED,
    /** Rules or dictionaries know it, and nothing in the product makes it yet. */
    DECLARED,
    /** It never leaves the diagnosis engine. */
    INTERNAL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the status of that name, empty if there is none. */
    public static Optional<Status> of(String word) {
        return Words.find(values(), Status::word, word);
    }

    @Override
    public String toString() {
        return word();
    }
}
