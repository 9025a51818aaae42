// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code set...} functions noted for a suspect. Not safe for several threads. */
public final class Effects {
    /** Nothing was noted, and what is noted here is lost. */
    public static final Effects NONE = new Effects(true);

    private final boolean deaf;
    private final Map<String, Value> payload = new LinkedHashMap<>();
    private String suffix = "";
    private @Nullable Value n;
    private @Nullable Value time;
    private @Nullable Value increment;

    public Effects() {
        this(false);
    }

    private Effects(boolean deaf) {
        this.deaf = deaf;
    }

    /** As they were noted before. */
    public static Effects of(
            Map<String, Value> payload,
            String suffix,
            @Nullable Value n,
            @Nullable Value time,
            @Nullable Value increment) {
        Effects effects = new Effects();
        effects.payload.putAll(payload);
        effects.suffix = suffix;
        effects.n = n;
        effects.time = time;
        effects.increment = increment;
        return effects;
    }

    void payload(String member, Value value) {
        if (!deaf) {
            payload.put(member, value);
        }
    }

    void suffix(String text) {
        suffix = deaf ? suffix : text;
    }

    void n(Value value) {
        n = deaf ? n : value;
    }

    void time(Value value) {
        time = deaf ? time : value;
    }

    void increment(Value value) {
        increment = deaf ? increment : value;
    }

    /** Adds what another one noted; its values replace those of the same name. */
    public void take(Effects later) {
        payload.putAll(later.payload);
        suffix = later.suffix.isEmpty() ? suffix : later.suffix;
        n = later.n == null ? n : later.n;
        time = later.time == null ? time : later.time;
        increment = later.increment == null ? increment : later.increment;
    }

    /** Members for the published suspect, in the order in which they were first set. */
    public Map<String, Value> payload() {
        return Collections.unmodifiableMap(payload);
    }

    /** What tells the suspect's SERD engine apart, empty for nothing. */
    public String suffix() {
        return suffix;
    }

    /** The N that was set, null if none was. */
    public @Nullable Value n() {
        return n;
    }

    /** The T that was set, a number of nanoseconds or a text with a unit; null if none was. */
    public @Nullable Value time() {
        return time;
    }

    /** How many records one conclusion makes, null for one. */
    public @Nullable Value increment() {
        return increment;
    }
}
