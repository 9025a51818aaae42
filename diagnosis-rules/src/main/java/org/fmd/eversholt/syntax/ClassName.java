// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/**
 * The dotted name of an event or engine as written, blanks removed: {@code ereport.io.sas-expander.fail}.
 *
 * <p>The first component decides the kind (eversholt reference §3.1); the parser does not judge it.
 */
public record ClassName(String text, Span span) implements Node {
    /** The first component, {@code ereport} in {@code ereport.io.disk}. */
    public String kindWord() {
        int dot = text.indexOf('.');
        return dot < 0 ? text : text.substring(0, dot);
    }

    @Override
    public String toString() {
        return text;
    }
}
