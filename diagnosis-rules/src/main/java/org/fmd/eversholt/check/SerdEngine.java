// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.List;
import org.fmd.eversholt.syntax.Span;
import org.jspecify.annotations.Nullable;

/**
 * A declared SERD engine: it fires when more than {@code n} events lie within {@code nanos}
 * (eversholt reference §3.3). The name's path is what the engine is cut to inside the problem's instance path.
 *
 * @param n unsigned
 * @param nanos the window T in nanoseconds
 * @param trip the class@path delivered inside when an upset's engine fires, or null. It is a declared ereport.
 * @param idGlobal the global whose value is appended to the engine's name ({@code id=$g}), or null
 */
public record SerdEngine(
        EventName name,
        long n,
        long nanos,
        @Nullable EventName trip,
        @Nullable String idGlobal,
        List<Span> declarations) {
    public SerdEngine {
        declarations = List.copyOf(declarations);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
