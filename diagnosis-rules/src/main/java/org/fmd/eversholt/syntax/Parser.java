// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a program, statement by statement (eversholt reference §2.2). A statement with a mistake is reported once
 * and left out; the next one is read as if nothing had happened.
 */
public final class Parser {
    private static final List<String> STATEMENTS =
            List.of("event", "engine", "prop", "mask", "fru", "asru", "config", "if");

    /**
     * What reading gave.
     *
     * @param preprocessorFailed whether a directive, a macro or an included file was in error
     * @param brokenOff whether the end of the program was not seen: a comment or string never ends, or a limit
     * @param statementsLost whether some statement could not be read and is missing from the tree
     */
    public record Result(SyntaxTree tree, boolean preprocessorFailed, boolean brokenOff, boolean statementsLost) {}

    /** Fewer characters are not worth a second thread. */
    private static final int CHARS_READ_AT_ONCE = 200_000;

    private final TokenStream tokens;
    private final ExprParser expressions;
    private final NameParser names;
    private final Issues issues;
    private boolean statementsLost;

    private Parser(TokenStream tokens) {
        this.tokens = tokens;
        this.issues = tokens.issues();
        this.expressions = new ExprParser(tokens);
        this.names = expressions.names();
    }

    /**
     * Reads the files as one program.
     *
     * @param prelude directives to obey before each file
     * @param sources asked from several threads at once where there are several large files
     * @param issues takes whatever is wrong
     */
    public static Result parse(
            List<SourceFile> files, SourceFile prelude, Dialect dialect, Sources sources, Issues issues) {
        Result apart =
                files.size() > 1 && chars(files) > CHARS_READ_AT_ONCE ? apart(files, prelude, dialect, sources) : null;
        return apart == null ? inTurn(files, prelude, dialect, sources, issues).result : apart;
    }

    private static long chars(List<SourceFile> files) {
        return files.stream().mapToLong(file -> file.text().length()).sum();
    }

    /** A file read by itself, what it used of the limits, and whether there is a remark on it. */
    private record Reading(Result result, Budget.Use used, boolean clean) {}

    /**
     * Reads each file by itself, several at a time: macros end with their file, so where each file is whole and without a
     * remark that is the same as reading them in turn. Null where it may not be the same.
     */
    private static @Nullable Result apart(
            List<SourceFile> files, SourceFile prelude, Dialect dialect, Sources sources) {
        List<Reading> readings = files.parallelStream()
                .map(file -> inTurn(List.of(file), prelude, dialect, sources, new Issues()))
                .toList();
        List<Stmt> statements = new ArrayList<>();
        List<Pragma> pragmas = new ArrayList<>();
        Budget.Use used = Budget.Use.NONE;
        for (Reading reading : readings) {
            used = used.plus(reading.used);
            if (!reading.clean || !used.withinLimits()) {
                return null;
            }
            statements.addAll(reading.result.tree().statements());
            pragmas.addAll(reading.result.tree().pragmas());
        }
        return new Result(new SyntaxTree(statements, pragmas, files), false, false, false);
    }

    private static Reading inTurn(
            List<SourceFile> files, SourceFile prelude, Dialect dialect, Sources sources, Issues issues) {
        Preprocessor preprocessor = new Preprocessor(files, prelude, dialect, sources, issues);
        Lexer lexer = new Lexer(preprocessor, issues);
        Parser parser = new Parser(new TokenStream(lexer, dialect, issues));
        List<Stmt> statements = new ArrayList<>();
        parser.statements(statements, TokenKind.END);
        boolean brokenOff = preprocessor.brokenOff() || lexer.brokenOff() || issues.full();
        SyntaxTree tree = new SyntaxTree(statements, preprocessor.pragmas(), files);
        Result result = new Result(tree, preprocessor.failed(), brokenOff, parser.statementsLost);
        boolean clean = issues.toList().isEmpty() && !preprocessor.failed() && !brokenOff && !parser.statementsLost;
        return new Reading(result, preprocessor.budget().used(lexer.tokens()), clean);
    }

    private void statements(List<Stmt> into, TokenKind until) {
        while (!tokens.at(until) && !tokens.at(TokenKind.END) && !issues.full()) {
            int depth = tokens.depth();
            Token first = tokens.peek();
            try {
                Stmt statement = statement();
                if (statement != null) {
                    into.add(statement);
                }
            } catch (SyntaxException e) {
                statementsLost = true;
                tokens.depth(depth);
                tokens.resume(first);
            }
        }
    }

    /** One statement, null for an empty one. */
    private @Nullable Stmt statement() {
        Token word = tokens.peek();
        if (tokens.accept(TokenKind.SEMICOLON)) {
            return null;
        }
        if (!word.is(TokenKind.WORD) || !STATEMENTS.contains(word.text())) {
            String hint = word.is(TokenKind.ID) ? NearNames.hint(word.text(), STATEMENTS) : "";
            throw tokens.unexpected("expected a statement (event, engine, prop, mask, fru, asru or config)" + hint);
        }
        tokens.take();
        return switch (word.text()) {
            case "event" -> {
                EventRef event = expressions.event(true);
                yield new Stmt.EventDecl(event, properties(), end(word));
            }
            case "engine" -> {
                EventRef engine = expressions.event(true);
                yield new Stmt.EngineDecl(engine, properties(), end(word));
            }
            case "fru", "asru" -> {
                Stmt.UnitKind kind = word.text().equals("fru") ? Stmt.UnitKind.FRU : Stmt.UnitKind.ASRU;
                Path path = names.path();
                yield new Stmt.UnitDecl(kind, path, properties(), end(word));
            }
            case "config" -> {
                Path path = configPath();
                yield new Stmt.ConfigDecl(path, properties(), end(word));
            }
            case "if" -> conditional(word);
            default -> propagation(word);
        };
    }

