// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.Function;
import org.fmd.eversholt.check.PathPattern;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Span;
import org.fmd.eversholt.syntax.UnaryOp;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates constraints (eversholt reference §4). A value is a {@link Long} (unsigned), a {@link String}, a {@link Path} or one
 * of {@link Unknown}.
 */
final class Terms {
    /** A path as a value, {@code a0/b1}. */
    record Path(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    enum Unknown {
        /** Not known yet. */
        DEFER,
        /** Has no value. */
        UNDEFINED
    }

    /** Where the reference engine would stop: the constraint is false. */
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;

        final transient Span span;

        Stop(Span span) {
            super(span.toString(), null, false, false);
            this.span = span;
        }
    }

    /** What the functions that ask about the machine need, as it was when the exercise began. */
    record World(
            Tree tree,
            Dialect dialect,
            ToLongFunction<String> counters,
            BiPredicate<String, String> hasFault,
            Consumer<Span> errors) {}

    enum When {
        BUILD,
        RUN,
        /** The suspect is accepted: {@code set...} functions act. */
        ACCEPTANCE
    }

    private final World world;
    private final When when;
    private final Graph.Arrow arrow;
    private final Map<String, Object> globals;
    private final @Nullable NvList payload;

    /** True while the constraint's own event is the source of the arrow. */
    private boolean atSource;
    /** The first place of an item that has no value. */
    private @Nullable Span trouble;

    /** For the payload, null means that the target is not seen. */
    Terms(World world, When when, Graph.Arrow arrow, Map<String, Object> globals, @Nullable NvList payload) {
        this.world = world;
        this.when = when;
        this.arrow = arrow;
        this.globals = globals;
        this.payload = payload;
    }

    /** All constraints of the arrow together: those of the source, then those of the target. */
    Object all() {
        Object result = 1L;
        for (boolean source : List.of(true, false)) {
            atSource = source;
            for (Term guard : Graph.Arrow.guards(source ? arrow.source : arrow.target)) {
                Object value = one(guard);
                if (value.equals(0L)) {
                    return value;
                }
                result = value == Unknown.DEFER ? value : result;
                if (value == Unknown.DEFER && !kleene()) {
                    return value;
                }
            }
        }
        return result;
    }

    /** What has no value counts as false; the place that is to blame is told of. */
    private Object one(Term guard) {
        trouble = null;
        Object value = truth(known(guard, () -> eval(guard)));
        if (value == Unknown.UNDEFINED && trouble != null) {
            world.errors.accept(trouble);
        }
        return value == Unknown.UNDEFINED ? 0L : value;
    }

    private boolean ours(Decision decision) {
        return world.dialect.has(decision);
    }

    /** Three-valued at build time always, at run time in our dialect. */
    private boolean kleene() {
        return when == When.BUILD || ours(Decision.KLEENE_AT_RUN_TIME);
    }

    static boolean isTrue(Object value) {
        return !(value instanceof Unknown) && !value.equals(0L);
    }

    private interface Operand {
        Object eval();
    }

    private Object and(Object left, Operand operand) {
        if (left.equals(0L) || (left == Unknown.DEFER && !kleene())) {
            return left;
        }
        Object right = operand.eval();
        if (right.equals(0L)) {
            return right;
        }
        // What has no value can never become true.
        return List.of(left, right).contains(Unknown.UNDEFINED)
                ? Unknown.UNDEFINED
                : left == Unknown.DEFER ? left : right;
    }

    private Object or(Object left, Operand operand) {
        if (left.equals(1L) || (left == Unknown.DEFER && !kleene())) {
            return left;
        }
        Object right = operand.eval();
        return right.equals(1L) || left.equals(0L) || right == Unknown.DEFER ? right : left;
    }

