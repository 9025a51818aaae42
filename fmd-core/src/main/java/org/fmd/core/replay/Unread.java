// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import org.jspecify.annotations.Nullable;

/** What could not be read of one input: how much, and the first of it. */
final class Unread {
    private final String input;
    private long count;
    private @Nullable String first;

    Unread(String input) {
        this.input = input;
    }

    /** Notes one more; {@code line} is 0 if the problem itself names the place. */
    void add(long line, String problem) {
        count++;
        if (first == null) {
            first = (line > 0 ? input + ":" + line : input) + ": " + problem;
        }
    }

    long count() {
        return count;
    }

    /** Returns place and problem of the first, null if there is none. */
    @Nullable
    String first() {
        return first;
    }
}
