// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.EventRef;
import org.fmd.eversholt.syntax.Expr;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.NearNames;
import org.fmd.eversholt.syntax.Path;
import org.fmd.eversholt.syntax.PathIndex;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.Span;

/** Resolves the names of expressions and paths in one scope, reporting what does not resolve. */
final class TermBuilder {
    private final Context context;
    private final Declarations declarations;
    private final Scope scope;
    private final ArgumentChecks arguments;

    TermBuilder(Context context, Declarations declarations, Scope scope) {
        this.context = context;
        this.declarations = declarations;
        this.scope = scope;
        this.arguments = new ArgumentChecks(context);
    }

    /** Resolves an expression; after a report the result is only there to go on with. */
    Term term(Expr expr) {
        if (expr instanceof Expr.Num num) {
            return new Term.Num(num.value(), num.span());
        } else if (expr instanceof Expr.Time time) {
            return new Term.Num(time.nanos(), time.span());
        } else if (expr instanceof Expr.Str str) {
            return new Term.Text(str.value(), str.span());
        } else if (expr instanceof Expr.Global global) {
            return new Term.Global(global.name(), global.span());
        } else if (expr instanceof Expr.Name name) {
            return variable(name);
        } else if (expr instanceof Expr.PathValue path) {
            return new Term.PathTerm(argumentPath(path.path()), path.span());
        } else if (expr instanceof Expr.Unary unary) {
            return new Term.Unary(unary.op(), term(unary.operand()), unary.span());
        } else if (expr instanceof Expr.Binary binary) {
            return binary(binary);
        } else if (expr instanceof Expr.Conditional conditional) {
            return new Term.Conditional(
                    term(conditional.condition()),
                    term(conditional.whenTrue()),
                    term(conditional.whenFalse()),
                    conditional.span());
        } else if (expr instanceof Expr.Call call) {
            return call(call);
        } else if (expr instanceof Expr.EventValue event) {
            return counter(event.event());
        }
        throw new AssertionError("unhandled expression: " + expr.getClass());
    }

    private Term variable(Expr.Name name) {
        Optional<IteratorVar> iterator = scope.find(name.name());
        if (iterator.isPresent()) {
            return new Term.Iterator(iterator.get(), name.span());
        }
        if (context.has(Decision.REFUSE_UNBOUND_ITERATOR)) {
            context.add(
                    IssueCode.VARIABLE_UNKNOWN,
                    name.span(),
                    "'" + name.name() + "' is not an iterator of this statement"
                            + (scope.find(name.name() + "#0").isPresent()
                                    ? "; for the path write asru(" + name.name() + ")"
                                    : NearNames.hint(name.name(), scope.writtenNames())));
        }
        // The reference takes it for the path "name1", which counts as 0.
        PathPattern.Step step = new PathPattern.Step(name.name(), new PathPattern.Index.Fixed(1), name.span());
        return new Term.PathTerm(new PathPattern(List.of(step)), name.span());
    }

    private Term binary(Expr.Binary binary) {
        if (binary.op() == BinaryOp.CHOOSE || binary.op() == BinaryOp.ELSE) {
            term(binary.left());
            term(binary.right());
            return new Term.Unevaluable(
                    binary.toString(), "'" + binary.op().symbol() + "' without its other half", binary.span());
        }
        Term right = term(binary.right());
        if (binary.op() != BinaryOp.ASSIGN) {
            return new Term.Binary(binary.op(), term(binary.left()), right, binary.span());
        }
        if (binary.left() instanceof Expr.Global global) {
            return new Term.Assign(global.name(), right, binary.span());
        }
        context.add(
                IssueCode.ASSIGNMENT,
                binary.left().span(),
                "only a global variable such as $x can be assigned; did you mean '=='?");
        return right;
    }

    private Term call(Expr.Call call) {
        Optional<Function> function = Function.of(call.function());
        boolean inOrder = function.isEmpty() || arguments.check(function.get(), call);
        if (function.isPresent() && function.get() == Function.WITHIN) {
            Window window = arguments.window(call);
            List<Term> bounds =
                    List.of(new Term.Num(window.minNanos(), call.span()), new Term.Num(window.maxNanos(), call.span()));
            return new Term.Call(Function.WITHIN, bounds, call.span());
        }
        List<Term> terms = new ArrayList<>();
        for (Expr argument : call.arguments()) {
            // A name where a path or string belongs is reported already.
            boolean hopeless = argument instanceof Expr.Name
                    && function.isPresent()
                    && function.get().shape(terms.size()) != Function.Shape.VALUE;
            terms.add(hopeless ? new Term.Text("", argument.span()) : term(argument));
        }
        if (function.isEmpty() || function.get() == Function.ENVPROP) {
            return unknown(call, function.isEmpty());
        }
        return inOrder
                ? new Term.Call(function.get(), terms, call.span())
                : new Term.Unevaluable(call.toString(), "its arguments are not in order", call.span());
    }

