// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes {@link Token}s of the pieces the preprocessor hands on (eversholt reference §1.4 to §1.9). */
final class Lexer {
    /** The functions whose arguments are paths. */
    static final Set<String> PATH_FUNCTIONS = Set.of(
            "is_connected", "is_under", "is_on", "is_present", "is_type", "has_fault", "confprop", "confprop_defined");

    /** Reserved words that may follow a dot or dash in a class name in the reference too. */
    static final Set<String> CLASS_WORDS = Set.of("prop", "mask", "event", "engine", "asru", "fru", "config", "if");

    private static final Set<String> RESERVED;

    /** The signs of one character, by character, and those of two, by the first: the second and its kind. */
    private static final TokenKind[] ONE = new TokenKind[128];

    private static final List<Map<Character, TokenKind>> TWO =
            new ArrayList<>(Collections.nCopies(ONE.length, Map.of()));

    static {
        Set<String> words = new HashSet<>(Set.of("count", "div"));
        words.addAll(PATH_FUNCTIONS);
        words.addAll(CLASS_WORDS);
        RESERVED = Set.copyOf(words);
        for (TokenKind kind : TokenKind.values()) {
            String sign = kind.sign();
            if (sign.length() == 1) {
                ONE[sign.charAt(0)] = kind;
            } else if (sign.length() == 2) {
                Map<Character, TokenKind> seconds = new HashMap<>(TWO.get(sign.charAt(0)));
                seconds.put(sign.charAt(1), kind);
                TWO.set(sign.charAt(0), Map.copyOf(seconds));
            }
        }
    }

    private final Preprocessor preprocessor;
    private final Issues issues;
    private Piece piece;
    private Piece following;
    private int at;
    private boolean glued;
    private boolean lineStart = true;
    private int tokens;

    Lexer(Preprocessor preprocessor, Issues issues) {
        this.preprocessor = preprocessor;
        this.issues = issues;
        this.piece = preprocessor.next();
        this.following = preprocessor.next();
    }

    static boolean reserved(String word) {
        return RESERVED.contains(word);
    }

    static Set<String> reservedWords() {
        return new TreeSet<>(RESERVED);
    }

    /** Whether these two characters are one operator. */
    static boolean isSign(String two) {
        return two.length() == 2 && seconds(two.charAt(0)).containsKey(two.charAt(1));
    }

    private static Map<Character, TokenKind> seconds(char first) {
        return first < ONE.length ? TWO.get(first) : Map.of();
    }

    /** How many tokens were made so far. */
    int tokens() {
        return tokens;
    }

    /** True when the program has more words than allowed. */
    boolean brokenOff() {
        return tokens > Limits.TOKENS;
    }

    Token next() {
        if (piece.kind() == Piece.Kind.END || tokens > Limits.TOKENS) {
            return new Token(TokenKind.END, "", piece.span(), false, true);
        }
        if (++tokens > Limits.TOKENS) {
            issues.add(IssueCode.LIMIT, piece.span(), "this program has more than " + Limits.TOKENS + " words");
            return new Token(TokenKind.END, "", piece.span(), false, true);
        }
        boolean touches = glued && !(at == 0 && piece.blankBefore());
        glued = true;
        if (piece.kind() == Piece.Kind.STRING) {
            return string(touches);
        }
        char c = current();
        if (PieceScanner.isDigit(c)) {
            return number(touches);
        }
        if (PieceScanner.isLetter(c) && c != '_') {
            return word(touches);
        }
        return sign(touches);
    }

    private char current() {
        return piece.text().charAt(at);
    }

    /** Whether another character follows in the same unbroken text. */
    private boolean more() {
        return at < piece.text().length() || touches(following);
    }

    private static boolean touches(Piece next) {
        return !next.blankBefore() && next.kind() != Piece.Kind.END && next.kind() != Piece.Kind.STRING;
    }

    private char peek() {
        return at < piece.text().length()
                ? piece.text().charAt(at)
                : following.text().charAt(0);
    }

