// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * Fills in the body of one macro. Arguments go in unexpanded, into strings as well (the K&amp;R manner); with
 * decision L8, {@code #param} quotes an argument and {@code ##} pastes.
 */
final class Substitution {
    private final Macro macro;
    private final List<String> parameters;
    private final Budget budget;
    private final List<Piece> result = new ArrayList<>();
    private boolean blankOwed;
    private boolean glue;
    private boolean keepLines;

    Substitution(Macro macro, Budget budget) {
        this.macro = macro;
        List<String> named = macro.parameters();
        this.parameters = named == null ? List.of() : named;
        this.budget = budget;
    }

    /** The text of a macro without parentheses. */
    List<Piece> object(Piece use) {
        for (Piece piece : macro.body()) {
            emit(piece, piece.text(), use.span(), piece.span());
        }
        return finish(use);
    }

    /** The text of a call; {@code call} covers the name and the arguments. */
    List<Piece> function(Piece use, Span call, List<Preprocessor.Argument> arguments, Dialect dialect) {
        boolean modern = dialect.has(Decision.PASTE_AND_QUOTE);
        keepLines = dialect.has(Decision.PLACE_EVERY_ISSUE);
        List<Piece> body = macro.body();
        for (int i = 0; i < body.size(); i++) {
            Piece piece = body.get(i);
            if (modern
                    && piece.is('#')
                    && i + 1 < body.size()
                    && body.get(i + 1).is('#')
                    && !body.get(i + 1).blankBefore()) {
                glue = true;
                blankOwed = false;
                i++;
            } else if (modern && piece.is('#') && i + 1 < body.size() && parameter(body.get(i + 1)) >= 0) {
                String text = "\"" + textOf(arguments.get(parameter(body.get(i + 1)))) + "\"";
                emit(
                        new Piece(Piece.Kind.STRING, text, piece.span(), piece.blankBefore(), false),
                        text,
                        call,
                        piece.span());
                i++;
            } else if (parameter(piece) >= 0) {
                insert(piece, arguments.get(parameter(piece)), call);
            } else if (piece.kind() == Piece.Kind.STRING) {
                emit(piece, filled(piece.text(), arguments), call, piece.span());
            } else {
                emit(piece, piece.text(), call, piece.span());
            }
        }
        return finish(use);
    }

    private int parameter(Piece piece) {
        return piece.kind() == Piece.Kind.WORD ? parameters.indexOf(piece.text()) : -1;
    }

    /** The first piece stands where the macro's name stood. */
    private List<Piece> finish(Piece use) {
        if (!result.isEmpty()) {
            Piece first = result.get(0);
            result.set(0, first.withBlank(first.blankBefore() || use.blankBefore()));
        }
        if (blankOwed || (result.isEmpty() && use.blankBefore())) {
            // A blank at the end of the text, or around no text at all, still parts the neighbours.
            result.add(new Piece(Piece.Kind.NEWLINE, "", use.span(), true, false));
        }
        return result;
    }

    private void emit(Piece piece, String text, Span place, Span written) {
        budget.piece(place, result.size());
        Span span = through(place, written);
        boolean blank = (piece.blankBefore() || blankOwed) && !glue;
        blankOwed = false;
        glue = false;
        add(new Piece(piece.kind(), text, span, blank, false));
    }

    /** Words that touch become one, which may again be a macro's name. */
    private void add(Piece piece) {
        Piece last = result.isEmpty() ? null : result.get(result.size() - 1);
        boolean word = piece.kind() == Piece.Kind.WORD || piece.kind() == Piece.Kind.DIGITS;
        if (last == null || last.kind() != Piece.Kind.WORD || !word || piece.blankBefore()) {
            result.add(piece);
            return;
        }
        StringBuilder pasted = new StringBuilder(last.text());
        append(pasted, piece.text());
        budget.chars(piece.span(), pasted.length());
        result.set(
                result.size() - 1,
                new Piece(Piece.Kind.WORD, pasted.toString(), last.span(), last.blankBefore(), false));
    }

    private void insert(Piece parameter, Preprocessor.Argument argument, Span call) {
        boolean blank = parameter.blankBefore();
        for (Piece piece : argument.pieces()) {
            budget.piece(call, result.size());
            boolean before = (piece.blankBefore() || blank || blankOwed) && !glue;
            blank = false;
            blankOwed = false;
            glue = false;
            Span place = piece.span();
            int line = keepLines ? place.line() : call.line();
            Span span = new Span(place.file(), place.start(), place.end(), line, chain(place, parameter.span()));
            add(new Piece(piece.kind(), piece.text(), span, before, false));
        }
        blankOwed |= !glue && (blank || argument.blankAfter());
    }

    private Span through(Span place, Span written) {
        return new Span(place.file(), place.start(), place.end(), place.line(), chain(place, written));
    }

    private List<Span.Expansion> chain(Span place, Span written) {
        List<Span.Expansion> outer = place.expansions();
        if (outer.size() >= Limits.EXPANSIONS_SHOWN) {
            return outer;
        }
        Span.Expansion own = new Span.Expansion(macro.name(), written);
        if (outer.isEmpty()) {
            return List.of(own);
        }
        List<Span.Expansion> longer = new ArrayList<>(outer);
        longer.add(own);
        return List.copyOf(longer);
    }

    private String filled(String text, List<Preprocessor.Argument> arguments) {
        if (parameters.isEmpty()) {
            return text;
        }
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = at + 1;
            if (PieceScanner.isLetter(text.charAt(at))) {
                while (end < text.length() && isWordChar(text.charAt(end))) {
                    end++;
                }
            }
            String part = text.substring(at, end);
            int parameter = parameters.indexOf(part);
            append(filled, parameter < 0 ? part : textOf(arguments.get(parameter)));
            at = end;
        }
        budget.chars(macro.defined(), filled.length());
        return filled.toString();
    }

    private void append(StringBuilder text, String more) {
        if (text.length() + more.length() > Limits.TOKEN_CHARS) {
            budget.chars(macro.defined(), Limits.EXPANDED_CHARS + 1);
        }
        text.append(more);
    }

    private static boolean isWordChar(char c) {
        return PieceScanner.isLetter(c) || PieceScanner.isDigit(c);
    }

    private String textOf(Preprocessor.Argument argument) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : argument.pieces()) {
            if (piece.blankBefore()) {
                text.append(' ');
            }
            // A string inside a string keeps its quotes only behind backslashes.
            boolean string = piece.kind() == Piece.Kind.STRING;
            append(text, string ? piece.text().replace("\\", "\\\\").replace("\"", "\\\"") : piece.text());
        }
        if (argument.blankAfter() && !argument.pieces().isEmpty()) {
            text.append(' ');
        }
        budget.chars(macro.defined(), text.length());
        return text.toString();
    }
}
