// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
 * @param fingerprint the same for the same texts, those of included files among them
 */
record RuleSet(Program program, List<String> used, Map<String, List<Issue>> refused, String fingerprint) {
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
        Map<String, String> texts = new TreeMap<>();
        files.forEach(file -> texts.put(file.name(), file.text()));
        Sources sources = Sources.files(List.of(folder));
        Sources noted = (name, from, quoted) -> {
            Optional<Sources.Found> found = sources.find(name, from, quoted);
            found.ifPresent(file -> texts.put(file.name(), file.text()));
            return found;
        };
        RuleSet rules = of(files, new Compiler(Dialect.OURS, noted, List.of()));
        return new RuleSet(rules.program, rules.used, rules.refused, fingerprint(folder, texts));
    }

    /** By the names within the folder: rules are the same in a copy of it. */
    private static String fingerprint(Path folder, Map<String, String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach((file, text) -> {
                Path path = Path.of(file);
                Path name = path.startsWith(folder) ? folder.relativize(path) : path;
                digest.update((name + "\n" + text.length() + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(text.getBytes(StandardCharsets.UTF_8));
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Of files that stand nowhere; the fingerprint is empty. */
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
                result.programOrThrow(), good.stream().map(SourceFile::name).toList(), refused, "");
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
