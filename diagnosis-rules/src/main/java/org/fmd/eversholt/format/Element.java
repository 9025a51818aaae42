// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.SourceLayout;
import org.fmd.eversholt.syntax.SourceLayout.Bit;
import org.fmd.eversholt.syntax.SourceLayout.Effect;
import org.fmd.eversholt.syntax.SourceLayout.Kind;

/**
 * What stands on lines of its own: a statement or a directive, the text {@code [start, end)} of its file.
 *
 * @param bits those of a statement; a directive has none
 */
record Element(int start, int end, List<Bit> bits) {
    private static final Set<String> STATEMENTS = Set.of("event", "engine", "prop", "mask", "fru", "asru", "config");

    Element {
        bits = List.copyOf(bits);
    }

    boolean directive() {
        return bits.isEmpty();
    }

    /** A semicolon alone, as stands behind a macro that ends its statement itself. */
    boolean empty(SourceFile file) {
        return end - start == 1 && file.text().charAt(start) == ';';
    }

    /** Whether its blanks may be laid anew. */
    boolean understood(SourceFile file) {
        if (directive() || !STATEMENTS.contains(bits.get(0).text(file))) {
            return false;
        }
        int end = start;
        for (Bit bit : bits) {
            boolean joined = bit.kind() != Kind.MACRO && bit.text(file).indexOf('\\') >= 0 && joined(bit.text(file));
            if (bit.kind() == Kind.DIRECTIVE || joined) {
                return false;
            }
            if (!Gap.of(file.text().substring(end, bit.start())).plain()) {
                return false;
            }
            end = bit.end();
        }
        return true;
    }

    private static boolean joined(String text) {
        return text.contains("\\\n") || text.contains("\\\r\n");
    }

    /** Cuts a file. */
    static List<Element> cut(SourceLayout layout) {
        SourceFile file = layout.file();
        List<Element> elements = new ArrayList<>();
        List<Bit> open = new ArrayList<>();
        int depth = 0;
        boolean conditional = false;
        int end = 0;
        for (int i = 0; i < layout.bits().size(); i++) {
            Bit bit = layout.bits().get(i);
            int next = i + 1 < layout.bits().size()
                    ? layout.bits().get(i + 1).start()
                    : file.text().length();
            if (bit.kind() == Kind.DIRECTIVE && open.isEmpty()) {
                int from = bit.start()
                        - Gap.of(file.text().substring(end, bit.start())).lastLine();
                Gap after = Gap.of(file.text().substring(bit.end(), next));
                end = bit.end() + after.firstLine();
                end -= file.text().startsWith("\r", end - 1) ? 1 : 0;
                elements.add(new Element(from, end, List.of()));
                continue;
            }
            open.add(bit);
            String text = bit.text(file);
            conditional |= open.size() == 1 && text.equals("if");
            depth += opens(bit, text) ? 1 : closes(bit, text) ? -1 : 0;
            boolean alone = open.size() == 1
                    && bit.effect() == Effect.EMPTY
                    && Gap.of(file.text().substring(bit.end(), next)).has(Gap.What.NEWLINE);
            boolean ends = text.equals(";") || bit.effect() == Effect.ENDS || (conditional && text.equals("}"));
            if (alone || (depth == 0 && ends)) {
                end = bit.end();
                elements.add(new Element(open.get(0).start(), end, open));
                open = new ArrayList<>();
                conditional = false;
            }
        }
        if (!open.isEmpty()) {
            elements.add(
                    new Element(open.get(0).start(), open.get(open.size() - 1).end(), open));
        }
        return elements;
    }

    private static boolean opens(Bit bit, String text) {
        return bit.kind() == Kind.SIGN && (text.equals("(") || text.equals("{") || text.equals("["));
    }

    private static boolean closes(Bit bit, String text) {
        return bit.kind() == Kind.SIGN && (text.equals(")") || text.equals("}") || text.equals("]"));
    }
}
