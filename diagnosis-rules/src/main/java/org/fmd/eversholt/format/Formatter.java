// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.format;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.Issues;
import org.fmd.eversholt.syntax.Parser;
import org.fmd.eversholt.syntax.Pragma;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.SourceLayout;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.eversholt.syntax.Token;
import org.fmd.eversholt.syntax.TokenKind;
import org.jspecify.annotations.Nullable;

/**
 * Lays a rule file out anew. Immutable; its parameters are those of the compiler, for a file means what it means only
 * with its included files and macros.
 *
 * @param macros directives to obey before the file, {@code #define NAME VALUE}, {@code #undef NAME}
 */
public record Formatter(Dialect dialect, Sources sources, List<String> macros) {
    /** Statements that may turn out to change their meaning before the file is left alone altogether. */
    private static final int MOST_SURPRISES = 100;

    /**
     * What became of a file.
     *
     * @param text the new text, or null for a file with syntax errors
     * @param issues what the parser had to say
     */
    public record Result(@Nullable String text, List<Issue> issues) {
        public Result {
            issues = List.copyOf(issues);
        }
    }

    public Formatter {
        macros = List.copyOf(macros);
    }

    /** A formatter of our language that includes nothing and defines nothing. */
    public static Formatter ours() {
        return new Formatter(Dialect.OURS, Sources.none(), List.of());
    }

    public Result format(SourceFile file) {
        Issues issues = new Issues();
        Parser.Result parsed = Parser.parse(List.of(file), prelude(), dialect, sources, issues);
        boolean readable = issues.errors() == 0 && !parsed.brokenOff() && !parsed.statementsLost();
        return new Result(readable ? text(file) : null, issues.toList());
    }

    private SourceFile prelude() {
        return new SourceFile("<command line>", String.join("\n", macros) + "\n");
    }

    private SourceLayout read(SourceFile file) {
        return SourceLayout.read(file, prelude(), dialect, sources);
    }

    /** Prints, reads again, and prints what would change its meaning as it was, until nothing does. */
    private String text(SourceFile file) {
        SourceLayout before = read(file);
        List<Element> elements = Element.cut(before);
        Set<Integer> asWritten = new HashSet<>();
        while (asWritten.size() < MOST_SURPRISES) {
            String text = Page.print(file, elements, asWritten);
            SourceLayout after = read(new SourceFile(file.name(), text));
            int difference = firstDifference(before.tokens(), after.tokens());
            if (difference < 0 && after.whole() && samePragmas(before.pragmas(), after.pragmas())) {
                return text;
            }
            int surprise = difference < 0 ? -1 : element(elements, before, difference);
            if (surprise < 0 || !asWritten.add(surprise)) {
                break;
            }
        }
        return file.text();
    }

    /** The number of the first token that is not the same in both, -1 when all are. */
    static int firstDifference(List<Token> before, List<Token> after) {
        int common = Math.min(before.size(), after.size());
        for (int i = 0; i < common; i++) {
            Token a = before.get(i);
            Token b = after.get(i);
            boolean same = a.kind() == b.kind() && a.text().equals(b.text());
            // Only between words does it matter whether they touch: 3 v3 is no name, 3v3 is.
            boolean words = i > 0 && word(a) && word(before.get(i - 1));
            if (!same || (words && a.glued() != b.glued())) {
                return i;
            }
        }
        return before.size() == after.size() ? -1 : common;
    }

    private static boolean word(Token token) {
        return token.kind() == TokenKind.ID
                || token.kind() == TokenKind.WORD
                || token.kind() == TokenKind.NUMBER
                || token.kind() == TokenKind.BAD;
    }

    private static boolean samePragmas(List<Pragma> before, List<Pragma> after) {
        return before.stream()
                .map(pragma -> pragma.word() + " " + pragma.rest())
                .toList()
                .equals(after.stream()
                        .map(pragma -> pragma.word() + " " + pragma.rest())
                        .toList());
    }

    /** The number of the element that a token stands in, -1 for one of an included file. */
    private static int element(List<Element> elements, SourceLayout layout, int token) {
        if (token >= layout.tokens().size()
                || layout.tokens().get(token).span().file().origin() != layout.file()) {
            return -1;
        }
        int at = layout.tokens().get(token).span().start();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i).start() <= at && at < elements.get(i).end()) {
                return i;
            }
        }
        return -1;
    }
}