    private Span end(Token word) {
        if (!tokens.at(TokenKind.SEMICOLON) && tokens.atNextStatement()) {
            // All of it is there, so it counts.
            tokens.error(behind(tokens.last()), "expected ';' at the end of the statement");
            return word.span().to(tokens.last());
        }
        tokens.expect(TokenKind.SEMICOLON, " at the end of the statement");
        return word.span().to(tokens.last());
    }

    /** The place right behind a span, where something is missing. */
    private static Span behind(Span span) {
        SourceFile file = span.file();
        int end = Math.min(span.end(), file.text().length());
        return new Span(file, end, end, span.line(), span.expansions());
    }

    private Stmt conditional(Token word) {
        tokens.expect(TokenKind.PAREN_OPEN, " after if");
        Expr condition = expressions.item();
        tokens.expect(TokenKind.PAREN_CLOSE, " after the condition");
        List<Stmt> body = new ArrayList<>();
        tokens.enter();
        if (tokens.accept(TokenKind.BRACE_OPEN)) {
            statements(body, TokenKind.BRACE_CLOSE);
            tokens.expect(TokenKind.BRACE_CLOSE, " at the end of the block");
        } else {
            Stmt only = statement();
            if (only != null) {
                body.add(only);
            }
        }
        tokens.leave();
        return new Stmt.If(condition, body, word.span().to(tokens.last()));
    }

    private Path configPath() {
        List<Path.Component> components = new ArrayList<>();
        Span span = tokens.peek().span();
        do {
            Token name = tokens.expect(TokenKind.ID, " in a config path");
            components.add(new Path.Component(name.text(), new PathIndex.None(), name.span()));
            span = span.to(name.span());
        } while (tokens.accept(TokenKind.SLASH) && components.size() <= Limits.NESTING);
        return new Path(components, span);
    }

    /** {@code [pair] {"," pair}}: the comma before the first pair may be missing. */
    private List<Property> properties() {
        List<Property> properties = new ArrayList<>();
        if (startsProperty()) {
            properties.add(property());
        }
        while (tokens.accept(TokenKind.COMMA)) {
            properties.add(property());
        }
        return properties;
    }

    private boolean startsProperty() {
        Token token = tokens.peek();
        return token.is(TokenKind.ID) || token.isWord("engine") || token.isWord("count");
    }

    private Property property() {
        Token start = tokens.peek();
        if (!startsProperty()) {
            throw tokens.unexpected("expected a property name");
        }
        String name = start.is(TokenKind.WORD) ? tokens.take().text() : names.dashedName(" in a property name");
        Span nameSpan = start.span().to(tokens.last());
        if (!tokens.accept(TokenKind.ASSIGN)) {
            throw tokens.unexpected("expected '=' after property " + name);
        }
        Expr value = propertyValue();
        return new Property(name, value, nameSpan, start.span().to(tokens.last()));
    }

    private Expr propertyValue() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NUMBER -> tokens.peek(1).is(TokenKind.ID) ? expressions.time() : expressions.arithmetic(true, false);
            case PAREN_OPEN -> expressions.arithmetic(true, false);
            case STRING -> expressions.string();
            case DOLLAR -> expressions.global();
            case WORD -> expressions.function();
            case ID -> namedValue();
            default -> throw tokens.unexpected("expected the value of the property");
        };
    }

    /** One token after the first name decides what it is the beginning of. */
    private Expr namedValue() {
        Token next = tokens.peek(1);
        if (next.is(TokenKind.DOT)) {
            EventRef event = expressions.event(false);
            return new Expr.EventValue(event, event.span());
        }
        if (next.is(TokenKind.PAREN_OPEN)) {
            return expressions.call();
        }
        Path path = names.path();
        return new Expr.PathValue(path, path.span());
    }

    private Stmt propagation(Token word) {
        List<List<EventRef>> columns = new ArrayList<>();
        List<Stmt.Arrow> arrows = new ArrayList<>();
        columns.add(events());
        do {
            Span start = tokens.peek().span();
            Expr n = count();
            if (!tokens.accept(TokenKind.ARROW)) {
                throw tokens.unexpected("expected '->'");
            }
            Expr k = count();
            arrows.add(new Stmt.Arrow(n, k, start.to(tokens.last())));
            columns.add(events());
        } while (tokens.at(TokenKind.ARROW) || tokens.at(TokenKind.PAREN_OPEN));
        return new Stmt.Propagation(word.isWord("mask"), columns, arrows, end(word));
    }

    private List<EventRef> events() {
        List<EventRef> events = new ArrayList<>();
        do {
            events.add(expressions.event(true));
        } while (tokens.accept(TokenKind.COMMA));
        return events;
    }

    /** {@code "(" N ")"}, or null where nothing is written. */
    private @Nullable Expr count() {
        if (!tokens.accept(TokenKind.PAREN_OPEN)) {
            return null;
        }
        Expr value = expressions.arithmetic(false, true);
        tokens.expect(TokenKind.PAREN_CLOSE, " after the count");
        return value;
    }
}
