// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our preprocessor and {@code cpp -traditional-cpp} give the same words; skipped where there is no cpp. */
class RealPreprocessorTest {
    private static final Path CPP = Path.of("/usr/bin/cpp");
    private static final String[] WORDS = {
        "A",
        "B",
        "F(a)",
        "F(A B)",
        "G(x,y)",
        "G( B ,\"A x\")",
        "a",
        "b",
        "x",
        "\"A x\"",
        "12",
        "3h",
        "[",
        "]",
        "->",
        ",",
        "/**/",
        " ",
        " ",
        " ",
        "\n",
        "x/**/b",
        "/* c */",
        "@",
        "_y"
    };

    @TempDir
    Path folder;

    @Test
    void agreesWithTheRealOneOnRandomTexts() throws Exception {
        assumeTrue(Files.isExecutable(CPP), "no " + CPP);
        StringBuilder all = new StringBuilder();
        List<String> texts = new ArrayList<>();
        for (long seed = 0; seed < 400; seed++) {
            String text = text(new Random(seed));
            texts.add(text);
            all.append(text).append("\nEND_OF_TEXT\n#undef A\n#undef B\n#undef F\n#undef G\n");
        }
        String[] real = real(all.toString()).split("END_OF_TEXT", -1);
        for (int seed = 0; seed < texts.size(); seed++) {
            assertEquals(
                    words(real[seed], Dialect.REFERENCE),
                    words(texts.get(seed), Dialect.REFERENCE),
                    "seed " + seed + ":\n" + texts.get(seed));
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        text.append("#define A ").append(body(random, "b", "x", "12", "")).append('\n');
        text.append("#define B ")
                .append(body(random, "A", "A/**/x", "[A]", "\"A\""))
                .append('\n');
        text.append("#define F(x) ")
                .append(body(random, "x", "x/**/b", "\"x\" A", "x x"))
                .append('\n');
        text.append("#define G(x,y) ")
                .append(body(random, "F(x) y", "x/**/y", "\"xy x y\"", "y->x"))
                .append('\n');
        for (int i = random.nextInt(20); i >= 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private static String body(Random random, String... bodies) {
        return bodies[random.nextInt(bodies.length)];
    }

    private String real(String text) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("a.c"), text);
        Process process = new ProcessBuilder(CPP.toString(), "-traditional-cpp", "-undef", "-P", file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), "exit status of cpp");
        return output;
    }

    private static String words(String text, Dialect dialect) {
        Issues issues = new Issues();
        SourceFile nothing = new SourceFile("<command line>", "");
        Lexer lexer = new Lexer(
                new Preprocessor(List.of(new SourceFile("a", text)), nothing, dialect, Sources.none(), issues), issues);
        List<String> words = new ArrayList<>();
        for (Token token = lexer.next(); !token.is(TokenKind.END); token = lexer.next()) {
            words.add(token.text().replaceAll("\\s+", " "));
        }
        return String.join(" ", words);
    }
}
