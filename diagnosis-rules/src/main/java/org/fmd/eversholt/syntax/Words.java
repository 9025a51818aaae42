// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import org.jspecify.annotations.Nullable;

/** The words of one file, those met lately made once: a rule file says the same few over and over. */
final class Words {
    private static final int SLOTS = 1024;

    private final @Nullable String[] known = new String[SLOTS];

    /** The characters {@code [start, end)} of a text. */
    String of(String text, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        int slot = (hash ^ hash >>> 12) & (SLOTS - 1);
        String word = known[slot];
        if (word == null || word.length() != end - start || !text.startsWith(word, start)) {
            word = text.substring(start, end);
            known[slot] = word;
        }
        return word;
    }
}