    private Term unknown(Expr.Call call, boolean unknown) {
        boolean refuse = context.has(Decision.REFUSE_UNKNOWN_FUNCTION);
        if (unknown || refuse) {
            List<String> known =
                    Arrays.stream(Function.values()).map(Function::word).toList();
            String message = unknown
                    ? "unknown function '" + call.function() + "'" + NearNames.hint(call.function(), known)
                    : "function '" + call.function() + "' has no implementation anywhere";
            Severity severity = refuse ? Severity.ERROR : Severity.WARNING;
            context.issues().add(IssueCode.FUNCTION_UNKNOWN, severity, call.nameSpan(), message, List.of());
        }
        return new Term.Unevaluable(call.toString(), "function '" + call.function() + "' does not exist", call.span());
    }

    private Term counter(EventRef event) {
        Path path = event.path();
        if (!event.name().kindWord().equals("stat") || path == null) {
            context.add(
                    IssueCode.ARGUMENT, event.span(), "count needs a stat engine with its path, such as stat.x@disk");
            return new Term.Num(0, event.span());
        }
        EventName name = Declarations.nameOf(event, path);
        Declared declared = declarations.statEngines.get(name);
        if (declared != null) {
            declared.markUsed();
        } else {
            reportCounter(context, declarations, name, event.span());
        }
        List<Span> sites = declared == null ? List.of() : declared.spans();
        return new Term.Counter(new StatEngine(name, sites), argumentPath(path), event.span());
    }

    static void reportCounter(Context context, Declarations declarations, EventName name, Span span) {
        List<String> known = declarations.statEngines.keySet().stream()
                .map(EventName::toString)
                .toList();
        context.more(
                IssueCode.COUNTER_UNDECLARED,
                span,
                "stat engine '" + name + "' is not declared" + NearNames.hint(name.toString(), known));
    }

    /** The pattern of a path in an argument: each iterator, an implied one too, must be one of an event's path. */
    private PathPattern argumentPath(Path path) {
        List<String> names = Scope.iteratorNames(path);
        for (int i = 0; i < names.size(); i++) {
            Path.Component component = path.components().get(i);
            if (!names.get(i).isEmpty() && scope.find(names.get(i)).isEmpty()) {
                String what = component.index() instanceof PathIndex.Named named
                        ? "iterator '" + named.name() + "'"
                        : "the number of '" + component.name() + "'";
                context.add(
                        IssueCode.ITERATOR_UNBOUND,
                        component.span(),
                        what + " is not given by the path of any event of this statement");
            }
        }
        return pattern(path);
    }

    /** The pattern of a path, every index explicit. */
    PathPattern pattern(Path path) {
        List<String> names = Scope.iteratorNames(path);
        List<PathPattern.Step> steps = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Path.Component component = path.components().get(i);
            IteratorForms.check(context, component.index());
            steps.add(new PathPattern.Step(component.name(), index(component, names.get(i)), component.span()));
        }
        return new PathPattern(steps);
    }

    private PathPattern.Index index(Path.Component component, String iterator) {
        if (component.index() instanceof PathIndex.Computed computed) {
            Term value = term(computed.value());
            if (value instanceof Term.Num num) {
                return new PathPattern.Index.Fixed(num.value());
            }
            boolean fold = context.has(Decision.FOLD_CONSTANTS);
            Expr.Num folded = fold ? Folding.fold(computed.value(), context) : null;
            return folded != null ? new PathPattern.Index.Fixed(folded.value()) : new PathPattern.Index.Computed(value);
        }
        boolean horizontal = (component.index() instanceof PathIndex.Named named && named.horizontal())
                || (component.index() instanceof PathIndex.Empty empty && empty.horizontal());
        return scope.find(iterator)
                .<PathPattern.Index>map(found -> new PathPattern.Index.Variable(found, horizontal))
                // Not bound, which is reported; any index will do to go on with.
                .orElse(new PathPattern.Index.Fixed(0));
    }
}
