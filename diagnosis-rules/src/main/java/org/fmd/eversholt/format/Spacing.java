// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.SourceLayout.Bit;
import org.fmd.eversholt.syntax.SourceLayout.Kind;

/**
 * Says where in a statement blanks stand and where lines may be broken. Inside names and paths, where a blank is the
 * author's business, and around macros it leaves things as they are.
 */
final class Spacing {
    /** No line may end before this word. */
    static final int NO_BREAK = Integer.MAX_VALUE;

    /** Behind an arrow, where a column of events begins. */
    static final int COLUMN = 0;

    /** Behind a comma outside all brackets. */
    static final int ITEM = 1;

    /**
     * A bit with what comes before it.
     *
     * @param blank whether a blank stands before it when it stands on the same line
     * @param level how deep in the statement a line may end before it: {@link #COLUMN}, {@link #ITEM}, one more for
     *     each bracket, or {@link #NO_BREAK}
     * @param broken whether its author ended a line before it
     */
    record Word(String text, boolean blank, int level, boolean broken) {}

    /** What a bracket that is open holds. */
    private enum Frame {
        STATEMENT,
        CONSTRAINTS,
        EXPRESSION,
        PATHS,
        COUNT,
        INDEX
    }

    private static final Set<String> PATH_FUNCTIONS = Set.of(
            "is_connected",
            "is_under",
            "is_on",
            "is_present",
            "is_type",
            "has_fault",
            "confprop",
            "confprop_defined",
            "asru",
            "fru",
            "count");
    private static final Set<String> BINARY = Set.of(
            "&&", "||", "==", "!=", "<=", ">=", "<<", ">>", "<", ">", "+", "-", "*", "/", "%", "^", "|", "&", "=", "?",
            ":");
    private static final Set<String> BREAKS_AFTER = Set.of(",", "&&", "||", "?", ":");
    private static final Set<String> PREFIXES = Set.of("!", "~", "$");

    private final SourceFile file;
    private final boolean propagation;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final List<Word> words = new ArrayList<>();

    /** Set between the arrow and the first event behind it. */
    private boolean afterArrow;

    private Spacing(SourceFile file, String word) {
        this.file = file;
        this.propagation = word.equals("prop") || word.equals("mask");
        frames.push(Frame.STATEMENT);
    }

    static List<Word> of(Element statement, SourceFile file) {
        List<Bit> bits = statement.bits();
        Spacing spacing = new Spacing(file, bits.get(0).text(file));
        spacing.words.add(new Word(bits.get(0).text(file), false, NO_BREAK, false));
        for (int i = 1; i < bits.size(); i++) {
            spacing.add(bits.get(i - 1), bits.get(i));
        }
        return spacing.words;
    }

    private Frame frame() {
        return frames.element();
    }

    private void add(Bit previous, Bit next) {
        boolean touching = previous.end() == next.start();
        String before = sign(previous);
        String after = sign(next);
        boolean blank = blank(previous, before, after, !touching);
        int level = NO_BREAK;
        boolean begins = after.isEmpty() || PREFIXES.contains(after) || after.equals("(");
        if (afterArrow && frame() == Frame.STATEMENT && after.isEmpty()) {
            level = COLUMN;
            afterArrow = false;
        } else if (blank && begins && BREAKS_AFTER.contains(before) && frame() != Frame.INDEX) {
            level = frames.size();
        }
        boolean broken = file.text().substring(previous.end(), next.start()).indexOf('\n') >= 0;
        words.add(new Word(next.text(file), blank, level, broken));
        switch (after) {
            case "->" -> afterArrow = frame() == Frame.STATEMENT;
            case "{" -> frames.push(Frame.CONSTRAINTS);
            case "[" -> frames.push(Frame.INDEX);
            case "(" -> frames.push(parenthesis(previous));
            case ")", "]", "}" -> {
                if (frames.size() > 1) {
                    frames.pop();
                }
            }
            default -> {}
        }
    }

    private String sign(Bit bit) {
        return bit.kind() == Kind.SIGN ? bit.text(file) : "";
    }

    private Frame parenthesis(Bit previous) {
        if (frame() == Frame.INDEX || frame() == Frame.COUNT) {
            return frame();
        }
        if (frame() == Frame.STATEMENT && propagation) {
            return Frame.COUNT;
        }
        boolean paths = previous.kind() == Kind.WORD && PATH_FUNCTIONS.contains(previous.text(file));
        return paths ? Frame.PATHS : Frame.EXPRESSION;
    }

    private boolean blank(Bit previous, String before, String after, boolean had) {
        if (after.equals(",") || after.equals(";")) {
            return false;
        }
        boolean brace = before.equals("{") || before.equals("}") || after.equals("{") || after.equals("}");
        if (before.equals(",") || brace) {
            return true;
        }
        if (frame() != Frame.INDEX && (before.equals("(") || after.equals(")"))) {
            return false;
        }
        boolean call = after.equals("(") && previous.kind() == Kind.WORD;
        return switch (frame()) {
            case STATEMENT -> inStatement(before, after, call, had);
            case CONSTRAINTS, EXPRESSION -> inExpression(before, after, call, had);
            case PATHS -> !call && had;
            case COUNT, INDEX -> had;
        };
    }

    private boolean inStatement(String before, String after, boolean call, boolean had) {
        if (after.equals("->")) {
            return !before.equals(")");
        }
        if (before.equals("->")) {
            return !after.equals("(");
        }
        if (propagation) {
            return after.equals("(") || before.equals(")") || had;
        }
        return !call && !before.equals("=") && !after.equals("=") && had;
    }

    private static boolean inExpression(String before, String after, boolean call, boolean had) {
        if (PREFIXES.contains(before)) {
            return false;
        }
        if (BINARY.contains(before) || BINARY.contains(after)) {
            return true;
        }
        return !call && had;
    }
}
