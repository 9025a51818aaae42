// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.List;
import java.util.Locale;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Expr;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Span;

/** Whether the arguments of a call have the shape its {@link Function} asks for. */
final class ArgumentChecks {
    private final Context context;

    ArgumentChecks(Context context) {
        this.context = context;
    }

    /** Whether the arguments are in order; if not, that is reported. */
    boolean check(Function function, Expr.Call call) {
        List<Expr> arguments = call.arguments();
        IssueCode code = function == Function.WITHIN ? IssueCode.WITHIN : IssueCode.ARGUMENT;
        if (arguments.size() < function.least() || arguments.size() > function.most()) {
            Span place = arguments.isEmpty() ? call.span() : arguments.get(0).span();
            context.add(code, place, function.word() + " takes " + wanted(function) + ", not " + arguments.size());
            return false;
        }
        if (function == Function.WITHIN) {
            return checkWindow(arguments);
        }
        for (int i = 0; i < arguments.size(); i++) {
            Function.Shape shape = function.shape(i);
            if (!fits(shape, arguments.get(i))) {
                String which = arguments.size() == 1 ? "its argument" : ordinal(i) + " argument";
                context.add(
                        code, arguments.get(i).span(), function.word() + ": " + which + " must be " + shape.words());
                return false;
            }
        }
        return true;
    }

    private static String wanted(Function function) {
        String least = function.least() == 1 ? "one argument" : function.least() + " arguments";
        if (function.most() == Integer.MAX_VALUE) {
            return "at least " + least;
        }
        return function.most() == function.least() ? least : function.least() + " or " + function.most() + " arguments";
    }

    private static String ordinal(int index) {
        return switch (index) {
            case 0 -> "the first";
            case 1 -> "the second";
            default -> String.format(Locale.ROOT, "argument %d, an", index + 1);
        };
    }

    private static boolean fits(Function.Shape shape, Expr argument) {
        return switch (shape) {
            case PATH ->
                argument instanceof Expr.PathValue
                        || (argument instanceof Expr.Call call
                                && (call.function().equals("fru")
                                        || call.function().equals("asru")));
            case STRING -> argument instanceof Expr.Str;
            case STRING_LIKE ->
                argument instanceof Expr.Str || argument instanceof Expr.Call || argument instanceof Expr.Global;
            case GLOBAL -> argument instanceof Expr.Global;
            case COUNTER -> argument instanceof Expr.EventValue;
            case WINDOW, VALUE -> true;
        };
    }

    private boolean checkWindow(List<Expr> arguments) {
        for (Expr argument : arguments) {
            if (!isBound(argument)) {
                context.add(IssueCode.WITHIN, argument.span(), "within takes a time such as 5s, infinity or 0");
                return false;
            }
        }
        if (arguments.size() == 2 && Long.compareUnsigned(nanos(arguments.get(0)), nanos(arguments.get(1))) > 0) {
            context.add(
                    IssueCode.WITHIN, arguments.get(0).span(), "within: the first time must not be after the second");
            return false;
        }
        return true;
    }

    private static boolean isBound(Expr argument) {
        return argument instanceof Expr.Time
                || (argument instanceof Expr.Num num && num.value() == 0)
                || (argument instanceof Expr.Name name && name.name().equals("infinity"));
    }

    private static long nanos(Expr argument) {
        if (argument instanceof Expr.Time time) {
            return time.nanos();
        }
        return argument instanceof Expr.Num ? 0 : Window.INFINITY_NANOS;
    }

    /** The window a {@code within} asks for; meaningful when {@link #check} had nothing to say. */
    Window window(Expr.Call within) {
        List<Expr> arguments = within.arguments();
        if (arguments.isEmpty()) {
            return new Window(0, 0, within.span());
        }
        long first = nanos(arguments.get(0));
        return arguments.size() == 1
                ? new Window(0, first, within.span())
                : new Window(first, nanos(arguments.get(1)), within.span());
    }

    /** True where the reference reads {@code within(0s)} as no window at all. */
    boolean meansNothing(Expr.Call within) {
        return !context.has(Decision.WINDOW_RANGES)
                && within.arguments().size() == 1
                && within.arguments().get(0) instanceof Expr.Time time
                && time.nanos() == 0;
    }
}
