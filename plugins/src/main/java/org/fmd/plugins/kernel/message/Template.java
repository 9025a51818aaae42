// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form of a line: text that must stand there, and holes. Matching goes once through the line, from left to right, and
 * never back; the whole line must fit.
 *
 * <p>{@code {name:kind}} is a hole whose text is kept under that name, {@code {:kind}} one that is not. {@code *} at the end
 * takes the rest of the line; <code>{{</code> stands for a brace. Blanks at the end of a line do not count.
 */
final class Template {
    private static final int MAX_HOLE = 200;

    /** What a hole takes; always as much as fits. */
    enum Kind {
        /** Decimal digits; the number is the bits of the payload's integer. */
        D8(8, false),
        D16(16, false),
        D32(32, false),
        D64(64, false),
        /** Hexadecimal digits, without 0x. */
        X8(8, true),
        X16(16, true),
        X32(32, true),
        X64(64, true),
        /** Letters, digits and {@code _ - . + /}. */
        WORD,
        /** {@code 0000:18:00.0} */
        PCI,
        /** {@code 0:0:1:0} */
        HCTL,
        /** {@code 8:16} */
        DEVT,
        /** All up to the next piece of text of the template, or to the end; only where no user can have written it. */
        TEXT;

        final int bits;
        final boolean hexadecimal;

        Kind() {
            this(0, false);
        }

        Kind(int bits, boolean hexadecimal) {
            this.bits = bits;
            this.hexadecimal = hexadecimal;
        }

        boolean isNumber() {
            return bits > 0;
        }

        boolean takes(char c) {
            return switch (this) {
                case D8, D16, D32, D64 -> c >= '0' && c <= '9';
                case X8, X16, X32, X64 -> Character.digit(c, 16) >= 0 && c < 0x80;
                case WORD ->
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "_-.+/".indexOf(c) >= 0;
                case PCI -> (Character.digit(c, 16) >= 0 && c < 0x80) || c == ':' || c == '.';
                case HCTL, DEVT -> (c >= '0' && c <= '9') || c == ':';
                case TEXT -> true;
            };
        }
    }

    /** A hole; without a name what it takes is not kept. */
    record Hole(String name, Kind kind) {}

    private final String pattern;
    private final List<String> literals = new ArrayList<>();
    private final List<Hole> holes = new ArrayList<>();
    private final boolean openEnd;

    private Template(String pattern) {
        this.pattern = pattern;
        this.openEnd = pattern.endsWith("*");
        String text = openEnd ? pattern.substring(0, pattern.length() - 1) : pattern;
        StringBuilder literal = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            if (text.startsWith("{{", at)) {
                literal.append('{');
                at++;
            } else if (text.charAt(at) == '{') {
                int colon = text.indexOf(':', at);
                int close = text.indexOf('}', at);
                literals.add(literal.toString());
                literal.setLength(0);
                holes.add(new Hole(
                        text.substring(at + 1, colon),
                        Kind.valueOf(text.substring(colon + 1, close).toUpperCase(Locale.ROOT))));
                at = close;
            } else {
                literal.append(text.charAt(at));
            }
        }
        literals.add(literal.toString());
    }

    /** Reads a template; refuses with {@link IllegalArgumentException} one that is malformed. */
    static Template of(String pattern) {
        return new Template(pattern);
    }

    List<Hole> holes() {
        return holes;
    }

    String literal(int index) {
        return literals.get(index);
    }

    /** Returns the text that a line must begin with. */
    String beginning() {
        return literals.get(0);
    }

    /**
     * Returns what stands in the holes, null if the line does not fit.
     *
     * @param from where to begin
     * @param to where the line ends, blanks at its end left out
     */
    String @Nullable [] match(String line, int from, int to) {
        int at = from;
        if (!line.startsWith(literals.get(0), at) || at + literals.get(0).length() > to) {
            return null;
        }
        at += literals.get(0).length();
        String[] found = new String[holes.size()];
        for (int i = 0; i < found.length; i++) {
            String next = literals.get(i + 1);
            int end = endOfHole(line, at, to, holes.get(i).kind(), next, i == found.length - 1);
            if (end <= at || end - at > MAX_HOLE || !line.startsWith(next, end) || end + next.length() > to) {
                return null;
            }
            found[i] = line.substring(at, end);
            at = end + next.length();
        }
        return at == to || openEnd ? found : null;
    }

    private int endOfHole(String line, int from, int to, Kind kind, String next, boolean last) {
        if (kind == Kind.TEXT) {
            if (next.isEmpty() && last) {
                return to;
            }
            int end = line.indexOf(next, from);
            return end < 0 || end > to ? -1 : end;
        }
        int end = from;
        // A hole of many characters stops where the text behind it begins: "{part:pci}: " must leave the colon.
        while (end < to
                && kind.takes(line.charAt(end))
                && !(isStop(next, line.charAt(end)) && line.startsWith(next, end))) {
            end++;
        }
        return end;
    }

    private static boolean isStop(String next, char c) {
        return !next.isEmpty() && next.charAt(0) == c;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
