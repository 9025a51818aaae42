// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * One file as its author wrote it, cut into bits, beside the tokens it means: what a formatter works on.
 *
 * <p>The bits are in the order of the text and do not overlap; between them are blanks, line ends, comments and
 * joined lines, nothing else. What a condition left out lies inside the {@link Kind#DIRECTIVE} that left it out.
 *
 * @param tokens the whole file after preprocessing, included files too, without the end
 * @param whole false when a limit, a comment or a string without end stopped the reading
 */
public record SourceLayout(SourceFile file, List<Bit> bits, List<Token> tokens, List<Pragma> pragmas, boolean whole) {

    /** What a bit is. */
    public enum Kind {
        /** A name, a number or both run together. */
        WORD,
        STRING,
        /** An operator or a bracket as the lexer would read it, {@code ->}; or a character it does not know. */
        SIGN,
        /** A macro's name with its arguments, if any. */
        MACRO,
        /** A line that begins with {@code #}, or all from an {@code #if} to the end of what it leaves out. */
        DIRECTIVE
    }

    /** What a macro's text does to the statement it stands in; {@link #NONE} for bits that are no macro. */
    public enum Effect {
        NONE,
        /** It has no text. */
        EMPTY,
        /** Its text ends with a semicolon. */
        ENDS
    }

    /** The text {@code [start, end)} of the file. */
    public record Bit(Kind kind, int start, int end, Effect effect) {
        public String text(SourceFile file) {
            return file.text().substring(start, end);
        }
    }

    public SourceLayout {
        bits = List.copyOf(bits);
        tokens = List.copyOf(tokens);
        pragmas = List.copyOf(pragmas);
    }

    /** Reads one file as {@link Parser#parse} would, {@code prelude} before it; issues go nowhere. */
    public static SourceLayout read(SourceFile file, SourceFile prelude, Dialect dialect, Sources sources) {
        Issues issues = new Issues();
        Preprocessor preprocessor = new Preprocessor(List.of(file), prelude, dialect, sources, issues);
        Recorder recorder = new Recorder(file);
        preprocessor.record(recorder);
        Lexer lexer = new Lexer(preprocessor, issues);
        List<Token> tokens = new ArrayList<>();
        for (Token token = lexer.next(); !token.is(TokenKind.END); token = lexer.next()) {
            tokens.add(token);
        }
        boolean whole = !preprocessor.brokenOff() && !lexer.brokenOff();
        return new SourceLayout(file, recorder.bits(tokens), tokens, preprocessor.pragmas(), whole);
    }

    /** Listens to the preprocessor. */
    static final class Recorder {
        private record Stretch(int start, int end) {}

        private final SourceFile file;
        private final List<Piece> pieces = new ArrayList<>();
        private final List<Stretch> directives = new ArrayList<>();
        private final List<Stretch> macros = new ArrayList<>();

        Recorder(SourceFile file) {
            this.file = file;
        }

        private boolean inFile(Span span) {
            return span.file().origin() == file;
        }

        void piece(Piece piece) {
            boolean text = piece.kind() != Piece.Kind.NEWLINE && piece.kind() != Piece.Kind.END;
            if (text && inFile(piece.span())) {
                pieces.add(piece);
            }
        }

        void directive(Span hash, int end) {
            if (inFile(hash)) {
                add(directives, hash.start(), Math.max(end, hash.end()));
            }
        }

        void macroUse(Span use) {
            if (inFile(use)) {
                add(macros, use.start(), use.end());
            }
        }

        /** Keeps the list sorted and without overlaps; a later stretch never begins before the last but one. */
        private static void add(List<Stretch> stretches, int start, int end) {
            int from = start;
            int to = end;
            while (!stretches.isEmpty() && stretches.get(stretches.size() - 1).end() > from) {
                Stretch last = stretches.remove(stretches.size() - 1);
                from = Math.min(from, last.start());
                to = Math.max(to, last.end());
            }
            stretches.add(new Stretch(from, to));
        }

        List<Bit> bits(List<Token> tokens) {
            List<Bit> bits = new ArrayList<>();
            int directive = 0;
            int macro = 0;
            int token = 0;
            int covered = 0;
            for (Piece piece : pieces) {
                int start = piece.span().start();
                if (start < covered) {
                    continue;
                }
                while (directive < directives.size()
                        && directives.get(directive).start() < start) {
                    directive++;
                }
                while (macro < macros.size() && macros.get(macro).start() < start) {
                    macro++;
                }
                if (directive < directives.size() && directives.get(directive).start() == start) {
                    bits.add(new Bit(
                            Kind.DIRECTIVE, start, directives.get(directive).end(), Effect.NONE));
                } else if (macro < macros.size() && macros.get(macro).start() == start) {
                    Stretch use = macros.get(macro);
                    Effect effect = Effect.EMPTY;
                    while (token < tokens.size() && before(tokens.get(token), use.end())) {
                        Token last = tokens.get(token++);
                        if (inFile(last.span()) && last.span().start() >= start) {
                            effect = last.is(TokenKind.SEMICOLON) ? Effect.ENDS : Effect.NONE;
                        }
                    }
                    bits.add(new Bit(Kind.MACRO, start, use.end(), effect));
                } else {
                    plain(bits, piece);
                }
                covered = bits.get(bits.size() - 1).end();
            }
            return bits;
        }

        /** Tokens of included files lie where they were included. */
        private boolean before(Token token, int end) {
            return !inFile(token.span()) || token.span().start() < end;
        }

        private static void plain(List<Bit> bits, Piece piece) {
            int start = piece.span().start();
            int end = piece.span().end();
            Kind kind = switch (piece.kind()) {
                case WORD, DIGITS -> Kind.WORD;
                case STRING -> Kind.STRING;
                default -> Kind.SIGN;
            };
            Bit last = bits.isEmpty() ? null : bits.get(bits.size() - 1);
            if (last != null && last.end() == start && last.kind() == kind && kind != Kind.STRING) {
                String text = piece.span().file().text();
                String joined = text.substring(last.start(), end);
                if (kind == Kind.WORD || Lexer.isSign(joined)) {
                    bits.set(bits.size() - 1, new Bit(kind, last.start(), end, Effect.NONE));
                    return;
                }
            }
            bits.add(new Bit(kind, start, end, Effect.NONE));
        }
    }
}
