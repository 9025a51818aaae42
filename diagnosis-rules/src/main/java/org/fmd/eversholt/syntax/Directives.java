// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Obeys the lines that begin with {@code #}: definitions, inclusion, conditions, pragmas. */
final class Directives {
    private static final List<String> KNOWN = List.of(
            "define", "undef", "include", "ifdef", "ifndef", "if", "elif", "else", "endif", "pragma", "ident", "line",
            "error", "warning");

    /** One {@code #if} that has not met its {@code #endif}. */
    private static final class Condition {
        final Span opened;
        boolean taken;
        boolean elseSeen;

        Condition(Span opened, boolean taken) {
            this.opened = opened;
            this.taken = taken;
        }
    }

    private final Preprocessor preprocessor;
    private final Dialect dialect;
    private final Sources sources;
    private final Issues issues;
    private final Budget budget;
    private final List<Pragma> pragmas = new ArrayList<>();
    private final Deque<Deque<Condition>> conditions = new ArrayDeque<>();
    private int lastLineEnd;

    Directives(Preprocessor preprocessor, Dialect dialect, Sources sources, Issues issues, Budget budget) {
        this.preprocessor = preprocessor;
        this.dialect = dialect;
        this.sources = sources;
        this.issues = issues;
        this.budget = budget;
    }

    List<Pragma> pragmas() {
        return pragmas;
    }

    void opened() {
        conditions.push(new ArrayDeque<>());
    }

    void closed() {
        for (Condition open : conditions.pop()) {
            preprocessor.fail(IssueCode.DIRECTIVE, open.opened, "this condition never ends; expected '#endif'");
        }
    }

    /**
     * Obeys the directive that {@code hash} begins; its line is read to the end.
     *
     * @return where its last word ends in the file, or that of the directive up to which text was left out
     */
    int obey(Piece hash) {
        lastLineEnd = hash.span().end();
        obeyLine(hash);
        return lastLineEnd;
    }

    private void obeyLine(Piece hash) {
        List<Piece> line = readLine();
        if (line.isEmpty()) {
            return;
        }
        Piece word = line.get(0);
        List<Piece> rest = line.subList(1, line.size());
        Span span = hash.span().to(line.get(line.size() - 1).span());
        switch (word.text()) {
            case "define" -> define(word, rest);
            case "undef" -> {
                if (named(word, rest)) {
                    preprocessor.macros().remove(rest.get(0).text());
                }
            }
            case "include" -> include(span, rest);
            case "ifdef" ->
                condition(
                        span,
                        named(word, rest)
                                && preprocessor.macros().containsKey(rest.get(0).text()));
            case "ifndef" ->
                condition(
                        span,
                        named(word, rest)
                                && !preprocessor
                                        .macros()
                                        .containsKey(rest.get(0).text()));
            case "if" -> condition(span, holds(span, rest));
            case "elif", "else" -> otherwise(word);
            case "endif" -> endif(word);
            case "pragma" -> pragma(span, rest);
            case "ident" -> pragmas.add(new Pragma("ident", text(rest), span));
            case "line" -> line(span, rest);
            case "error" -> preprocessor.fail(IssueCode.DIRECTIVE, span, "#error " + text(rest));
            case "warning" ->
                issues.add(IssueCode.DIRECTIVE, Severity.WARNING, span, "#warning " + text(rest), List.of());
            default -> {
                if (word.kind() == Piece.Kind.DIGITS) {
                    line(span, line);
                } else {
                    preprocessor.fail(
                            IssueCode.DIRECTIVE,
                            word.span(),
                            "unknown directive '#" + word.text() + "'" + NearNames.hint(word.text(), KNOWN));
                }
            }
        }
    }

    private List<Piece> readLine() {
        PieceScanner scanner = preprocessor.scanner();
        scanner.inDirective(true);
        List<Piece> line = new ArrayList<>();
        for (Piece piece = preprocessor.readInFile();
                piece.kind() != Piece.Kind.NEWLINE && piece.kind() != Piece.Kind.END;
                piece = preprocessor.readInFile()) {
            budget.piece(piece.span(), line.size());
            lastLineEnd = piece.span().end();
            line.add(piece);
        }
        scanner.inDirective(false);
        return line;
    }

    private boolean named(Piece word, List<Piece> rest) {
        if (rest.isEmpty() || rest.get(0).kind() != Piece.Kind.WORD) {
            preprocessor.fail(IssueCode.DIRECTIVE, word.span(), "#" + word.text() + " needs a macro name");
            return false;
        }
        return true;
    }