    Object eval(Term term) {
        if (term instanceof Term.Num number) {
            return number.value();
        } else if (term instanceof Term.Text text) {
            return text.value();
        } else if (term instanceof Term.Global global) {
            Object value = globals.get(global.name());
            return value == null || when == When.BUILD ? Unknown.DEFER : value;
        } else if (term instanceof Term.Assign assign) {
            Object value = when == When.BUILD ? Unknown.DEFER : eval(assign.value());
            return value instanceof Unknown ? value : set(assign.global(), value, 1L);
        } else if (term instanceof Term.Iterator iterator) {
            Long bound = arrow.bindings.get(iterator.iterator().slot());
            return bound == null ? undefined(term) : bound;
        } else if (term instanceof Term.PathTerm path) {
            return path(path.path(), term);
        } else if (term instanceof Term.Unary unary) {
            Object value = eval(unary.operand());
            if (value instanceof Unknown) {
                return value == Unknown.DEFER ? value : undefined(unary.operand());
            }
            return unary.op() == UnaryOp.NOT ? (Object) bool(!isTrue(value)) : (Object) ~number(value);
        } else if (term instanceof Term.Binary binary) {
            return binary(binary);
        } else if (term instanceof Term.Conditional choice) {
            Object condition = eval(choice.condition());
            return condition == Unknown.DEFER
                    ? condition
                    : eval(isTrue(condition) ? choice.whenTrue() : choice.whenFalse());
        } else if (term instanceof Term.Call call) {
            return call(call);
        }
        return undefined(term);
    }

    private Object set(String global, Object value, Object result) {
        globals.put(global, value);
        return result;
    }

    /** Ours: a value that is none. The reference's engine stops. */
    private Object undefined(Term where) {
        trouble = trouble == null ? where.span() : trouble;
        if (ours(Decision.UNDEFINED_PROPAGATES)) {
            return Unknown.UNDEFINED;
        }
        throw new Stop(trouble);
    }

    private static long bool(boolean value) {
        return value ? 1 : 0;
    }

    /** What the topology alone decides was decided when the arrow was made. */
    private Object known(Term term, Operand atRunTime) {
        if (when == When.BUILD) {
            return atRunTime.eval();
        }
        Terms before = new Terms(world, When.BUILD, arrow, Map.of(), null);
        before.atSource = atSource;
        Object value;
        try {
            value = before.eval(term);
        } catch (Stop stop) {
            value = Unknown.DEFER;
        }
        return value instanceof Unknown ? atRunTime.eval() : value;
    }

    private Object binary(Term.Binary binary) {
        if (binary.op() == BinaryOp.AND) {
            return known(binary, () -> and(truth(eval(binary.left())), () -> truth(eval(binary.right()))));
        }
        if (binary.op() == BinaryOp.OR) {
            return known(binary, () -> or(truth(eval(binary.left())), () -> truth(eval(binary.right()))));
        }
        if (binary.op() == BinaryOp.EQ
                && binary.left() instanceof Term.Global global
                && !globals.containsKey(global.name())) {
            Object value = when == When.BUILD ? Unknown.DEFER : eval(binary.right());
            if (value == Unknown.UNDEFINED) {
                return undefined(binary.right());
            }
            return value == Unknown.DEFER ? value : set(global.name(), value, value);
        }
        Object left = eval(binary.left());
        Object right = eval(binary.right());
        if (left == Unknown.UNDEFINED || right == Unknown.UNDEFINED) {
            return undefined(left == Unknown.UNDEFINED ? binary.left() : binary.right());
        }
        if (left == Unknown.DEFER || right == Unknown.DEFER) {
            return Unknown.DEFER;
        }
        return switch (binary.op()) {
            case EQ -> bool(same(left, right));
            case NE -> bool(!same(left, right));
            default -> {
                Object result = arithmetic(binary.op(), number(left), number(right));
                yield result == Unknown.UNDEFINED ? undefined(binary) : result;
            }
        };
    }

    private static Object truth(Object value) {
        return value instanceof Unknown ? value : (Object) bool(isTrue(value));
    }

    private static boolean same(Object left, Object right) {
        return (left instanceof Long || right instanceof Long)
                ? number(left) == number(right)
                : left.toString().equals(right.toString());
    }

