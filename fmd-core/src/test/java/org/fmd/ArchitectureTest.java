// SPDX-License-Identifier: Apache-2.0
package org.fmd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

/** Reads the names that every source file uses and keeps the arrows between modules as the architecture draws them. */
class ArchitectureTest {
    private static final Pattern NAME =
            Pattern.compile("\\b((?:org\\.fmd|com|ch|picocli|org\\.slf4j)\\.[A-Za-z0-9_.]+)");

    /** What each module may use of ours, by prefix. */
    private static final Map<String, List<String>> MAY_USE = Map.of(
            "ereport-model", List.of("org.fmd.model."),
            "fmd-core", List.of("org.fmd.model.", "org.fmd.api.", "org.fmd.core.", "org.fmd.cli."),
            "diagnosis-rules", List.of("org.fmd.model.", "org.fmd.api.", "org.fmd.eversholt."),
            "agents", List.of("org.fmd.model.", "org.fmd.api.", "org.fmd.agents."),
            "plugins", List.of("org.fmd.model.", "org.fmd.api.", "org.fmd.plugins."));

    private record Use(String module, Path file, String fromPackage, String name) {
        @Override
        public String toString() {
            return file + " uses " + name;
        }
    }

    private static List<Use> uses() throws IOException {
        Path root = Fixtures.path(".").toAbsolutePath().normalize().getParent();
        List<Use> uses = new ArrayList<>();
        for (String module : MAY_USE.keySet()) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file)
                            .replaceAll("(?s)/\\*.*?\\*/", "")
                            .replaceAll("\"[^\"\n]*\"", "");
                    String own = source.replaceFirst("(?s).*?\\bpackage ([a-z0-9_.]+);.*", "$1");
                    Matcher name = NAME.matcher(source);
                    while (name.find()) {
                        uses.add(new Use(module, root.relativize(file), own, name.group(1)));
                    }
                }
            }
        }
        assertTrue(uses.size() > 200, "the sources were read");
        return uses;
    }

    private static List<Use> against(java.util.function.Predicate<Use> rule) throws IOException {
        return uses().stream().filter(u -> !rule.test(u)).toList();
    }

    @Test
    void modulesLookOnlyWhereTheyMay() throws IOException {
        assertEquals(
                List.of(),
                against(u -> !u.name().startsWith("org.fmd.")
                        || MAY_USE.get(u.module()).stream().anyMatch((u.name() + ".")::startsWith)));
    }

    @Test
    void theFrontEndOfTheLanguageNeedsOnlyTheModel() throws IOException {
        assertEquals(
                List.of(),
                against(u -> !(u.fromPackage().equals("org.fmd.eversholt.syntax")
                                || u.fromPackage().equals("org.fmd.eversholt.check"))
                        || !u.name().startsWith("org.fmd.api")));
    }

    @Test
    void theApiKnowsNothingOfTheDaemon() throws IOException {
        assertEquals(
                List.of(),
                against(u ->
                        !u.fromPackage().startsWith("org.fmd.api") || !u.name().startsWith("org.fmd.core")));
    }

    @Test
    void nativeCallsStandInPackagesCalledJna() throws IOException {
        assertEquals(
                List.of(),
                against(u ->
                        !u.name().startsWith("com.sun.jna") || u.fromPackage().endsWith(".jna")));
    }

    @Test
    void commandLinesStandAtTheEdge() throws IOException {
        assertEquals(
                List.of(),
                against(u -> !u.name().startsWith("picocli")
                        || u.fromPackage().equals("org.fmd.cli")
                        || u.fromPackage().equals("org.fmd.eversholt.esc")
                        || u.fromPackage().equals("org.fmd.core.main")));
    }

    @Test
    void jacksonStandsBehindTheCodec() throws IOException {
        assertEquals(
                List.of(),
                against(u ->
                        !u.name().startsWith("com.fasterxml") || u.fromPackage().equals("org.fmd.model.json")));
    }

    @Test
    void commandsLoadNoLogging() throws IOException {
        assertEquals(
                List.of(),
                against(u -> !u.fromPackage().equals("org.fmd.cli")
                        || !(u.name().startsWith("org.slf4j")
                                || u.name().startsWith("ch.qos")
                                || u.name().startsWith("org.fmd.core.daemon.Daemon"))));
    }
}