    private void define(Piece word, List<Piece> rest) {
        if (!named(word, rest)) {
            return;
        }
        Piece name = rest.get(0);
        if (name.text().equals("defined")) {
            preprocessor.fail(IssueCode.MACRO, name.span(), "'defined' cannot be a macro");
            return;
        }
        List<String> parameters = null;
        int body = 1;
        if (rest.size() > 1 && rest.get(1).is('(') && !rest.get(1).blankBefore()) {
            parameters = new ArrayList<>();
            body = parameters(name, rest, parameters);
            if (body < 0) {
                return;
            }
        }
        List<Piece> text = new ArrayList<>(rest.subList(body, rest.size()));
        if (!text.isEmpty()) {
            text.set(0, text.get(0).withBlank(false));
        }
        Macro macro = new Macro(name.text(), parameters, text, name.span());
        Macro old = preprocessor.macros().put(name.text(), macro);
        if (old != null && !old.sameAs(macro) && dialect.has(Decision.CHECK_MORE)) {
            issues.add(
                    IssueCode.MACRO_REDEFINED,
                    name.span(),
                    "macro '" + name.text() + "' is defined again with another body",
                    new Issue.Note("first defined here", old.defined()));
        }
    }

    /** Reads {@code (a, b)}; returns where the body begins, or -1 after an error. */
    private int parameters(Piece name, List<Piece> rest, List<String> into) {
        int at = 2;
        if (at < rest.size() && rest.get(at).is(')')) {
            return at + 1;
        }
        while (at + 1 < rest.size()
                && rest.get(at).kind() == Piece.Kind.WORD
                && into.size() < Limits.MACRO_PARAMETERS) {
            if (into.contains(rest.get(at).text())) {
                preprocessor.fail(
                        IssueCode.MACRO,
                        rest.get(at).span(),
                        "parameter '" + rest.get(at).text() + "' is named twice");
                return -1;
            }
            into.add(rest.get(at).text());
            if (rest.get(at + 1).is(')')) {
                return at + 2;
            }
            if (!rest.get(at + 1).is(',')) {
                break;
            }
            at += 2;
        }
        preprocessor.fail(
                IssueCode.MACRO, name.span(), "macro '" + name.text() + "' needs a list of names in its parentheses");
        return -1;
    }

    private void include(Span span, List<Piece> rest) {
        List<Piece> named =
                rest.isEmpty() || rest.get(0).kind() != Piece.Kind.WORD ? rest : preprocessor.expandLine(rest);
        boolean quoted = !named.isEmpty() && named.get(0).kind() == Piece.Kind.STRING;
        String name = quoted ? unquote(named.get(0).text()) : angled(named);
        if (name.isEmpty()) {
            preprocessor.fail(IssueCode.INCLUDE, span, "#include needs \"FILE\" or <FILE>");
            return;
        }
        if (preprocessor.fileDepth() > Limits.INCLUDE_DEPTH || !budget.inclusion()) {
            preprocessor.fail(IssueCode.INCLUDE, span, "too many files included; does '" + name + "' include itself?");
            return;
        }
        try {
            Optional<Sources.Found> found = sources.find(name, span.file().name(), quoted);
            if (found.isEmpty()) {
                preprocessor.fail(IssueCode.INCLUDE, span, "'" + name + "' not found; name its folder with -I");
                return;
            }
            preprocessor.open(new SourceFile(found.get().name(), found.get().text(), span));
        } catch (IOException e) {
            preprocessor.fail(IssueCode.INCLUDE, span, "cannot read '" + name + "': " + e.getMessage());
        }
    }

    private static String angled(List<Piece> named) {
        if (named.isEmpty() || !named.get(0).is('<')) {
            return "";
        }
        StringBuilder name = new StringBuilder();
        for (Piece piece : named.subList(1, named.size())) {
            if (piece.is('>')) {
                return name.toString();
            }
            name.append(piece.text());
        }
        return "";
    }

