// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Issues;
import org.fmd.eversholt.syntax.Parser;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.eversholt.syntax.Span;
import org.jspecify.annotations.Nullable;

/**
 * From source files to a {@link Program}: the front door of the language.
 *
 * <p>Any text gives a result; nothing is thrown for what an author wrote. Immutable, so one compiler may serve
 * several threads.
 *
 * @param dialect which language is spoken
 * @param sources where included files come from
 * @param macros directives to obey before each file, one a line: {@code #define NAME VALUE}, {@code #undef NAME}
 */
public record Compiler(Dialect dialect, Sources sources, List<String> macros) {
    public Compiler {
        macros = List.copyOf(macros);
    }

    /** A compiler of our language that includes nothing and defines nothing. */
    public static Compiler ours() {
        return new Compiler(Dialect.OURS, Sources.none(), List.of());
    }

    /** Compiles the files as one program. */
    public CompileResult compile(List<SourceFile> files) {
        Issues issues = new Issues();
        SourceFile prelude = new SourceFile("<command line>", String.join("\n", macros) + "\n");
        Parser.Result parsed = Parser.parse(files, prelude, dialect, sources, issues);
        if (parsed.preprocessorFailed() && !dialect.has(Decision.PLACE_EVERY_ISSUE)) {
            return preprocessorFailed(issues.toList());
        }
        Program program = null;
        if (!parsed.brokenOff()) {
            boolean whole = !parsed.statementsLost() || !dialect.has(Decision.QUIET_AFTER_SYNTAX_ERROR);
            program = new Checker(dialect, issues).check(parsed.tree(), whole);
        }
        return new CompileResult(issues.errors() == 0 ? program : null, inOrder(issues.toList(), files));
    }

    /** Issues in the order in which the files are read; what stands at one place stays in the order given. */
    public static List<Issue> inOrder(List<Issue> issues, List<SourceFile> files) {
        List<Issue> sorted = new ArrayList<>(issues);
        sorted.sort(Comparator.comparing((Issue issue) -> place(issue.span(), files), Compiler::compare));
        return sorted;
    }

    /** The reference says so much and no more; where it happened is in the notes. */
    private static CompileResult preprocessorFailed(List<Issue> issues) {
        List<Issue.Note> notes = new ArrayList<>();
        for (Issue issue : issues) {
            if (issue.severity() == Severity.ERROR && issue.span() != null) {
                notes.add(new Issue.Note(issue.message(), issue.span()));
            }
        }
        Issue only = new Issue(IssueCode.DIRECTIVE, Severity.ERROR, "preprocessing failed", null, notes);
        return new CompileResult(null, List.of(only));
    }

    /** Where a span lies in the order of reading: the file's number, then the offsets of the inclusions that lead to it. */
    private static List<Integer> place(@Nullable Span span, List<SourceFile> files) {
        List<Integer> place = new ArrayList<>();
        Span at = span;
        while (at != null) {
            place.add(0, at.start());
            SourceFile origin = at.file().origin();
            at = origin.includedFrom();
            if (at == null) {
                place.add(0, files.indexOf(origin));
            }
        }
        return place;
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = Integer.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }
}
