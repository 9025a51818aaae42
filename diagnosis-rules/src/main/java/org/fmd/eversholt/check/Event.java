// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.List;
import org.fmd.eversholt.syntax.Span;
import org.jspecify.annotations.Nullable;

/**
 * One declared event, its declarations merged.
 *
 * @param declarations where it is declared, in the order read; never empty
 * @param window the {@code within} of its first declaration, or null
 * @param properties what its declarations say about it
 */
public record Event(
        EventName name,
        EventKind kind,
        List<Span> declarations,
        @Nullable Window window,
        Properties properties) {
    public Event {
        declarations = List.copyOf(declarations);
    }

    /** The first declaration. */
    public Span declared() {
        return declarations.get(0);
    }

    /**
     * The properties of an event (eversholt reference §3.2). Those that do not belong to the kind are absent.
     *
     * @param fitRate {@code FITrate}, a {@link Term.Num} or a {@link Term.Call}; null means 1, as does 0
     * @param fru what a person replaces: declared path, names only, to be cut out of the instance path
     * @param asru what the system can take out of service, in the same form
     * @param engine the SERD engine that holds this problem back
     * @param counter the stat engine raised when a fault is published ({@code count=})
     * @param message number or call; 0 tells no one. Null where not declared, like the next two
     * @param retire number or call, a flag for agents when 0
     * @param response number or call, a flag for agents when 0
     * @param action evaluated just before publication, its result ignored
     * @param discardIfUnknown whether reports of this class from unknown components are dropped in silence; the
     *     effect is per class, see {@link Program#discards}
     */
    public record Properties(
            @Nullable Term fitRate,
            @Nullable List<String> fru,
            @Nullable List<String> asru,
            @Nullable SerdEngine engine,
            @Nullable StatEngine counter,
            @Nullable Term message,
            @Nullable Term retire,
            @Nullable Term response,
            Term.@Nullable Call action,
            boolean discardIfUnknown) {

        /** No property at all. */
        public static final Properties NONE =
                new Properties(null, null, null, null, null, null, null, null, null, false);

        public Properties {
            fru = fru == null ? null : List.copyOf(fru);
            asru = asru == null ? null : List.copyOf(asru);
        }
    }

    /** Two events are the same when their names are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Event event && event.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
