// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All that is wrong with a configuration, so that it can be mended in one go. */
public final class Problems {
    private final List<String> texts = new ArrayList<>();

    /** Adds a problem: where, and what. */
    public void add(String place, String text) {
        texts.add(place + ": " + text);
    }

    public List<String> texts() {
        return List.copyOf(texts);
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    /** Returns {@code ; did you mean 'x'?} for the known name that is nearest to what was written, or nothing. */
    static String suggestion(String written, Collection<String> known) {
        Optional<String> nearest = known.stream()
                .filter(name -> distance(written, name) <= Math.max(1, name.length() / 4))
                .min((a, b) -> Integer.compare(distance(written, a), distance(written, b)));
        return nearest.map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** The number of letters to insert, drop or change. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
