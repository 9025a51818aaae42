// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.eversholt.syntax.Span;

/**
 * The rule files of a folder as one program. A file with errors is left out, and then those that cannot do without it; the
 * others stay in force.
 *
 * @param program what all good files say
 * @param used the names of the files in force
 * @param refused the errors of each file that was left out, in order
 */
record RuleSet(Program program, List<String> used, Map<String, List<Issue>> refused) {
    /**
     * Compiles all {@code *.esc} of a folder, in order of their names.
     *
     * @throws IOException if the folder or a file cannot be read
     */
    static RuleSet load(Path folder) throws IOException {
        List<SourceFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.filter(f -> f.getFileName().toString().endsWith(".esc"))
                    .sorted()
                    .toList()) {
                files.add(new SourceFile(file.toString(), Sources.read(file)));
            }
        }
        return of(files, new Compiler(Dialect.OURS, Sources.files(List.of(folder)), List.of()));
    }

    static RuleSet of(List<SourceFile> files, Compiler compiler) {
        List<SourceFile> good = new ArrayList<>(files);
        Map<String, List<Issue>> refused = new LinkedHashMap<>();
        CompileResult result = compiler.compile(good);
        while (!result.ok()) {
            Set<SourceFile> bad = new LinkedHashSet<>();
            for (Issue issue : result.issues()) {
                if (issue.severity() == Severity.ERROR) {
                    SourceFile file = culprit(issue, good);
                    bad.add(file);
                    refused.computeIfAbsent(file.name(), name -> new ArrayList<>())
                            .add(issue);
                }
            }
            good.removeAll(bad);
            result = compiler.compile(good);
        }
        return new RuleSet(
                result.programOrThrow(), good.stream().map(SourceFile::name).toList(), refused);
    }

    /** The file of the folder that an error belongs to, by way of inclusions; the last one if the error has no place. */
    private static SourceFile culprit(Issue issue, List<SourceFile> files) {
        for (Span at = issue.span(); at != null; at = at.file().origin().includedFrom()) {
            if (files.contains(at.file().origin())) {
                return at.file().origin();
            }
        }
        return files.get(files.size() - 1);
    }
}
