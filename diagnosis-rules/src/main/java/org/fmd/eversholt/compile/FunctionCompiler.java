// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.Term;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvName;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/** The built-in functions (eversholt reference §4.5). */
final class FunctionCompiler {
    private static final Set<String> YES = Set.of("yes", "YES", "y", "Y", "true", "TRUE", "t", "T", "1");

    private final ExpressionCompiler compiler;

    FunctionCompiler(ExpressionCompiler compiler) {
        this.compiler = compiler;
    }

    Expression compile(Term.Call call) {
        List<Term> arguments = call.arguments();
        return switch (call.function()) {
            case WITHIN -> scope -> Value.Num.ONE; // Its meaning is the arrow's window; as a condition it is true.
            case CONFPROP -> property(call, text -> new Value.Text(text == null ? "" : text));
            case CONFPROP_DEFINED -> property(call, text -> Value.of(text != null));
            case IS_PRESENT -> onPath(call, (s, p) -> Value.of(s.isPresent(p)));
            case IS_ON -> onPath(call, (s, p) -> Value.of(YES.contains(either(s, p, "on", "ON"))));
            case IS_TYPE -> onPath(call, (s, p) -> new Value.Text(either(s, p, "type", "TYPE")));
            case IS_UNDER -> onPaths(call, FunctionCompiler::under);
            case IS_CONNECTED -> {
                compiler.noteNumbers(); // It reads paths as texts.
                yield onPaths(call, FunctionCompiler::connected);
            }
            case HAS_FAULT -> hasFault(call);
            case COUNT -> count(call);
            case FRU, ASRU -> {
                Expression path = compiler.compile(arguments.get(0));
                yield scope -> scope.building() ? Value.Absent.DEFERRED : path.evaluate(scope);
            }
            case PAYLOADPROP -> payload(call, (member, list) -> PayloadMember.value(member.find(list)));
            case PAYLOADPROP_DEFINED -> payload(call, (member, list) -> Value.of(member.defined(list)));
            case PAYLOADPROP_CONTAINS -> contains(call);
            case SETPAYLOADPROP -> setPayload(call);
            case SETSERDSUFFIX -> setter(call, (e, v) -> e.suffix(decimal(v)));
            case SETSERDN -> setter(call, Effects::n);
            case SETSERDT -> setter(call, Effects::time);
            case SETSERDINCREMENT -> setter(call, Effects::increment);
            case DEFINED -> defined((Term.Global) arguments.get(0));
            case CAT -> cat(call);
            case CONFCALL -> scope -> scope.building() ? Value.Absent.DEFERRED : Value.Absent.UNDEFINED;
            case CALL, ENVPROP ->
                scope -> scope.undefined(call.span(), call.function().word() + "() is not supported");
        };
    }

    private static String text(Term.Call call, int argument) {
        return ((Term.Text) call.arguments().get(argument)).value();
    }

    /** A path argument; inside a path function {@code fru(x)} and {@code asru(x)} are x at any time. */
    private Expression path(Term term) {
        if (term instanceof Term.PathTerm path) {
            return compiler.place(path);
        }
        return term instanceof Term.Call inner ? path(inner.arguments().get(0)) : compiler.compile(term);
    }

    private Expression onPath(Term.Call call, BiFunction<Scope, TopoPath, Value> function) {
        Expression path = path(call.arguments().get(0));
        return scope -> path.evaluate(scope) instanceof Value.Place place
                ? function.apply(scope, place.path())
                : Value.Absent.UNDEFINED;
    }

    /** A function of two places. */
    private interface OfTwo {
        boolean test(Scope scope, TopoPath one, TopoPath other);
    }

    private Expression onPaths(Term.Call call, OfTwo function) {
        Expression first = path(call.arguments().get(0));
        Expression second = path(call.arguments().get(1));
        return scope ->
                first.evaluate(scope) instanceof Value.Place one && second.evaluate(scope) instanceof Value.Place other
                        ? Value.of(function.test(scope, one.path(), other.path()))
                        : Value.Absent.UNDEFINED;
    }

    private Expression property(Term.Call call, Function<@Nullable String, Value> result) {
        String name = text(call, 1);
        return onPath(call, (scope, path) -> {
            String text = scope.property(path, name);
            if (text == null && name.equals("class-code")) {
                text = scope.property(path, "CLASS-CODE");
            }
            return result.apply(text);
        });
    }

    private static String either(Scope scope, TopoPath path, String name, String otherName) {
        String text = scope.property(path, name);
        String other = text == null ? scope.property(path, otherName) : text;
        return other == null ? "" : other;
    }

    private static boolean under(Scope scope, TopoPath above, TopoPath below) {
        int depth = above.steps().size();
        return below.steps().size() >= depth && below.steps().subList(0, depth).equals(above.steps());
    }

    private static boolean connected(Scope scope, TopoPath one, TopoPath other) {
        return one.equals(other) || names(scope, one, other) || names(scope, other, one);
    }

