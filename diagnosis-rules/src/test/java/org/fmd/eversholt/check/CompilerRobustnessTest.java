// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fmd.eversholt.esc.EscVectors;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.Limits;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the text, there is an answer, in bounded time and memory. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CompilerRobustnessTest {
    private static final String[] BITS = {
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "<",
        ">",
        "->",
        "@",
        ";",
        ",",
        "\"",
        "/*",
        "*/",
        "//",
        "#",
        "\n#define ",
        "\n#if ",
        "\n#endif\n",
        "\n#else\n",
        "\\\n",
        "prop ",
        "event ",
        "within(",
        "payloadprop(",
        "?",
        ":",
        "=",
        "0x",
        "99999999999999999999999",
        "div",
        "count",
        "$",
        "fault.",
        "ereport.",
        "config ",
        "if (",
        "engine ",
        "\u00e9",
        "\u0000",
        "A",
        "-",
        "/",
        "\r",
        "\f"
    };

    private static CompileResult compile(String text, Dialect dialect) {
        return new Compiler(dialect, Sources.none(), List.of()).compile(List.of(new SourceFile("a.esc", text)));
    }

    private static void refused(IssueCode code, String text) {
        CompileResult result = compile(text, Dialect.OURS);
        assertTrue(
                result.issues().stream().anyMatch(issue -> issue.code() == code),
                () -> result.issues().toString());
    }

    @Test
    void mutatedVectorsGiveAnAnswerInBothDialects() {
        List<String> names = EscVectors.names();
        for (long seed = 0; seed < 2_500; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(EscVectors.source(names.get(random.nextInt(names.size()))));
            for (int change = 1 + random.nextInt(6); change > 0; change--) {
                mutate(text, random, names);
            }
            try {
                compile(text.toString(), Dialect.OURS);
                compile(text.toString(), Dialect.REFERENCE);
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + seed + ":\n" + text, e);
            }
        }
    }

    private static void mutate(StringBuilder text, Random random, List<String> names) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(12));
        switch (random.nextInt(5)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, BITS[random.nextInt(BITS.length)]);
            case 2 -> text.insert(at, text.substring(random.nextInt(at + 1), at));
            case 3 -> text.replace(at, end, BITS[random.nextInt(BITS.length)]);
            default -> text.append(EscVectors.source(names.get(random.nextInt(names.size()))));
        }
    }

    @Test
    void aMacroBombEndsInADiagnostic() {
        StringBuilder text = new StringBuilder("#define M0 a a a a a a a a a a\n");
        for (int i = 1; i < 30; i++) {
            text.append("#define M").append(i);
            for (int j = 0; j < 10; j++) {
                text.append(" M").append(i - 1);
            }
            text.append('\n');
        }
        refused(IssueCode.LIMIT, text + "M29");
    }

    @Test
    void aBombOfStringsEndsInADiagnostic() {
        StringBuilder text = new StringBuilder("#define S0(x) \"xxxxxxxxx x x x x x x x x x\"\n");
        text.append("#define D(x) x x x x x x x x\n#define Q(x) \"x x x x x x x x x x\"\n");
        StringBuilder use = new StringBuilder("a");
        for (int i = 0; i < 12; i++) {
            use.insert(0, "D(").append(')');
        }
        refused(IssueCode.LIMIT, text + "Q(" + use + ")" + use);
    }

    @Test
    void tenMegabytesOnOneLineEndInADiagnostic() {
        refused(IssueCode.SYNTAX, "a".repeat(10_000_000));
        refused(IssueCode.LIMIT, "; ".repeat(5_000_000));
        refused(IssueCode.TEXT, "\"" + "x".repeat(10_000_000));
        refused(IssueCode.SYNTAX, "1".repeat(10_000_000));
        refused(IssueCode.SYNTAX, "`".repeat(10_000_000));
        refused(IssueCode.TEXT, "/*" + "x".repeat(10_000_000));
        refused(IssueCode.LIMIT, "/*".repeat(20_000_000));
        refused(IssueCode.MACRO, "#define F(x) x\nF(" + "(".repeat(100_000));
    }

    @Test
    void aDirectiveOrUseOfAMacroThatIsTooLongToKeepEndsInADiagnostic() {
        String words = "a ".repeat(Limits.PIECES_AT_ONCE + 1);
        refused(IssueCode.LIMIT, "#define M " + words);
        refused(IssueCode.LIMIT, "#define M(x) x\nM(" + words + ")");
        StringBuilder bomb = new StringBuilder("#define M0 1\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("#define M" + i + " M" + (i - 1) + " M" + (i - 1) + "\n");
        }
        refused(IssueCode.LIMIT, bomb + "#if M19\n#endif");
        refused(IssueCode.LIMIT, "#define M(x) " + "x ".repeat(2_000) + "\nM(" + "a ".repeat(1_000) + ")");
    }

    @Test
    void deepNestingEndsInADiagnostic() {
        String head = "event fault.f@c; event ereport.r@c; prop fault.f@c -> ereport.r@c { ";
        for (String open : List.of("(", "!", "~", "f(", "1 ? ", "1 ? 2 : ", "$x = ", "x(1, ", "is_on(c[")) {
            for (Dialect dialect : List.of(Dialect.OURS, Dialect.REFERENCE)) {
                CompileResult result = compile(head + open.repeat(100_000) + "1", dialect);
                assertTrue(result.issues().size() > 0, open);
            }
        }
        for (String op : List.of(" + 1", " && 1", " == 1", " ? 1", " : 1")) {
            CompileResult result = compile(head + "1" + op.repeat(100_000) + " };", Dialect.REFERENCE);
            assertTrue(result.issues().size() > 0, op);
        }
        refused(IssueCode.LIMIT, "if (1) ".repeat(100_000) + ";");
        refused(IssueCode.LIMIT, "if (1) { ".repeat(100_000) + ";");
        refused(IssueCode.LIMIT, "event fault.f@" + "c/".repeat(100_000) + "c;");
        refused(IssueCode.LIMIT, "prop fault.f@c " + "(".repeat(100_000) + "1");
        refused(IssueCode.DIRECTIVE, "#if " + "(".repeat(100_000) + "1\n#endif\n");
        refused(IssueCode.DIRECTIVE, "#if " + "!".repeat(100_000) + "1\n#endif\n");
    }

    @Test
    void aThousandErrorsAreNotAllListed() {
        CompileResult result = compile("event falt.a@c;\n".repeat(5_000), Dialect.OURS);
        assertEquals(200, result.issues().size());
    }

    @Test
    void largeProgramsAreCheckedInReasonableTime() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4_000; i++) {
            text.append("event fault.f")
                    .append(i)
                    .append("@c;\nevent error.e")
                    .append(i)
                    .append("@c;\nevent ereport.r");
            text.append(i)
                    .append("@c;\nprop fault.f")
                    .append(i)
                    .append("@c -> error.e")
                    .append(i)
                    .append("@c;\nprop error.e");
            text.append(i).append("@c -> ereport.r").append(i).append("@c;\n");
        }
        assertEquals(List.of(), compile(text.toString(), Dialect.OURS).issues());
        text.append("prop error.e0@c -> error.e1@c;\n".repeat(100));
        for (int i = 0; i < 4_000; i++) {
            text.append("prop error.e")
                    .append(i)
                    .append("@c -> error.e")
                    .append((i + 1) % 4_000)
                    .append("@c;\n");
        }
        assertTrue(compile(text.toString(), Dialect.REFERENCE).issues().size() > 0);
    }
}