    private boolean holds(Span span, List<Piece> expression) {
        List<Piece> decided = new ArrayList<>();
        for (int i = 0; i < expression.size(); i++) {
            Piece piece = expression.get(i);
            if (!piece.isWord("defined")) {
                decided.add(piece);
                continue;
            }
            boolean parenthesis = i + 3 < expression.size()
                    && expression.get(i + 1).is('(')
                    && expression.get(i + 3).is(')');
            int name = i + (parenthesis ? 2 : 1);
            if (name >= expression.size() || expression.get(name).kind() != Piece.Kind.WORD) {
                preprocessor.fail(IssueCode.DIRECTIVE, piece.span(), "'defined' needs a macro name");
                return false;
            }
            String value =
                    preprocessor.macros().containsKey(expression.get(name).text()) ? "1" : "0";
            decided.add(new Piece(Piece.Kind.DIGITS, value, piece.span(), true, false));
            i = name + (parenthesis ? 1 : 0);
        }
        ConditionExpression condition = new ConditionExpression(text(preprocessor.expandLine(decided)));
        boolean holds = condition.evaluate() != 0;
        if (condition.problem() != null) {
            preprocessor.fail(IssueCode.DIRECTIVE, span, "#if: " + condition.problem());
        }
        return holds;
    }

    private void condition(Span span, boolean holds) {
        Condition condition = new Condition(span, holds);
        conditions.element().push(condition);
        if (!holds) {
            skip(condition);
        }
    }

    /** {@code #else} or {@code #elif} reached from the text before it, which was taken. */
    private void otherwise(Piece word) {
        Condition condition = conditions.element().peek();
        if (condition == null) {
            preprocessor.fail(IssueCode.DIRECTIVE, word.span(), "#" + word.text() + " without #if");
            return;
        }
        checkElse(condition, word);
        skip(condition);
    }

    private void checkElse(Condition condition, Piece word) {
        if (condition.elseSeen) {
            preprocessor.fail(
                    IssueCode.DIRECTIVE,
                    word.span(),
                    "#" + word.text() + " after #else",
                    new Issue.Note("the condition begins here", condition.opened));
        }
        condition.elseSeen |= word.isWord("else");
    }

    private void endif(Piece word) {
        if (conditions.element().poll() == null) {
            preprocessor.fail(IssueCode.DIRECTIVE, word.span(), "#endif without #if");
        }
    }

    /** Leaves out text up to the branch that is to be read, or past the {@code #endif}. */
    private void skip(Condition condition) {
        PieceScanner scanner = preprocessor.scanner();
        int depth = 0;
        while (true) {
            scanner.inDirective(true);
            Piece piece = preprocessor.readInFile();
            scanner.inDirective(false);
            if (piece.kind() == Piece.Kind.END) {
                lastLineEnd = piece.span().end();
                return;
            }
            if (!piece.is('#') || !piece.lineStart()) {
                continue;
            }
            List<Piece> line = readLine();
            String word = line.isEmpty() ? "" : line.get(0).text();
            switch (word) {
                case "if", "ifdef", "ifndef" -> depth++;
                case "endif" -> {
                    if (depth-- == 0) {
                        conditions.element().pop();
                        return;
                    }
                }
                case "else", "elif" -> {
                    if (depth == 0 && takes(condition, piece.span(), line)) {
                        return;
                    }
                }
                default -> {}
            }
        }
    }

    private boolean takes(Condition condition, Span span, List<Piece> line) {
        checkElse(condition, line.get(0));
        if (condition.taken) {
            return false;
        }
        condition.taken = line.get(0).isWord("else") || holds(span, line.subList(1, line.size()));
        return condition.taken;
    }

    private void pragma(Span span, List<Piece> rest) {
        if (rest.isEmpty()) {
            issues.add(IssueCode.TEXT, span, "#pragma needs a name");
            return;
        }
        pragmas.add(new Pragma(rest.get(0).text(), text(rest.subList(1, rest.size())), span));
    }

    private void line(Span span, List<Piece> rest) {
        int number;
        try {
            number = rest.isEmpty() ? -1 : Integer.parseInt(rest.get(0).text());
        } catch (NumberFormatException e) {
            number = -1;
        }
        if (number < 0) {
            issues.add(IssueCode.TEXT, span, "#line needs a line number");
            return;
        }
        boolean named = rest.size() > 1 && rest.get(1).kind() == Piece.Kind.STRING;
        preprocessor
                .scanner()
                .callNextLine(span, number, named ? unquote(rest.get(1).text()) : "");
    }

    private static String unquote(String text) {
        int end = text.length() > 1 && text.endsWith("\"") ? text.length() - 1 : text.length();
        return text.substring(1, end);
    }

    private static String text(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece.blankBefore() && text.length() > 0) {
                text.append(' ');
            }
            text.append(piece.text());
        }
        return text.toString();
    }
}