    private static boolean names(Scope scope, TopoPath from, TopoPath to) {
        String wanted = to.toString();
        for (String word : either(scope, from, "connected", "CONNECTED").split("[ ,]+")) {
            if (word.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    private Expression hasFault(Term.Call call) {
        String pattern = text(call, 1);
        return frozen(onPath(call, (scope, path) -> {
            return Value.of(scope.hasFault(path, pattern));
        }));
    }

    private Expression count(Term.Call call) {
        Term.Counter counter = (Term.Counter) call.arguments().get(0);
        compiler.notePath(counter.path());
        return frozen(scope -> {
            TopoPath path = scope.resolve(counter.path());
            return path == null
                    ? scope.undefined(counter.span(), "no number for an iterator of " + counter)
                    : new Value.Num(scope.count(counter.engine().name().eventClass(), path));
        });
    }

    /** An answer must not change while an exercise is open: the one that the graph was built on is remembered. */
    private Expression frozen(Expression expression) {
        int slot = compiler.freeze(expression);
        return scope -> {
            Value known = scope.binding().frozen(slot);
            return known == null ? expression.evaluate(scope) : known;
        };
    }

    private static Expression payload(Term.Call call, BiFunction<PayloadMember, NvList, Value> result) {
        PayloadMember member = PayloadMember.of(text(call, 0));
        return scope -> {
            NvList payload = scope.payload();
            return payload == null ? Value.Absent.DEFERRED : result.apply(member, payload);
        };
    }

    /** Takes a plain member name, no path; never compares a number with a text. */
    private Expression contains(Term.Call call) {
        NvName member = new NvName(text(call, 0));
        Expression wanted = compiler.compile(call.arguments().get(1));
        String noWanted = ExpressionCompiler.noValue(call.arguments().get(1));
        String differ = "'" + member + "' and what it is compared with differ in type";
        return scope -> {
            NvList payload = scope.payload();
            Value want = wanted.evaluate(scope);
            if (payload == null || want == Value.Absent.DEFERRED) {
                return Value.Absent.DEFERRED;
            }
            NvValue have = member.in(payload);
            if (have == null) {
                return Value.Num.ZERO;
            }
            if (want == Value.Absent.UNDEFINED) {
                return scope.undefined(call.arguments().get(1).span(), noWanted);
            }
            if (have instanceof NvValue.Int number && want instanceof Value.Num wantedNumber) {
                return Value.of(number.value() == wantedNumber.bits());
            }
            if (have instanceof NvValue.Str text && want instanceof Value.Text wantedText) {
                return Value.of(text.value().equals(wantedText.text()));
            }
            Truth found = among(PayloadMember.elements(have), want);
            return found == Truth.UNDEFINED ? scope.undefined(call.span(), differ) : Value.of(found == Truth.TRUE);
        };
    }

    /** Undefined if an element is a number and what is wanted is none, or the other way round. */
    private static Truth among(List<? extends NvValue> elements, Value want) {
        for (NvValue element : elements) {
            Value value = PayloadMember.value(element);
            if (value instanceof Value.Absent) {
                continue;
            }
            if (value instanceof Value.Num != want instanceof Value.Num) {
                return Truth.UNDEFINED;
            }
            if (Operators.same(value, want)) {
                return Truth.TRUE;
            }
        }
        return Truth.FALSE;
    }

    /** Notes a value for the suspect. */
    private interface Note {
        void on(Effects effects, Value value);
    }

    private Expression setPayload(Term.Call call) {
        String member = text(call, 0);
        return setting(call.arguments().get(1), (effects, value) -> effects.payload(member, value));
    }

    private Expression setter(Term.Call call, Note note) {
        return setting(call.arguments().get(0), note);
    }

    /** A {@code set...} function is true whatever it is told; a value that does not exist is not noted. */
    private Expression setting(Term argument, Note note) {
        compiler.noteSetting();
        Expression expression = compiler.compile(argument);
        return scope -> {
            Effects effects = scope.effects();
            if (scope.payload() == null || effects == null) {
                return Value.Absent.DEFERRED;
            }
            Value value = expression.evaluate(scope);
            if (!(value instanceof Value.Absent)) {
                note.on(effects, value);
            }
            return Value.Num.ONE;
        };
    }

    private static String decimal(Value value) {
        return value instanceof Value.Num number ? Long.toUnsignedString(number.bits()) : value.text();
    }

    private Expression defined(Term.Global global) {
        compiler.noteVariable();
        return scope -> {
            Map<String, Value> globals = scope.globals();
            return globals == null ? Value.Absent.DEFERRED : Value.of(globals.containsKey(global.name()));
        };
    }

    private Expression cat(Term.Call call) {
        List<Expression> parts =
                call.arguments().stream().map(compiler::compile).toList();
        return scope -> {
            if (scope.building()) {
                return Value.Absent.DEFERRED;
            }
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                Value value = parts.get(i).evaluate(scope);
                if (value == Value.Absent.DEFERRED) {
                    return value;
                }
                if (value == Value.Absent.UNDEFINED) {
                    Term part = call.arguments().get(i);
                    return scope.undefined(part.span(), ExpressionCompiler.noValue(part));
                }
                out.append(value.text());
            }
            return new Value.Text(out.toString());
        };
    }
}