    /** Passes over the current character, {@code where} being what the token covers so far. */
    private Span step(Span where) {
        if (at >= piece.text().length()) {
            advance();
        }
        Span covered = where.to(piece.span());
        at++;
        return covered;
    }

    private void advance() {
        piece = following;
        following = preprocessor.next();
        at = 0;
    }

    private Token token(TokenKind kind, String text, Span span, boolean touches) {
        Token token = new Token(kind, text, span, touches, lineStart);
        lineStart = false;
        if (piece.kind() != Piece.Kind.END && at >= piece.text().length()) {
            lineStart = following.lineStart() || startsLine(following);
            advance();
        }
        return token;
    }

    /** Indented statements count too: a piece on a later line than the one before. */
    private boolean startsLine(Piece next) {
        return next.span().line() != piece.span().line();
    }

    private Token string(boolean touches) {
        String quoted = piece.text();
        Span span = piece.span();
        boolean closed = quoted.length() > 1 && quoted.endsWith("\"");
        if (!closed && !span.expansions().isEmpty()) {
            issues.add(IssueCode.TEXT, span, "this string never ends; expected '\"'");
        }
        String content = quoted.substring(1, closed ? quoted.length() - 1 : quoted.length());
        at = quoted.length();
        return token(TokenKind.STRING, content, span, touches);
    }

    private Token word(boolean touches) {
        Span start = piece.span();
        if (at == 0 && piece.kind() == Piece.Kind.WORD && !continuesWord()) {
            // Nearly every word is one piece.
            at = piece.text().length();
            return word(piece.text(), start, touches);
        }
        Span span = start;
        StringBuilder text = new StringBuilder();
        while (more() && (PieceScanner.isLetter(peek()) || PieceScanner.isDigit(peek()))) {
            text.append(peek());
            span = step(span);
        }
        return word(text.toString(), span, touches);
    }

    private boolean continuesWord() {
        return (following.kind() == Piece.Kind.WORD || following.kind() == Piece.Kind.DIGITS)
                && !following.blankBefore();
    }

    private Token word(String word, Span span, boolean touches) {
        return token(reserved(word) ? TokenKind.WORD : TokenKind.ID, word, span, touches);
    }

    /** A digit that is not valid for the base ends the number, so {@code 08} is two. */
    private Token number(boolean touches) {
        Span span = inside();
        StringBuilder text = new StringBuilder();
        text.append(peek());
        span = step(span);
        int base = text.charAt(0) == '0' ? 8 : 10;
        if (base == 8 && more() && (peek() == 'x' || peek() == 'X')) {
            base = 16;
            text.append(peek());
            span = step(span);
        }
        while (more() && isDigit(peek(), base) && text.length() < Limits.TOKEN_CHARS) {
            text.append(peek());
            span = step(span);
        }
        return token(TokenKind.NUMBER, text.toString(), span, touches);
    }

    private static boolean isDigit(char c, int base) {
        // Character.digit knows digits of other scripts too.
        return c < 128 && Character.digit(c, base) >= 0;
    }

    /** The rest of the current piece where the text stands as written, else the whole piece. */
    private Span inside() {
        Span span = piece.span();
        boolean plain = span.expansions().isEmpty()
                && span.end() - span.start() == piece.text().length();
        return plain && at > 0
                ? new Span(span.file(), span.start() + at, span.end(), span.line(), span.expansions())
                : span;
    }

    private Token sign(boolean touches) {
        Span span = inside();
        char first = peek();
        span = step(span);
        Map<Character, TokenKind> seconds = seconds(first);
        if (!seconds.isEmpty() && more()) {
            TokenKind two = seconds.get(peek());
            if (two != null) {
                span = step(span);
                return token(two, two.sign(), span, touches);
            }
        }
        TokenKind one = first < ONE.length ? ONE[first] : null;
        return one == null
                ? token(TokenKind.BAD, String.valueOf(first), span, touches)
                : token(one, one.sign(), span, touches);
    }
}
