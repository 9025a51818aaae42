// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.syntax.BinaryOp;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.EventRef;
import org.fmd.eversholt.syntax.Expr;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.NearNames;
import org.fmd.eversholt.syntax.Path;
import org.fmd.eversholt.syntax.Span;
import org.fmd.eversholt.syntax.Stmt;
import org.jspecify.annotations.Nullable;

/** Checks one {@code prop} or {@code mask} statement and resolves it. */
final class PropagationChecks {
    private final Context context;
    private final Declarations declarations;
    private final Map<EventName, Event> events;
    private final ArgumentChecks arguments;

    PropagationChecks(Context context, Declarations declarations, Map<EventName, Event> events) {
        this.context = context;
        this.declarations = declarations;
        this.events = events;
        this.arguments = new ArgumentChecks(context);
    }

    /** The resolved statement, or null when some event of it could not be resolved. */
    @Nullable
    Propagation check(Stmt.Propagation statement, int number, int index) {
        if (statement.mask() && context.has(Decision.WARN_MASK)) {
            context.add(IssueCode.MASK, statement.span(), "mask statements have no effect");
        }
        Scope scope = new Scope();
        for (List<EventRef> column : statement.columns()) {
            for (EventRef event : column) {
                if (event.path() != null) {
                    scope.define(event.path());
                }
            }
        }
        boolean whole = true;
        List<List<EventUse>> columns = new ArrayList<>();
        int last = statement.columns().size() - 1;
        for (int i = 0; i <= last; i++) {
            List<EventRef> column = statement.columns().get(i);
            if (i > 0 && i < last && column.size() > 1) {
                context.add(
                        IssueCode.CASCADE_LIST,
                        column.get(1).span(),
                        "a list may stand only at the ends of a cascade; write several statements");
            }
            List<EventUse> uses = new ArrayList<>();
            for (EventRef event : column) {
                EventUse use = use(event, number, i > 0, i < last, scope);
                if (use == null) {
                    whole = false;
                } else {
                    uses.add(use);
                }
            }
            columns.add(uses);
        }
        List<Arrow> arrows = new ArrayList<>();
        for (Stmt.Arrow arrow : statement.arrows()) {
            arrows.add(new Arrow(count(arrow.n(), "N"), count(arrow.k(), "K"), arrow.span()));
        }
        return whole ? new Propagation(index, scope.toList(), columns, arrows, statement.span()) : null;
    }

    private @Nullable EventUse use(EventRef ref, int statement, boolean target, boolean source, Scope scope) {
        TermBuilder builder = new TermBuilder(context, declarations, scope);
        List<Term> guards = new ArrayList<>();
        Window window = null;
        for (Expr item : ref.constraints()) {
            if (!(item instanceof Expr.Call call) || !call.function().equals("within")) {
                guards.add(builder.term(item));
                continue;
            }
            arguments.check(Function.WITHIN, call);
            if (!arguments.meansNothing(call)) {
                window = arguments.window(call);
            }
            if (!context.has(Decision.WINDOW_RANGES) && window != null && window.maxNanos() == 0) {
                guards.add(new Term.Unevaluable(call.toString(), "within(0) cannot be instantiated", call.span()));
            }
        }
        Event event = event(ref, statement, target, source);
        if (event == null || ref.path() == null) {
            return null;
        }
        Window effective = window != null ? window : event.window();
        return new EventUse(event, builder.pattern(ref.path()), guards, effective, ref.span());
    }

    private @Nullable Event event(EventRef ref, int statement, boolean target, boolean source) {
        String word = ref.name().kindWord();
        Path path = ref.path();
        EventKind kind = EventKind.of(word).orElse(null);
        if (path == null) {
            context.add(
                    IssueCode.PATH_MISSING,
                    ref.span(),
                    "'" + ref.name() + "' needs a path; expected '@' and a component");
            return null;
        }
        if (kind == null) {
            reportKind(ref, word);
            return null;
        }
        if (target && kind.isProblem()) {
            context.add(
                    IssueCode.PROBLEM_ON_RIGHT,
                    ref.span(),
                    "a " + kind.word() + " has no cause; it may stand only on the left of an arrow");
            return null;
        }
        if (source && kind == EventKind.EREPORT) {
            context.add(
                    IssueCode.EREPORT_ON_LEFT,
                    ref.span(),
                    "an ereport causes nothing; it may stand only on the right of an arrow");
            return null;
        }
        EventName name = Declarations.nameOf(ref, path);
        Declared declared = declarations.event(name, statement).orElse(null);
        if (declared == null) {
            reportUndeclared(ref, name);
            return null;
        }
        declared.markUsed();
        return events.get(name);
    }

