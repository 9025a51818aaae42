// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import org.fmd.eversholt.syntax.Expr;
import org.fmd.eversholt.syntax.PathIndex;

/** What the value of a property must be (eversholt reference §3.2). */
enum PropertyType {
    NUMBER("a number"),
    NUMBER_OR_CALL("a number or a function call"),
    TIME("a time such as 24h"),
    STRING("a string"),
    WORD("one plain name"),
    CALL("a function call"),
    SERD("a SERD engine with its path, such as serd.x@disk"),
    STAT("a stat engine with its path, such as stat.x@disk"),
    TRIP("an ereport with its path, such as ereport.x@disk"),
    FRU("a path declared with fru"),
    ASRU("a path declared with asru"),
    GLOBAL("a global variable such as $g"),
    METHOD("volatile or persistent");

    private final String words;

    PropertyType(String words) {
        this.words = words;
    }

    /** For messages: {@code a number}. */
    String words() {
        return words;
    }

    /** Whether a value has the type as far as it shows by itself. */
    boolean fits(Expr value) {
        return switch (this) {
            case NUMBER -> value instanceof Expr.Num;
            case NUMBER_OR_CALL -> value instanceof Expr.Num || value instanceof Expr.Call;
            case TIME -> value instanceof Expr.Time;
            case STRING -> value instanceof Expr.Str;
            case WORD -> isWord(value);
            case CALL -> value instanceof Expr.Call;
            case SERD -> isEngine(value, "serd");
            case STAT -> isEngine(value, "stat");
            case TRIP -> value instanceof Expr.EventValue;
            case FRU, ASRU -> value instanceof Expr.PathValue;
            case GLOBAL -> value instanceof Expr.Global;
            case METHOD ->
                isWord(value)
                        && (value.toString().equals("volatile")
                                || value.toString().equals("persistent"));
        };
    }

    private static boolean isWord(Expr value) {
        return value instanceof Expr.PathValue path
                && path.path().components().size() == 1
                && path.path().components().get(0).index() instanceof PathIndex.None;
    }

    private static boolean isEngine(Expr value, String kind) {
        return value instanceof Expr.EventValue event
                && event.event().name().kindWord().equals(kind)
                && event.event().path() != null;
    }
}
