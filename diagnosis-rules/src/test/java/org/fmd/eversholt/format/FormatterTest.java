// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.esc.EscVectors;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.SourceLayout;
import org.fmd.eversholt.syntax.SourceLayout.Bit;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.Test;

class FormatterTest {
    private static final Path DISK_RULES = Fixtures.path(".").resolve("../diagnosis-rules/src/main/eversholt/disk.esc");

    private record Sample(String name, String text, Dialect dialect) {
        Sample with(String otherText) {
            return new Sample(name, otherText, dialect);
        }

        SourceFile file() {
            return new SourceFile(name + ".esc", text);
        }
    }

    /** Every rule file there is, in each dialect whose parser takes it. */
    private static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Dialect dialect : List.of(Dialect.OURS, Dialect.REFERENCE)) {
            for (String name : EscVectors.names()) {
                samples.add(new Sample(name, EscVectors.source(name), dialect));
            }
            for (Path folder : Fixtures.folders("diagnosis-vectors")) {
                samples.add(new Sample(
                        folder.getFileName().toString(), Files.readString(folder.resolve("rules.esc")), dialect));
            }
            try (Stream<Path> messages = Files.list(Fixtures.path("esc-messages"))) {
                for (Path file : messages.filter(f -> f.toString().endsWith(".esc"))
                        .sorted()
                        .toList()) {
                    samples.add(new Sample(file.getFileName().toString(), Files.readString(file), dialect));
                }
            }
            samples.add(new Sample("disk", Files.readString(DISK_RULES), dialect));
        }
        return samples.stream().filter(sample -> format(sample) != null).toList();
    }

    private static String format(Sample sample) {
        return new Formatter(sample.dialect(), Sources.none(), List.of())
                .format(sample.file())
                .text();
    }

    private static String ours(String text) {
        return format(new Sample("x", text, Dialect.OURS));
    }

    private static List<String> tokens(Sample sample) {
        SourceFile none = new SourceFile("none", "");
        return SourceLayout.read(sample.file(), none, sample.dialect(), Sources.none()).tokens().stream()
                .map(token -> token.kind() + " " + token.text())
                .toList();
    }

    /** What the compiler makes of it, without places. */
    private static String meaning(Sample sample) {
        CompileResult result =
                new Compiler(sample.dialect(), Sources.none(), List.of()).compile(List.of(sample.file()));
        Program program = result.program();
        return result.issues().stream()
                        .map(issue -> issue.code() + " " + issue.message())
                        .sorted()
                        .toList()
                + (program == null
                        ? ""
                        : program.events().keySet() + " " + program.serdEngines() + " "
                                + program.propagations().stream()
                                        .map(p -> p.events().stream()
                                                        .map(use -> use + " " + use.guards())
                                                        .toList() + " " + p.arrows())
                                        .toList());
    }

    /** Everything but blanks: no comment, directive or word is lost, added or moved. */
    private static String ink(String text) {
        return text.replaceAll("\\s", "");
    }

    private static void assertFormatted(Sample before, String what) {
        String text = format(before);
        assertNotNull(text, what);
        Sample after = before.with(text);
        assertEquals(ink(before.text()), ink(text), what);
        assertEquals(tokens(before), tokens(after), what);
        assertEquals(meaning(before), meaning(after), what);
        assertEquals(text, format(after), what + ": not the same when formatted again");
    }

    @Test
    void keepsTheMeaningOfEveryRuleFile() throws IOException {
        List<Sample> samples = samples();
        assertTrue(samples.size() > 400, samples.size() + " samples");
        samples.forEach(sample -> assertFormatted(sample, sample.name()));
    }

    @Test
    void keepsTheMeaningOfAnyLayout() throws IOException {
        List<Sample> samples = samples();
        for (long seed = 0; seed < 1_500; seed++) {
            Random random = new Random(seed);
            Sample sample = samples.get(random.nextInt(samples.size()));
            Sample shaken = sample.with(shaken(sample, random));
            if (format(shaken) != null) {
                assertFormatted(shaken, "seed " + seed + ", " + sample.name() + ":\n" + shaken.text());
            }
        }
    }

    /** The same bits with other blanks, line ends, comments and joined lines between them. */
    private static String shaken(Sample sample, Random random) {
        SourceFile file = sample.file();
        SourceLayout layout = SourceLayout.read(file, new SourceFile("none", ""), sample.dialect(), Sources.none());
        StringBuilder text = new StringBuilder();
        int end = 0;
        boolean line = true;
        for (Bit bit : layout.bits()) {
            String gap = file.text().substring(end, bit.start());
            boolean directive = bit.kind() == SourceLayout.Kind.DIRECTIVE;
            if (directive || line || !gap.isBlank()) {
                text.append(gap);
            } else if (!gap.isEmpty()) {
                String[] gaps = {
                    " ", "  ", "\n", "\t", "\n\n\n", " \n ", " ", "\r\n", " /* c */ ", " \\\n", "/* c\n */\n"
                };
                text.append(gaps[random.nextInt(gaps.length)]);
            } else if (random.nextInt(6) == 0 && bit.kind() == SourceLayout.Kind.SIGN) {
                String[] gaps = {" ", "\n", "/**/", "/* a */", " /* b */", "\\\n"};
                text.append(gaps[random.nextInt(gaps.length)]);
            }
            text.append(bit.text(file));
            line = directive;
            end = bit.end();
        }
        return text.append(file.text().substring(end)).toString();
    }

    @Test
    void theRulesOfDisksAreFormatted() throws IOException {
        String rules = Files.readString(DISK_RULES);
        assertEquals(ours(rules), rules, "run: esc fmt -w diagnosis-rules/src/main/eversholt/disk.esc");
    }

    @Test
    void laysOutEveryKindOfStatementAsShown() {
        for (String name : List.of("statements", "macros", "comments")) {
            String text = ours(Fixtures.text("esc-format/" + name + ".esc"));
            Golden.assertMatches(Fixtures.path("esc-format").resolve(name + ".out"), text);
        }
    }

    @Test
    void anEmptyCommentStillPastes() {
        String text = "#define P leaf\nevent   fault.a.f@le/**/af  ;\nevent\tereport.a.r@leaf;\n";
        assertEquals("#define P leaf\nevent   fault.a.f@le/**/af  ;\nevent ereport.a.r@leaf;\n", ours(text));
    }

    @Test
    void blanksInsideNamesStayTheAuthors() {
        assertEquals("event fault.a . f - g@c, FITrate=3;\n", ours("event  fault.a . f - g@c , FITrate = 3 ;\n"));
        assertEquals("event fault.a.2bit@c;\n", ours("event fault.a.2bit@c;"));
    }

    @Test
    void stringsOverLinesStayWhole() {
        String text = ours("""
                event fault.f@c;
                event ereport.r@c;
                prop fault.f@c->ereport.r@c{payloadprop("a
                   b")==1};
                """);
        assertTrue(text.endsWith("prop fault.f@c -> ereport.r@c { payloadprop(\"a\n   b\") == 1 };\n"), text);
    }

    @Test
    void whatAMacroIsGivenStaysAsWritten() {
        String text = """
                #define IS(x)\t(payloadprop("k") == "x")  \\
                   && 1
                event fault.f@c;
                event ereport.r@c;
                prop fault.f@c -> ereport.r@c { IS( a   b )&&IS(c ,
                 d) };
                """;
        assertNull(ours(text), "too many arguments");
        String right = text.replace(" ,\n d", "\n  ");
        assertTrue(ours(right).endsWith("{ IS( a   b ) && IS(c\n  ) };\n"), ours(right));
        assertTrue(ours(right).startsWith("#define IS(x)\t(payloadprop(\"k\") == \"x\")  \\\n   && 1\n"));
    }

    @Test
    void whatAConditionLeavesOutStaysAsWritten() {
        String text = "#ifdef NEVER\nevent   it's \"not a rule\n  ;\n#else  /* but */\nevent   fault.f@c  ;\n#endif\n";
        assertEquals(text.replace("event   fault.f@c  ;", "event fault.f@c;"), ours(text));
    }

    @Test
    void aStatementAroundADirectiveStaysAsWritten() {
        String text = "event   fault.f@c\n#define X 1\n  ,  FITrate=X;\nevent fault.g@c;\n";
        assertEquals(text, ours(text));
    }

    @Test
    void aMacroThatKnowsItsLineKeepsTheFileAsItIs() {
        String text = "\n\n\n\nevent fault.f@c,FITrate=__LINE__;\n";
        assertEquals(text, ours(text));
    }

    @Test
    void lineEndsStayThoseOfTheFile() {
        assertEquals("event fault.f@c;\r\nevent fault.g@c;\r\n", ours("event  fault.f@c;\r\nevent fault.g@c;"));
    }

    @Test
    void syntaxErrorsAreRefused() {
        Formatter.Result result = Formatter.ours().format(new SourceFile("x", "event fault.f@c\nprop ;\n"));
        assertNull(result.text());
        assertTrue(result.issues().size() > 0);
        assertNull(ours("#include <gone.h>\n"));
        assertNull(ours("event fault.f@c; /* never ends"));
    }

    @Test
    void nothingIsNothing() {
        assertEquals("", ours(""));
        assertEquals("", ours(" \n\n"));
        assertEquals("/* only this */\n", ours("\n  /* only this */  "));
    }
}
