// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.ArrayList;
import java.util.List;

/** Reads the names of the language: dotted classes and component paths (eversholt reference §2.3). */
final class NameParser {
    private final TokenStream tokens;

    /** Reads the expression inside an iterator's brackets. */
    private final ExprParser expressions;

    private boolean warned;

    NameParser(TokenStream tokens, ExprParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** {@code ID "." part {("." | "-") part}}. */
    ClassName className() {
        warned = false;
        Token first = tokens.expect(TokenKind.ID, " that begins an event class");
        StringBuilder text = new StringBuilder(first.text());
        Span span = first.span();
        if (!tokens.at(TokenKind.DOT)) {
            throw tokens.unexpected("expected '.' after '" + first.text() + "' in an event class");
        }
        while (tokens.at(TokenKind.DOT) || tokens.at(TokenKind.MINUS)) {
            warnOfBlank(tokens.peek());
            text.append(tokens.take().is(TokenKind.DOT) ? '.' : '-');
            warnOfBlank(tokens.peek());
            text.append(classPart());
            span = span.to(tokens.last());
            limit(text, span);
        }
        return new ClassName(text.toString(), span);
    }

    private String classPart() {
        Token token = tokens.peek();
        if (!tokens.dialect().has(Decision.ANY_WORD_IN_CLASS)) {
            boolean fits =
                    token.is(TokenKind.ID) || (token.is(TokenKind.WORD) && Lexer.CLASS_WORDS.contains(token.text()));
            if (!fits) {
                throw tokens.unexpected("expected a name in the event class");
            }
            return tokens.take().text();
        }
        if (!token.is(TokenKind.ID) && !token.is(TokenKind.WORD) && !token.is(TokenKind.NUMBER)) {
            throw tokens.unexpected("expected a name in the event class");
        }
        String whole = tokens.take().text();
        if (!tokens.peek().glued() || !continuesWord(tokens.peek())) {
            return whole;
        }
        StringBuilder part = new StringBuilder(whole);
        while (tokens.peek().glued() && continuesWord(tokens.peek())) {
            part.append(tokens.take().text());
            limit(part, token.span());
        }
        return part.toString();
    }

    /** After leading digits the lexer cuts a component such as {@code 3v3} or {@code 08_a} into several tokens. */
    private static boolean continuesWord(Token token) {
        return token.is(TokenKind.ID)
                || token.is(TokenKind.WORD)
                || token.is(TokenKind.NUMBER)
                || (token.is(TokenKind.BAD) && token.text().equals("_"));
    }

    /** {@code component {"/" component}}. */
    Path path() {
        List<Path.Component> components = new ArrayList<>();
        Span span = tokens.peek().span();
        do {
            components.add(component());
            span = span.to(tokens.last());
            if (components.size() > Limits.NESTING) {
                throw tokens.tooLarge(span, "a path of more than " + Limits.NESTING + " components");
            }
        } while (tokens.accept(TokenKind.SLASH));
        return new Path(components, span);
    }

    private Path.Component component() {
        Token start = tokens.peek();
        String name = dashedName(" in a path");
        PathIndex index = index();
        return new Path.Component(name, index, start.span().to(tokens.last()));
    }

    /** {@code ID {"-" ID}}, as in components and property names; {@code where} completes a message. */
    String dashedName(String where) {
        warned = false;
        Token first = tokens.expect(TokenKind.ID, where);
        if (!tokens.at(TokenKind.MINUS)) {
            return first.text();
        }
        StringBuilder name = new StringBuilder(first.text());
        while (tokens.at(TokenKind.MINUS)) {
            warnOfBlank(tokens.peek());
            tokens.take();
            warnOfBlank(tokens.peek());
            name.append('-')
                    .append(tokens.expect(TokenKind.ID, " after '-'" + where).text());
            limit(name, first.span());
        }
        return name.toString();
    }

    private PathIndex index() {
        Span start = tokens.peek().span();
        if (tokens.accept(TokenKind.BRACKET_OPEN)) {
            if (tokens.accept(TokenKind.BRACKET_CLOSE)) {
                return new PathIndex.Empty(false, start.to(tokens.last()));
            }
            Expr value = expressions.expression();
            tokens.expect(TokenKind.BRACKET_CLOSE, " after the iterator");
            Span span = start.to(tokens.last());
            return value instanceof Expr.Name name
                    ? new PathIndex.Named(name.name(), false, span)
                    : new PathIndex.Computed(value, span);
        }
        if (tokens.accept(TokenKind.LT)) {
            if (tokens.accept(TokenKind.GT)) {
                return new PathIndex.Empty(true, start.to(tokens.last()));
            }
            Token name = tokens.expect(TokenKind.ID, " or '>' in a horizontal iterator");
            tokens.expect(TokenKind.GT, " after the iterator");
            return new PathIndex.Named(name.text(), true, start.to(tokens.last()));
        }
        return new PathIndex.None();
    }

    /** Once for each name is enough. */
    private void warnOfBlank(Token token) {
        if (!token.glued() && !warned && tokens.dialect().has(Decision.CHECK_MORE)) {
            warned = true;
            tokens.issues().add(IssueCode.BLANK_IN_NAME, token.span(), "a blank inside a name; it is read as one name");
        }
    }

    private void limit(StringBuilder text, Span span) {
        if (text.length() > Limits.TOKEN_CHARS) {
            throw tokens.tooLarge(span, "a name of more than " + Limits.TOKEN_CHARS + " characters");
        }
    }
}