    private static Object arithmetic(BinaryOp op, long left, long right) {
        int order = Long.compareUnsigned(left, right);
        return switch (op) {
            case LT -> bool(order < 0);
            case LE -> bool(order <= 0);
            case GT -> bool(order > 0);
            case GE -> bool(order >= 0);
            case BIT_OR -> left | right;
            case BIT_XOR -> left ^ right;
            case BIT_AND -> left & right;
            case SHIFT_LEFT -> left << right;
            case SHIFT_RIGHT -> left >>> right;
            case ADD -> left + right;
            case SUBTRACT -> order < 0 ? (Object) Unknown.UNDEFINED : (Object) (left - right);
            case MULTIPLY -> left * right;
            case DIVIDE -> right == 0 ? Unknown.UNDEFINED : (Object) Long.divideUnsigned(left, right);
            case MODULO -> right == 0 ? Unknown.UNDEFINED : (Object) Long.remainderUnsigned(left, right);
            default -> throw new AssertionError(op);
        };
    }

    /** The value of an index that is worked out from iterators. */
    static Object number(Term term, Map<Integer, Long> bindings, World world) {
        if (term instanceof Term.Num number) {
            return number.value();
        } else if (term instanceof Term.Iterator iterator) {
            Long bound = bindings.get(iterator.iterator().slot());
            return bound == null ? Unknown.UNDEFINED : bound;
        } else if (term instanceof Term.Binary binary) {
            Object left = number(binary.left(), bindings, world);
            Object right = number(binary.right(), bindings, world);
            return left instanceof Long a && right instanceof Long b
                    ? arithmetic(binary.op(), a, b)
                    : Unknown.UNDEFINED;
        } else if (term instanceof Term.Conditional choice) {
            boolean yes = isTrue(number(choice.condition(), bindings, world));
            return number(yes ? choice.whenTrue() : choice.whenFalse(), bindings, world);
        }
        return Unknown.UNDEFINED;
    }

    static long number(Object value) {
        return value instanceof Long number ? number : value instanceof String text ? Numerals.prefix(text) : 0;
    }

    /** The path that a pattern in a constraint means (eversholt reference §4.4). */
    private Object path(PathPattern pattern, Term term) {
        Graph.Placed own = atSource ? arrow.source : arrow.target;
        Graph.Placed other = atSource ? arrow.target : arrow.source;
        int ofOwn = Expansion.shared(pattern, own.use().path());
        int ofOther = Expansion.shared(pattern, other.use().path());
        int shared = Math.max(ofOwn, ofOther);
        Graph.Placed event = ofOwn >= ofOther ? own : other;
        StringBuilder text = new StringBuilder(
                shared == 0 ? "" : event.nodes().get(shared - 1).path());
        for (PathPattern.Step step :
                pattern.steps().subList(shared, pattern.steps().size())) {
            Long number = Expansion.number(step.index(), arrow.bindings, world);
            if (number == null) {
                return undefined(term);
            }
            text.append(text.isEmpty() ? "" : "/").append(step.name()).append(Long.toUnsignedString(number));
        }
        return new Path(text.toString());
    }

    /** A path argument: a path, or {@code asru()} or {@code fru()} of one, which is known at once there. */
    private Object pathArgument(Term term) {
        return term instanceof Term.Call call ? pathArgument(call.arguments().get(0)) : eval(term);
    }

    private Object call(Term.Call call) {
        List<Term> arguments = call.arguments();
        Term first = arguments.get(0);
        return switch (call.function()) {
            case WITHIN -> 1L;
            case CONFPROP, CONFPROP_DEFINED, IS_PRESENT, IS_ON, IS_TYPE, IS_UNDER, IS_CONNECTED, HAS_FAULT ->
                aboutComponents(call.function(), pathArgument(first), arguments.size() == 2 ? arguments.get(1) : first);
            case COUNT -> {
                Term.Counter counter = (Term.Counter) first;
                Object path = path(counter.path(), counter);
                yield path instanceof Unknown
                        ? path
                        : world.counters.applyAsLong(counter.engine().name().eventClass() + "@" + path);
            }
            default -> when == When.BUILD ? Unknown.DEFER : atRunTime(call, call.function(), arguments);
        };
    }

