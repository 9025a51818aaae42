// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Expr;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Issues;
import org.fmd.eversholt.syntax.Pragma;
import org.fmd.eversholt.syntax.Stmt;
import org.fmd.eversholt.syntax.SyntaxTree;

/**
 * Checks a program as a whole (eversholt reference §5) and resolves it. The work is done by one class for each
 * part of the language; this one says in what order.
 */
final class Checker {
    private static final Set<String> QUIET_PRAGMAS = Set.of("new_errors_only", "trust_ereports");

    private final Context context;
    private final Declarations declarations;
    private final List<String> dictionaries = new ArrayList<>();
    private final List<String> idents = new ArrayList<>();
    private ProgramChecks.Cycles cycles = ProgramChecks.Cycles.REFUSED;

    Checker(Dialect dialect, Issues issues) {
        this.context = new Context(dialect, issues);
        this.declarations = new Declarations(context);
    }

    /**
     * Checks the tree. The program is sound only if no error was reported.
     *
     * @param whole whether every statement could be read; if not, what seems unused may well be used
     */
    Program check(SyntaxTree tree, boolean whole) {
        tree.pragmas().forEach(this::pragma);
        List<Stmt> statements = new ArrayList<>();
        tree.statements().forEach(statement -> flatten(statement, statements));
        declarations.collect(statements);
        DeclarationChecks declared = new DeclarationChecks(context, declarations);
        declared.check(statements);
        List<Propagation> propagations = new ArrayList<>();
        List<Propagation> masks = new ArrayList<>();
        PropagationChecks arrows = new PropagationChecks(context, declarations, declared.events());
        for (int i = 0; i < statements.size() && !context.issues().full(); i++) {
            if (statements.get(i) instanceof Stmt.Propagation statement) {
                List<Propagation> list = statement.mask() ? masks : propagations;
                Propagation propagation = arrows.check(statement, i, list.size());
                if (propagation != null) {
                    list.add(propagation);
                }
            }
        }
        List<ConfigNode> configs = declared.configs(statements);
        GuardChecks guards = new GuardChecks(context);
        propagations.forEach(guards::check);
        wholeProgram(declared, propagations, whole);
        return new Program(
                context.dialect(),
                tree.files(),
                declared.events(),
                declared.serdEngines(),
                declared.statEngines(),
                propagations,
                masks,
                declarations.frus.keySet(),
                declarations.asrus.keySet(),
                configs,
                dictionaries,
                idents);
    }

    private void wholeProgram(DeclarationChecks declared, List<Propagation> propagations, boolean complete) {
        ProgramChecks whole = new ProgramChecks(context, declarations, propagations);
        if (complete) {
            whole.unused();
        }
        whole.cycles(cycles);
        Set<EventName> trips = declared.serdEngines().values().stream()
                .map(SerdEngine::trip)
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (complete) {
            whole.reach(declared.events().values(), trips);
        }
        whole.repeated();
    }

    /** The reference takes what stands under an {@code if} as if the {@code if} were not there. */
    private void flatten(Stmt statement, List<Stmt> into) {
        if (!(statement instanceof Stmt.If conditional)) {
            into.add(statement);
            return;
        }
        if (context.has(Decision.REFUSE_IF)) {
            context.add(
                    IssueCode.IF_STATEMENT,
                    conditional.span(),
                    "conditional statements are not supported; put a constraint on the arrow");
        } else if (!(conditional.condition() instanceof Expr.Name)) {
            Context lenient = new Context(context.dialect(), context.issues());
            new TermBuilder(lenient, declarations, Scope.empty()).term(conditional.condition());
        }
        conditional.body().forEach(inner -> flatten(inner, into));
    }

    private void pragma(Pragma pragma) {
        switch (pragma.word()) {
            case "ident" -> idents.add(unquoted(pragma.rest()));
            case "dictionary" -> dictionaries.add(unquoted(pragma.rest()));
            case "allow_cycles" ->
                cycles =
                        leadingNumber(pragma.rest()) > 0 ? ProgramChecks.Cycles.SILENT : ProgramChecks.Cycles.WARNED_OF;
            default -> {
                if (!QUIET_PRAGMAS.contains(pragma.word())) {
                    context.more(
                            IssueCode.PRAGMA_UNKNOWN,
                            pragma.span(),
                            "pragma '" + pragma.word() + "' is not known here");
                }
            }
        }
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static int leadingNumber(String text) {
        int end = 0;
        while (end < text.length() && end < 9 && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(text.substring(0, end));
    }
}