    private void reportKind(EventRef ref, String word) {
        if (Declarations.isEngine(word)) {
            context.add(
                    IssueCode.ENGINE_IN_ARROW,
                    ref.span(),
                    "engine '" + ref.name() + "' cannot stand in an arrow; give it to an event with engine=");
            return;
        }
        context.add(
                IssueCode.EVENT_KIND,
                ref.name().span(),
                "'" + word + "' is not a kind of event" + Declarations.unknownKind(word));
    }

    private void reportUndeclared(EventRef ref, EventName name) {
        Declared later = declarations.events.get(name);
        if (later != null) {
            context.add(
                    IssueCode.EVENT_UNDECLARED,
                    ref.span(),
                    "event '" + name + "' is not declared before this statement",
                    Context.declaredHere(name, later.first().span()));
            return;
        }
        List<Declared> elsewhere = declarations.elsewhere(name.eventClass());
        if (!elsewhere.isEmpty()) {
            Issue.Note[] notes = elsewhere.stream()
                    .limit(4)
                    .map(other ->
                            Context.declaredHere(other.name(), other.first().span()))
                    .toArray(Issue.Note[]::new);
            context.add(
                    IssueCode.EVENT_UNDECLARED,
                    ref.span(),
                    "event '" + name.eventClass() + "' is not declared at '" + name.pathText() + "'",
                    notes);
            return;
        }
        List<String> known =
                declarations.events.keySet().stream().map(EventName::toString).toList();
        context.add(
                IssueCode.EVENT_UNDECLARED,
                ref.span(),
                "event '" + name + "' is not declared" + NearNames.hint(name.toString(), known));
    }

    private Count count(@Nullable Expr expr, String which) {
        if (expr == null) {
            return Count.ONE;
        }
        Count count = context.has(Decision.FOLD_CONSTANTS) ? folded(expr, which) : asReference(expr, which);
        boolean zero = count instanceof Count.Exactly exactly && exactly.value() == 0;
        if (zero && which.equals("K") && context.has(Decision.K_ALL_MEANS_ALL)) {
            context.add(
                    IssueCode.COUNT_ZERO, expr.span(), "K of 0 is no condition at all; leave it out or give 1 or more");
        }
        return count;
    }

    private Count folded(Expr expr, String which) {
        if (expr instanceof Expr.Name name && name.name().equals("A")) {
            return new Count.All();
        }
        int before = context.issues().errors();
        Expr.Num number = Folding.fold(expr, context);
        if (number != null) {
            return new Count.Exactly(number.value());
        }
        if (context.issues().errors() == before) {
            reportCount(expr.span(), which);
        }
        return Count.ONE;
    }

    private void reportCount(Span span, String which) {
        context.add(IssueCode.COUNT_FORM, span, which + " must be a number or A");
    }

    /** The reference lets simple arithmetic and any word with A in front through, and can use neither. */
    private Count asReference(Expr expr, String which) {
        if (expr instanceof Expr.Num num) {
            return new Count.Exactly(num.value());
        }
        if (expr instanceof Expr.Name name && name.name().equals("A")) {
            return new Count.All();
        }
        if (!referenceCompiles(expr)) {
            reportCount(expr.span(), which);
            return Count.ONE;
        }
        return new Count.Unusable(expr.toString());
    }

    private static boolean referenceCompiles(Expr expr) {
        if (expr instanceof Expr.Binary binary) {
            return binary.op() != BinaryOp.MODULO
                    && referenceCompiles(binary.left())
                    && referenceCompiles(binary.right());
        }
        return expr instanceof Expr.Num
                || (expr instanceof Expr.Name name && name.name().startsWith("A"));
    }

    /** The distinct kinds of the events of a column. */
    static Set<EventKind> kinds(List<EventUse> column) {
        Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        column.forEach(use -> kinds.add(use.event().kind()));
        return kinds;
    }
}