    private Object aboutComponents(Function function, Object path, Term second) {
        if (path instanceof Unknown) {
            return path;
        }
        Tree tree = world.tree;
        String at = path.toString();
        String word = second instanceof Term.Text text ? text.value() : "";
        return switch (function) {
            case CONFPROP -> orEmpty(tree.property(at, word));
            case CONFPROP_DEFINED -> bool(tree.property(at, word) != null);
            case IS_PRESENT -> bool(tree.at(at) != null);
            case IS_ON ->
                bool(List.of("yes", "YES", "y", "Y", "true", "TRUE", "t", "T", "1")
                        .contains(either(at, "on")));
            case IS_TYPE -> either(at, "type");
            case HAS_FAULT -> bool(world.hasFault.test(at, word));
            default -> {
                Object other = pathArgument(second);
                if (other instanceof Unknown) {
                    yield other;
                }
                String to = other.toString();
                yield function == Function.IS_UNDER
                        ? bool(to.equals(at) || to.startsWith(at + "/"))
                        : bool(to.equals(at) || names(at, to) || names(to, at));
            }
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private String either(String path, String name) {
        String value = world.tree.property(path, name);
        return orEmpty(value == null ? world.tree.property(path, name.toUpperCase(java.util.Locale.ROOT)) : value);
    }

    private boolean names(String one, String other) {
        return List.of(either(one, "connected").split("[ ,]+")).contains(other);
    }

    private Object atRunTime(Term call, Function function, List<Term> arguments) {
        return switch (function) {
            case FRU, ASRU -> pathArgument(arguments.get(0));
            case DEFINED -> bool(globals.containsKey(((Term.Global) arguments.get(0)).name()));
            case CAT -> cat(arguments);
            case PAYLOADPROP, PAYLOADPROP_DEFINED, PAYLOADPROP_CONTAINS -> {
                if (payload == null || arrow.to.kind() != EventKind.EREPORT) {
                    yield Unknown.DEFER;
                }
                String member = ((Term.Text) arguments.get(0)).value();
                if (function == Function.PAYLOADPROP_DEFINED) {
                    yield bool(Payloads.exists(payload, member));
                }
                yield function == Function.PAYLOADPROP
                        ? Payloads.value(payload, member)
                        : contains(member, call, arguments.get(1));
            }
            case SETPAYLOADPROP, SETSERDSUFFIX, SETSERDN, SETSERDT, SETSERDINCREMENT -> note(function, arguments);
            default -> undefined(call);
        };
    }

    private Object contains(String member, Term call, Term element) {
        Object value = eval(element);
        if (payload == null || value == Unknown.DEFER) {
            return Unknown.DEFER;
        }
        if (value == Unknown.UNDEFINED && payload.contains(member)) {
            return undefined(element);
        }
        for (Object one : Payloads.elements(payload, member)) {
            if ((one instanceof Long) != (value instanceof Long)) {
                return undefined(call);
            }
            if (one instanceof Long ? one.equals(value) : one.toString().equals(value.toString())) {
                return 1L;
            }
        }
        return 0L;
    }

    private Object cat(List<Term> arguments) {
        StringBuilder text = new StringBuilder();
        for (Term argument : arguments) {
            Object value = eval(argument);
            if (value instanceof Unknown) {
                return value == Unknown.DEFER ? value : undefined(argument);
            }
            text.append(value instanceof Long number ? Long.toHexString(number) : value.toString());
        }
        return text.toString();
    }

    /**
     * Ours: true, and it acts when the suspect is accepted. The reference: it acts where the target counts as seen already in
     * this pass, else it is not known.
     */
    private Object note(Function function, List<Term> arguments) {
        boolean later = ours(Decision.SIDE_EFFECTS_ON_ACCEPTANCE);
        if (payload == null || (!later && (arrow.to.req == null || arrow.to.req.verdict() != Graph.Verdict.YES))) {
            return Unknown.DEFER;
        }
        Object value = eval(arguments.get(arguments.size() - 1));
        Graph.Notes notes = arrow.from.notes;
        if (value instanceof Unknown || (later && when != When.ACCEPTANCE)) {
            return 1L;
        }
        switch (function) {
            case SETPAYLOADPROP -> notes.payload.put(((Term.Text) arguments.get(0)).value(), value);
            case SETSERDSUFFIX ->
                notes.suffix = value instanceof Long number ? Long.toUnsignedString(number) : value.toString();
            case SETSERDN -> notes.n = number(value);
            case SETSERDT -> notes.t = value;
            default -> notes.increment = number(value);
        }
        return 1L;
    }
}
