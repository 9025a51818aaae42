// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The C preprocessor in its old (K&amp;R) manner, as the language needs it (eversholt reference §1.2).
 *
 * <p>It works on {@link Piece}s and hands them on one at a time, so memory does not grow with the text: a comment
 * pastes, a parameter is replaced inside strings too, arguments go in as they are and the result is scanned again.
 * Words that touch are one
 * name only inside a macro's text. Every piece remembers where it was written and which macros it came through.
 *
 * <p>{@link Directives} does the lines that begin with {@code #}; {@link Substitution} fills in macro bodies.
 */
final class Preprocessor {

    /** What pieces are read from: a file, or the text of a macro being expanded. */
    private static final class Input {
        final @Nullable PieceScanner scanner;
        final @Nullable Macro macro;
        final List<Piece> pieces;
        final Deque<Piece> ahead = new ArrayDeque<>();
        int next;

        Input(PieceScanner scanner) {
            this.scanner = scanner;
            this.macro = null;
            this.pieces = List.of();
        }

        Input(@Nullable Macro macro, List<Piece> pieces) {
            this.scanner = null;
            this.macro = macro;
            this.pieces = pieces;
        }

        private PieceScanner scanner() {
            if (scanner == null) {
                throw new IllegalStateException("not a file");
            }
            return scanner;
        }

        Piece take() {
            return ahead.isEmpty() ? scanner().next() : ahead.remove();
        }

        Piece lookAhead() {
            if (ahead.isEmpty()) {
                ahead.add(scanner().next());
            }
            return ahead.element();
        }

        /** The next piece that is no line end. */
        Piece afterNewline() {
            if (lookAhead().kind() == Piece.Kind.NEWLINE && ahead.size() == 1) {
                ahead.add(scanner().next());
            }
            return ahead.getLast();
        }
    }

    /** Thrown to leave a compilation that outgrew a limit; the issue is reported already. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("limit reached", null, false, false);
        }
    }

    private final Dialect dialect;
    private final Issues issues;
    private final Map<String, Macro> macros = new HashMap<>();
    private final Deque<Input> inputs = new ArrayDeque<>();
    private final Directives directives;
    private final Budget budget;
    private final Deque<SourceFile> files;
    private final SourceFile prelude;
    private Piece end;
    private @Nullable Piece last;
    private SourceLayout.@Nullable Recorder recorder;
    private boolean inLine;
    private boolean failed;
    private boolean brokenOff;

    /**
     * A preprocessor for the files in their order.
     *
     * @param prelude directives to obey before each file, those of {@code -D} and {@code -U}
     */
    Preprocessor(List<SourceFile> files, SourceFile prelude, Dialect dialect, Sources sources, Issues issues) {
        this.files = new ArrayDeque<>(files);
        this.prelude = prelude;
        this.end = new Piece(Piece.Kind.END, "", new Span(prelude, 0, 0), true, false);
        this.dialect = dialect;
        this.issues = issues;
        this.budget = new Budget(this);
        this.directives = new Directives(this, dialect, sources, issues, budget);
    }

    /** Tells the recorder what is read from files and which stretches of them are directives and uses of macros. */
    void record(SourceLayout.Recorder listener) {
        recorder = listener;
    }

    Map<String, Macro> macros() {
        return macros;
    }

    Budget budget() {
        return budget;
    }

    List<Pragma> pragmas() {
        return directives.pragmas();
    }

    /** True when a directive, a macro or an included file was in error: the reference's preprocessor stops there. */
    boolean failed() {
        return failed;
    }

    /** True when a string or comment never ended or a limit was reached: what follows was not read. */
    boolean brokenOff() {
        return brokenOff;
    }

    /** Reports an error of the preprocessor itself. */
    void fail(IssueCode code, Span span, String message, Issue.Note... notes) {
        failed = true;
        issues.add(code, span, message, notes);
    }

    /** Reports that a limit is reached and ends the compilation. */
    RuntimeException tooLarge(Span span, String message) {
        fail(IssueCode.LIMIT, span, message);
        return new TooLarge();
    }

    /** Begins a file; its pieces come next. */
    void open(SourceFile file) {
        budget.source(file);
        inputs.push(new Input(new PieceScanner(file, dialect, issues)));
        directives.opened();
    }

    /** The number of files being read, each inside the one before. */
    int fileDepth() {
        return (int) inputs.stream().filter(input -> input.scanner != null).count();
    }

    /** The next piece of the program, macros expanded, directives obeyed; {@link Piece.Kind#END} for ever at the end. */
    Piece next() {
        if (last != null) {
            return last;
        }
        try {
            Piece piece = expandNext();
            if (piece.kind() == Piece.Kind.END) {
                last = piece;
            }
            return piece;
        } catch (TooLarge e) {
            brokenOff = true;
            inputs.clear();
            last = end;
            return end;
        }
    }

    private Piece expandNext() {
        boolean blank = false;
        while (true) {
            Piece piece = obeyingDirectives();
            if (piece.kind() == Piece.Kind.NEWLINE) {
                blank = true;
            } else if (piece.kind() != Piece.Kind.WORD) {
                return piece.withBlank(piece.blankBefore() || blank);
            } else {
                Piece word = piece.withBlank(piece.blankBefore() || blank);
                if (!expand(word)) {
                    return word;
                }
                blank = false;
            }
        }
    }

    /** Expands a line on its own, for {@code #if} and {@code #include}. */
    List<Piece> expandLine(List<Piece> line) {
        Deque<Input> outer = new ArrayDeque<>(inputs);
        inputs.clear();
        inputs.push(new Input(null, line));
        inLine = true;
        List<Piece> expanded = new ArrayList<>();
        try {
            for (Piece piece = expandNext(); piece.kind() != Piece.Kind.END; piece = expandNext()) {
                budget.keep(piece.span(), expanded.size());
                expanded.add(piece);
            }
        } finally {
            inLine = false;
            inputs.clear();
            inputs.addAll(outer);
        }
        return expanded;
    }

    /** The next piece that is no directive, from whatever is innermost. */
    private Piece obeyingDirectives() {
        while (true) {
            Piece piece = read();
            if (!piece.is('#') || !piece.lineStart()) {
                return piece;
            }
            int end = directives.obey(piece);
            if (recorder != null) {
                recorder.directive(piece.span(), end);
            }
        }
    }

    /** The next raw piece; a finished macro or file is left on the way. */
    private Piece read() {
        while (true) {
            Input input = inputs.peek();
            if (input == null) {
                if (!openNextFile()) {
                    return end;
                }
            } else if (input.scanner != null) {
                Piece piece = input.take();
                if (recorder != null) {
                    recorder.piece(piece);
                }
                return piece.kind() == Piece.Kind.END ? leaveFile(input.scanner, piece) : piece;
            } else if (input.next < input.pieces.size()) {
                return input.pieces.get(input.next++);
            } else {
                inputs.pop();
            }
        }
    }

    /** The end of a file is the end of a line, so that nothing is pasted across it. */
    private Piece leaveFile(PieceScanner scanner, Piece endOfFile) {
        failed |= scanner.brokenComment();
        brokenOff |= scanner.broken();
        end = endOfFile;
        inputs.pop();
        directives.closed();
        return new Piece(Piece.Kind.NEWLINE, "", endOfFile.span(), true, false);
    }

    /** Each file the user named is preprocessed on its own; the parser sees them one after another. */
    private boolean openNextFile() {
        SourceFile file = inLine ? null : files.poll();
        if (file == null) {
            return false;
        }
        macros.clear();
        open(file);
        open(prelude);
        return true;
    }

    /** The next raw piece of the file being read; its end is given again and again. */
    Piece readInFile() {
        Input input = inputs.element();
        Piece piece = input.take();
        if (piece.kind() == Piece.Kind.END) {
            input.ahead.addFirst(piece);
        }
        return piece;
    }

    /** Puts the text of a macro before what comes next; false when the word is no macro in use here. */
    private boolean expand(Piece word) {
        Macro macro = macros.get(word.text());
        if (macro == null) {
            return expandPosition(word);
        }
        if (macro.parameters() == null) {
            return !recursive(macro, word, 1)
                    && begin(macro, word.span(), new Substitution(macro, budget).object(word));
        }
        if (!nextIsParenthesis() || recursive(macro, word, Limits.MACRO_RECURSION)) {
            return false;
        }
        int outputLine = word.span().line();
        Call call = new Call(word.span());
        if (!readArguments(macro, call)) {
            return true;
        }
        keepLine(outputLine);
        if (!countFits(macro, call)) {
            return true;
        }
        return begin(
                macro, call.span, new Substitution(macro, budget).function(word, call.span, call.arguments, dialect));
    }

    /** {@code __LINE__} and {@code __FILE__}. */
    private boolean expandPosition(Piece word) {
        if (recorder != null && word.text().startsWith("__")) {
            recorder.macroUse(word.span());
        }
        if (word.text().equals("__LINE__")) {
            String line = Integer.toString(word.span().line());
            inputs.push(new Input(
                    null, List.of(new Piece(Piece.Kind.DIGITS, line, word.span(), word.blankBefore(), false))));
            return true;
        }
        if (word.text().equals("__FILE__")) {
            String name = "\"" + word.span().file().name() + "\"";
            inputs.push(new Input(
                    null, List.of(new Piece(Piece.Kind.STRING, name, word.span(), word.blankBefore(), false))));
            return true;
        }
        return false;
    }

    private boolean begin(Macro macro, Span use, List<Piece> text) {
        if (recorder != null) {
            recorder.macroUse(use);
        }
        inputs.push(new Input(macro, text));
        return true;
    }

    private boolean recursive(Macro macro, Piece word, int most) {
        int depth = 0;
        int same = 0;
        for (Input input : inputs) {
            depth += input.macro != null ? 1 : 0;
            same += input.macro != null && input.macro.name().equals(macro.name()) ? 1 : 0;
        }
        if (same < most && depth < Limits.MACRO_DEPTH) {
            return false;
        }
        Issue.Note defined = new Issue.Note("'" + macro.name() + "' defined here", macro.defined());
        if (same >= most) {
            fail(IssueCode.MACRO, word.span(), "macro '" + macro.name() + "' expands to itself", defined);
        } else {
            fail(IssueCode.LIMIT, word.span(), "macros nested more than " + Limits.MACRO_DEPTH + " deep", defined);
        }
        return true;
    }

    private boolean nextIsParenthesis() {
        for (Input input : inputs) {
            if (input.scanner != null) {
                return input.afterNewline().is('(');
            }
            if (input.next < input.pieces.size()) {
                return input.pieces.get(input.next).is('(');
            }
        }
        return false;
    }

    /** The arguments of a call while they are read. */
    private static final class Call {
        Span span;
        final List<Argument> arguments = new ArrayList<>();

        Call(Span name) {
            this.span = name;
        }
    }

    /** The pieces of one argument, and whether a blank follows the last. */
    record Argument(List<Piece> pieces, boolean blankAfter) {}

    private boolean readArguments(Macro macro, Call call) {
        Span name = call.span;
        Piece open = obeyingDirectives();
        while (open.kind() == Piece.Kind.NEWLINE) {
            open = obeyingDirectives();
        }
        List<Piece> current = new ArrayList<>();
        boolean blank = false;
        int depth = 1;
        int pieces = 0;
        while (true) {
            Piece piece = obeyingDirectives();
            if (piece.kind() == Piece.Kind.END) {
                fail(
                        IssueCode.MACRO,
                        name,
                        "the arguments of macro '" + macro.name() + "' never end; expected ')'",
                        new Issue.Note("'" + macro.name() + "' defined here", macro.defined()));
                return false;
            }
            if (piece.kind() == Piece.Kind.NEWLINE) {
                blank = true;
                continue;
            }
            depth += piece.is('(') ? 1 : piece.is(')') ? -1 : 0;
            if (depth == 0 || (depth == 1 && piece.is(','))) {
                call.arguments.add(new Argument(current, piece.blankBefore() || blank));
                current = new ArrayList<>();
                blank = false;
                if (depth == 0) {
                    call.span = name.to(piece.span());
                    return true;
                }
                continue;
            }
            budget.piece(name, pieces++);
            current.add(piece.withBlank(piece.blankBefore() || blank));
            blank = false;
        }
    }

    /** The reference prints a call on the line it begins on, with what follows up to the line end. */
    private void keepLine(int outputLine) {
        Input input = inputs.peek();
        if (input != null && input.scanner != null && !dialect.has(Decision.PLACE_EVERY_ISSUE)) {
            input.scanner.stayOn(outputLine);
        }
    }

    private boolean countFits(Macro macro, Call call) {
        List<String> parameters = macro.parameters();
        int wanted = parameters == null ? 0 : parameters.size();
        int given = call.arguments.size();
        Argument only = call.arguments.get(0);
        if (wanted == 0 && given == 1 && only.pieces().isEmpty()) {
            return true;
        }
        if (wanted == given) {
            return true;
        }
        fail(
                IssueCode.MACRO,
                call.span,
                "macro '" + macro.name() + "' takes " + wanted + (wanted == 1 ? " argument" : " arguments") + ", not "
                        + given,
                new Issue.Note("'" + macro.name() + "' defined here", macro.defined()));
        return false;
    }

    /** The scanner of the file being read. */
    PieceScanner scanner() {
        return inputs.element().scanner();
    }
}
