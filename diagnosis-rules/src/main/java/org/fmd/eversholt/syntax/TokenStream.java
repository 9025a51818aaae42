// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

/**
 * The tokens of a program with two of look-ahead, and what to do about one that does not fit.
 *
 * <p>In the reference's dialect an error within three tokens of the one before goes unreported, as its parser
 * generator has it.
 */
final class TokenStream {
    private static final int QUIET_TOKENS = 3;

    private final Lexer lexer;
    private final Dialect dialect;
    private final Issues issues;
    /** The next tokens, as many as were asked for. */
    private final Token[] ahead = new Token[3];

    private int known;
    private Span lastTaken;
    private int quiet;
    private int depth;

    TokenStream(Lexer lexer, Dialect dialect, Issues issues) {
        this.lexer = lexer;
        this.dialect = dialect;
        this.issues = issues;
        this.lastTaken = peek().span();
    }

    Dialect dialect() {
        return dialect;
    }

    Issues issues() {
        return issues;
    }

    Token peek() {
        return peek(0);
    }

    /** A token further on; 2 is the furthest. */
    Token peek(int distance) {
        while (known <= distance) {
            ahead[known++] = lexer.next();
        }
        return ahead[distance];
    }

    private Token drop() {
        Token token = peek();
        known--;
        System.arraycopy(ahead, 1, ahead, 0, known);
        return token;
    }

    boolean at(TokenKind kind) {
        return peek().is(kind);
    }

    Token take() {
        Token token = drop();
        lastTaken = token.span();
        quiet = Math.max(0, quiet - 1);
        return token;
    }

    /** Takes the token when it is of this kind. */
    boolean accept(TokenKind kind) {
        if (!at(kind)) {
            return false;
        }
        take();
        return true;
    }

    Token expect(TokenKind kind, String where) {
        if (!at(kind)) {
            throw unexpected("expected " + kind.words() + where);
        }
        return take();
    }

    /** The span of the token taken last: where a construct ends. */
    Span last() {
        return lastTaken;
    }

    /** Reports that the next token does not fit. {@code expected} completes the sentence. */
    SyntaxException unexpected(String expected) {
        Token token = peek();
        return error(token.span(), expected + ", found " + token.words());
    }

    /** Reports a syntax error and gives the exception that leaves the statement. */
    SyntaxException error(Span span, String message) {
        return error(IssueCode.SYNTAX, span, message);
    }

    /** Reports that a statement is beyond a limit. */
    SyntaxException tooLarge(Span span, String message) {
        return error(IssueCode.LIMIT, span, message);
    }

    private SyntaxException error(IssueCode code, Span span, String message) {
        boolean report = quiet == 0 || dialect.has(Decision.RESUME_AT_STATEMENT);
        quiet = QUIET_TOKENS;
        if (report) {
            issues.add(code, span, message);
        }
        return new SyntaxException();
    }

    /**
     * Goes on behind the next semicolon, or (decision L9) before a line that begins a statement.
     *
     * @param first the first token of the statement that is given up
     */
    void resume(Token first) {
        while (!at(TokenKind.END)) {
            if (!peek().equals(first) && atNextStatement()) {
                return;
            }
            Token token = drop();
            if (token.is(TokenKind.SEMICOLON)) {
                quiet = Math.max(0, quiet - 1);
                return;
            }
        }
    }

    /** A line that begins with a statement's own word, followed by something that is no part of a class name. */
    boolean atNextStatement() {
        return dialect.has(Decision.RESUME_AT_STATEMENT)
                && peek().lineStart()
                && peek().is(TokenKind.WORD)
                && Lexer.CLASS_WORDS.contains(peek().text())
                && !peek(1).is(TokenKind.DOT)
                && !peek(1).is(TokenKind.MINUS);
    }

    /** Goes one level deeper; too deep is an error. Each call needs its {@link #leave}. */
    void enter() {
        if (++depth > Limits.NESTING) {
            throw tooLarge(peek().span(), "nested more than " + Limits.NESTING + " deep");
        }
    }

    void leave() {
        depth--;
    }

    /** Forgets the depth of a statement that was given up. */
    void depth(int known) {
        depth = known;
    }

    int depth() {
        return depth;
    }
}
