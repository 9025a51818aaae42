// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The built-in functions (eversholt reference §4.5): name, what the arguments must look like, when it is known. */
public enum Function {
    WITHIN("within", When.BUILD, 1, 2, Shape.WINDOW),
    CONFPROP("confprop", When.BUILD, 2, 2, Shape.PATH, Shape.STRING),
    CONFPROP_DEFINED("confprop_defined", When.BUILD, 2, 2, Shape.PATH, Shape.STRING),
    IS_PRESENT("is_present", When.BUILD, 1, 1, Shape.PATH),
    IS_UNDER("is_under", When.BUILD, 2, 2, Shape.PATH, Shape.PATH),
    IS_CONNECTED("is_connected", When.BUILD, 2, 2, Shape.PATH, Shape.PATH),
    IS_ON("is_on", When.BUILD, 1, 1, Shape.PATH),
    IS_TYPE("is_type", When.BUILD, 1, 1, Shape.PATH),
    HAS_FAULT("has_fault", When.BUILD, 2, 2, Shape.PATH, Shape.STRING),
    COUNT("count", When.BUILD, 1, 1, Shape.COUNTER),
    FRU("fru", When.RUN, 1, 1, Shape.PATH),
    ASRU("asru", When.RUN, 1, 1, Shape.PATH),
    PAYLOADPROP("payloadprop", When.RUN, 1, 1, Shape.STRING),
    PAYLOADPROP_DEFINED("payloadprop_defined", When.RUN, 1, 1, Shape.STRING),
    PAYLOADPROP_CONTAINS("payloadprop_contains", When.RUN, 2, 2, Shape.STRING, Shape.VALUE),
    SETPAYLOADPROP("setpayloadprop", When.RUN, 2, 2, Shape.STRING, Shape.VALUE),
    SETSERDSUFFIX("setserdsuffix", When.RUN, 1, 1, Shape.VALUE),
    SETSERDN("setserdn", When.RUN, 1, 1, Shape.VALUE),
    SETSERDT("setserdt", When.RUN, 1, 1, Shape.VALUE),
    SETSERDINCREMENT("setserdincrement", When.RUN, 1, 1, Shape.VALUE),
    DEFINED("defined", When.RUN, 1, 1, Shape.GLOBAL),
    CAT("cat", When.RUN, 1, Integer.MAX_VALUE, Shape.VALUE),
    CALL("call", When.RUN, 2, Integer.MAX_VALUE, Shape.STRING_LIKE, Shape.VALUE),
    CONFCALL("confcall", When.RUN, 1, Integer.MAX_VALUE, Shape.STRING, Shape.VALUE),
    ENVPROP("envprop", When.RUN, 1, 1, Shape.STRING);

    /** When the value is known. */
    public enum When {
        /** While the instance graph is built, if the arguments are known then. */
        BUILD,
        /** Not before the engine runs. */
        RUN
    }

    /** What an argument must look like. */
    public enum Shape {
        /** A component path, or {@code fru()} or {@code asru()} of one: {@link Term.PathTerm} or {@link Term.Call}. */
        PATH("a path"),
        /** A string literal: {@link Term.Text}. */
        STRING("a string"),
        /** A string or a call that yields one. */
        STRING_LIKE("a string"),
        /** {@code $g}: {@link Term.Global}. */
        GLOBAL("a global variable"),
        /** {@code stat.x@path}: {@link Term.Counter}. */
        COUNTER("a stat engine"),
        /** 0, {@code infinity} or a time value: {@link Term.Num} in nanoseconds. */
        WINDOW("0, infinity or a time value"),
        /** Any expression. */
        VALUE("an expression");

        private final String words;

        Shape(String words) {
            this.words = words;
        }

        /** For messages: {@code a path}. */
        public String words() {
            return words;
        }
    }

    private final String word;
    private final When when;
    private final int least;
    private final int most;
    private final Shape first;
    private final Shape rest;

    Function(String word, When when, int least, int most, Shape first) {
        this(word, when, least, most, first, first);
    }

    private static final Map<String, Function> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toMap(Function::word, java.util.function.Function.identity()));

    Function(String word, When when, int least, int most, Shape first, Shape rest) {
        this.word = word;
        this.when = when;
        this.least = least;
        this.most = most;
        this.first = first;
        this.rest = rest;
    }

    /** The name in rules. */
    public String word() {
        return word;
    }

    public When when() {
        return when;
    }

    /** The least number of arguments. */
    public int least() {
        return least;
    }

    /** The greatest number of arguments; {@link Integer#MAX_VALUE} for no limit. */
    public int most() {
        return most;
    }

    /** The shape of an argument, counted from 0; the last one given repeats. */
    public Shape shape(int argument) {
        return argument == 0 ? first : rest;
    }

    /** True for the {@code set...} family: a value is noted for the suspect, the result is 1. */
    public boolean hasSideEffect() {
        return switch (this) {
            case SETPAYLOADPROP, SETSERDSUFFIX, SETSERDN, SETSERDT, SETSERDINCREMENT -> true;
            default -> false;
        };
    }

    public static Optional<Function> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
