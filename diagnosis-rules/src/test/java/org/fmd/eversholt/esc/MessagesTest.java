// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** One rule file for each message, and what {@code esc check} prints about it. */
class MessagesTest {

    private static List<Path> examples(String ending) throws IOException {
        try (Stream<Path> files = Files.list(Fixtures.path("esc-messages"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> messagesReadAsIntended() throws IOException {
        return examples(".esc").stream()
                .map(file -> dynamicTest(name(file), () -> {
                    String output = check(file);
                    if (name(file).startsWith("ESC")) {
                        assertTrue(output.contains(" " + name(file) + ": "), output);
                    }
                    Golden.assertMatches(file.resolveSibling(name(file) + ".out"), output);
                }));
    }

    @Test
    void everyCodeHasAnExample() throws IOException {
        Set<String> shown =
                examples(".esc").stream().map(MessagesTest::name).collect(Collectors.toCollection(TreeSet::new));
        Set<String> missing = Arrays.stream(IssueCode.values())
                .map(IssueCode::id)
                .filter(id -> !shown.contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyExpectationHasItsExample() throws IOException {
        Set<String> sources = examples(".esc").stream().map(MessagesTest::name).collect(Collectors.toSet());
        Set<String> outputs = examples(".out").stream().map(MessagesTest::name).collect(Collectors.toSet());
        assertEquals(sources, outputs);
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** The 700s are shown with notes, and with the classes that are posted where the example says which. */
    private static List<String> arguments(Path file) {
        List<String> arguments = new ArrayList<>(List.of("check"));
        if (name(file).startsWith("ESC7")) {
            arguments.add("--notes");
        }
        Path posted = file.resolveSibling(name(file) + ".posted");
        if (Files.exists(posted)) {
            arguments.addAll(List.of("--posted", posted.toString()));
        }
        arguments.add(file.toString());
        return arguments;
    }

    private static String check(Path file) {
        StringWriter out = new StringWriter();
        CommandLine esc = Esc.createEsc();
        esc.setOut(new PrintWriter(out));
        int status = esc.execute(arguments(file).toArray(new String[0]));
        String shown = out.toString().replace(file.getParent() + "/", "");
        return shown + "exit " + status + "\n";
    }
}
