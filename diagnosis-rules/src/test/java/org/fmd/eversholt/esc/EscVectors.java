// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.Severity;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.fmd.testing.Fixtures;

/** The compiler vectors and their verdicts. */
public final class EscVectors {
    private EscVectors() {}

    /** What a compilation comes to: accepted or not, and {@code LINE severity} of each error and, if accepted, warning. */
    public record Verdict(boolean accept, boolean crashed, Set<String> places) {}

    public static List<String> names() {
        try (Stream<Path> files = Files.list(Fixtures.path("esc-vectors"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".esc"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String source(String name) {
        return new String(Fixtures.bytes("esc-vectors/" + name + ".esc"), StandardCharsets.ISO_8859_1);
    }

    public static Verdict expected(String name) {
        try {
            Map<String, ?> json = Json.parseObject(Fixtures.bytes("esc-vectors/" + name + ".expect.json"));
            boolean accept = Boolean.TRUE.equals(json.get("accept"));
            Set<String> places = new TreeSet<>();
            for (Object entry : (List<?>) json.get("diagnostics")) {
                Map<?, ?> diagnostic = (Map<?, ?>) entry;
                if (accept || diagnostic.get("severity").equals("error")) {
                    places.add(diagnostic.get("line") + " " + diagnostic.get("severity"));
                }
            }
            return new Verdict(accept, Boolean.TRUE.equals(json.get("crashed")), places);
        } catch (JsonProblem e) {
            throw new AssertionError(name, e);
        }
    }

    public static Verdict verdict(String name, Dialect dialect) {
        SourceFile file = new SourceFile(name + ".esc", source(name));
        return verdict(new Compiler(dialect, Sources.none(), List.of()).compile(List.of(file)));
    }

    static Verdict verdict(CompileResult result) {
        return new Verdict(
                result.ok(),
                false,
                result.issues().stream()
                        .filter(issue -> issue.severity() == Severity.ERROR
                                || (result.ok() && issue.severity() == Severity.WARNING))
                        .map(EscVectors::place)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String place(Issue issue) {
        return (issue.span() == null ? 0 : issue.span().line()) + " "
                + issue.severity().word();
    }
}
