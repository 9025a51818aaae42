// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import org.jspecify.annotations.Nullable;

/**
 * The expression of an {@code #if}, macros expanded: integers, {@code ! ~ -}, the binary operators of C and
 * {@code ?:}. A name that is no macro is 0.
 */
final class ConditionExpression {
    private static final String[][] LEVELS = {
        {"||"},
        {"&&"},
        {"|"},
        {"^"},
        {"&"},
        {"==", "!="},
        {"<=", ">=", "<", ">"},
        {"<<", ">>"},
        {"+", "-"},
        {"*", "/", "%"}
    };

    private final String text;
    private int at;
    private int depth;
    private @Nullable String problem;

    ConditionExpression(String text) {
        this.text = text;
    }

    /** What is wrong with it, or null; known after {@link #evaluate}. */
    @Nullable
    String problem() {
        return problem;
    }

    /** The value; 0 when something is wrong. */
    long evaluate() {
        if (text.isBlank()) {
            problem = "expression expected";
            return 0;
        }
        long value = conditional();
        blanks();
        if (problem == null && at < text.length()) {
            problem = "'" + text.substring(at) + "' not understood";
        }
        return problem == null ? value : 0;
    }

    private long fail(String what) {
        if (problem == null) {
            problem = what;
        }
        at = text.length();
        return 0;
    }

    private long conditional() {
        if (++depth > Limits.NESTING) {
            return fail("nested too deep");
        }
        long condition = binary(0);
        if (take("?")) {
            long whenTrue = conditional();
            if (!take(":")) {
                return fail("expected ':'");
            }
            long whenFalse = conditional();
            condition = condition != 0 ? whenTrue : whenFalse;
        }
        depth--;
        return condition;
    }

    private long binary(int level) {
        if (level == LEVELS.length) {
            return unary();
        }
        long left = binary(level + 1);
        while (true) {
            String op = operator(level);
            if (op == null) {
                return left;
            }
            at += op.length();
            left = apply(op, left, binary(level + 1));
        }
    }

    private @Nullable String operator(int level) {
        blanks();
        for (String op : LEVELS[level]) {
            if (text.startsWith(op, at) && !longer(op)) {
                return op;
            }
        }
        return null;
    }

    /** True when the text goes on to another operator that begins with this one. */
    private boolean longer(String op) {
        char next = at + op.length() < text.length() ? text.charAt(at + op.length()) : ' ';
        return switch (op) {
            case "|", "&" -> next == op.charAt(0);
            case "<", ">" -> next == op.charAt(0) || next == '=';
            default -> false;
        };
    }

    private long apply(String op, long left, long right) {
        if (right == 0 && (op.equals("/") || op.equals("%"))) {
            return fail("division by zero");
        }
        return switch (op) {
            case "||" -> left != 0 || right != 0 ? 1 : 0;
            case "&&" -> left != 0 && right != 0 ? 1 : 0;
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "&" -> left & right;
            case "==" -> left == right ? 1 : 0;
            case "!=" -> left != right ? 1 : 0;
            case "<=" -> left <= right ? 1 : 0;
            case ">=" -> left >= right ? 1 : 0;
            case "<" -> left < right ? 1 : 0;
            case ">" -> left > right ? 1 : 0;
            case "<<" -> left << right;
            case ">>" -> left >> right;
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            default -> left % right;
        };
    }

    private long unary() {
        if (++depth > Limits.NESTING) {
            return fail("nested too deep");
        }
        long value;
        if (take("!")) {
            value = unary() == 0 ? 1 : 0;
        } else if (take("~")) {
            value = ~unary();
        } else if (take("-")) {
            value = -unary();
        } else if (take("+")) {
            value = unary();
        } else if (take("(")) {
            value = conditional();
            if (!take(")")) {
                return fail("expected ')'");
            }
        } else {
            value = operand();
        }
        depth--;
        return value;
    }

    private long operand() {
        blanks();
        int start = at;
        while (at < text.length() && isWordChar(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        if (word.isEmpty()) {
            return fail(at < text.length() ? "'" + text.charAt(at) + "' not understood" : "expression expected");
        }
        if (!PieceScanner.isDigit(word.charAt(0))) {
            return 0;
        }
        try {
            return Long.decode(word.replaceFirst("[uUlL]{1,3}$", ""));
        } catch (NumberFormatException e) {
            return fail("'" + word + "' is not a number");
        }
    }

    private boolean take(String op) {
        blanks();
        if (!text.startsWith(op, at)) {
            return false;
        }
        at += op.length();
        return true;
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private static boolean isWordChar(char c) {
        return PieceScanner.isLetter(c) || PieceScanner.isDigit(c);
    }
}
