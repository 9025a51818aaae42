// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.fmd.eversholt.compile.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * What can be set for the engine.
 *
 * @param hesitateNanos how long an effect without a window is waited for
 * @param maxExercises how many exercises may be open, 0 for any number; what would open one more is not diagnosed
 * @param maxEngines how many SERD engines may hold events, 0 for any number; beyond, those with the oldest events go
 * @param overrides N and T by the class of a SERD engine with its suffix
 */
public record Settings(long hesitateNanos, int maxExercises, int maxEngines, Map<String, Limits> overrides) {
    public static final Settings DEFAULT = new Settings(10_000_000_000L, 0, Map.of());

    /** With any number of SERD engines. */
    public Settings(long hesitateNanos, int maxExercises, Map<String, Limits> overrides) {
        this(hesitateNanos, maxExercises, 0, overrides);
    }

    /** N and T of a SERD engine that the administrator has set. */
    public record Limits(int n, long nanos) {}

    public Settings {
        overrides = Map.copyOf(overrides);
    }

    /**
     * Reads {@code serd_override}: triplets {@code name,N,T} with blanks between them.
     *
     * @throws IllegalArgumentException for a text of another form
     */
    public static Map<String, Limits> overrides(String text) {
        Map<String, Limits> overrides = new LinkedHashMap<>();
        for (String triplet : text.strip().split("\\s+")) {
            String[] parts = triplet.split(",", -1);
            if (triplet.isEmpty()) {
                continue;
            }
            OptionalLong time = parts.length == 3 ? Numbers.time(parts[2]) : OptionalLong.empty();
            if (time.isEmpty() || !parts[1].matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException("'" + triplet
                        + "' is no override of a SERD engine; expected name,N,T" + " such as serd.io.disk,10,24h");
            }
            overrides.putIfAbsent(parts[0], new Limits(Integer.parseInt(parts[1]), time.getAsLong()));
        }
        return overrides;
    }

    /** One line that differs where a setting does. */
    String text() {
        return "hesitate " + hesitateNanos + ", maxfme " + maxExercises + ", maxserd " + maxEngines + ", serd_override "
                + new TreeMap<>(overrides);
    }

    /** Null if nothing is set for that name. */
    @Nullable
    Limits override(String engine) {
        return overrides.get(engine);
    }
}
