// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One source text with its name, and the map from offsets to lines and columns.
 *
 * <p>The text is kept as it was read; a line ends at {@code \n}. Immutable.
 */
public final class SourceFile {
    private final String name;
    private final String text;
    private final @Nullable Span includedFrom;
    private final int[] lineStarts;
    private final SourceFile origin;

    public SourceFile(String name, String text) {
        this(name, text, null);
    }

    /** A file reached by {@code #include}; {@code includedFrom} is the directive that named it. */
    public SourceFile(String name, String text, @Nullable Span includedFrom) {
        this.name = name;
        this.text = text;
        this.includedFrom = includedFrom;
        this.lineStarts = lineStarts(text);
        this.origin = this;
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int lines = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (lines == starts.length) {
                starts = Arrays.copyOf(starts, lines * 2);
            }
            starts[lines++] = at + 1;
        }
        return Arrays.copyOf(starts, lines);
    }

    private SourceFile(SourceFile other, String name) {
        this.name = name;
        this.text = other.text;
        this.includedFrom = other.includedFrom;
        this.lineStarts = other.lineStarts;
        this.origin = other.origin;
    }

    /** The same text under another name, as a {@code #line} directive asks for. */
    SourceFile named(String otherName) {
        return new SourceFile(this, otherName);
    }

    /** The file as it was read, where this is only another name for it. */
    public SourceFile origin() {
        return origin;
    }

    /** The name as the user gave it or as the include search found it. */
    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** The directive that included this file, or null for a file the user named. */
    public @Nullable Span includedFrom() {
        return includedFrom;
    }

    /** The line of an offset, counted from 1. */
    public int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The column of an offset, counted from 1 in characters; a tab counts as one. */
    public int column(int offset) {
        return offset - lineStarts[line(offset) - 1] + 1;
    }

    /** The text of a line, counted from 1, without its line end. */
    public String lineText(int line) {
        int start = lineStarts[line - 1];
        int end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
        if (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return name;
    }
}
