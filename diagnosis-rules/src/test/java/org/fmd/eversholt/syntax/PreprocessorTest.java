// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreprocessorTest {
    private final Issues issues = new Issues();

    /** The tokens of a text, parted by blanks; a string keeps its quotes. */
    private String tokens(String text, Dialect dialect, Map<String, String> includes) {
        return String.join(
                " ",
                list(text, dialect, includes).stream()
                        .map(PreprocessorTest::shown)
                        .toList());
    }

    private List<Token> list(String text, Dialect dialect, Map<String, String> includes) {
        Sources sources = (name, from, quoted) ->
                Optional.ofNullable(includes.get(name)).map(found -> new Sources.Found(name, found));
        SourceFile prelude = new SourceFile("<command line>", "");
        Preprocessor preprocessor =
                new Preprocessor(List.of(new SourceFile("a.esc", text)), prelude, dialect, sources, issues);
        Lexer lexer = new Lexer(preprocessor, issues);
        List<Token> tokens = new ArrayList<>();
        for (Token token = lexer.next(); !token.is(TokenKind.END); token = lexer.next()) {
            tokens.add(token);
        }
        return tokens;
    }

    private static String shown(Token token) {
        return token.is(TokenKind.STRING) ? "\"" + token.text() + "\"" : token.text();
    }

    private String ours(String text) {
        return tokens(text, Dialect.OURS, Map.of());
    }

    private String firstIssue() {
        return issues.toList().isEmpty() ? "" : issues.toList().get(0).toString();
    }

    @Test
    void anEmptyCommentPastes() {
        assertEquals("leaf_uc", ours("leaf/**/_uc"));
        assertEquals("x_uc", ours("#define F(a) a/**/_uc\nF(x)"));
        assertEquals("->", ours("-/* c */>"));
    }

    @Test
    void parametersAreReplacedInsideStringsAndQuotes() {
        assertEquals("\"leaf\" x = \"is leaf.\"", ours("#define F(TYPE) \"TYPE\" x = \"is TYPE.\"\nF(leaf)"));
    }

    @Test
    void stringsOutsideMacrosAreLeftAlone() {
        assertEquals("\"P\" disk", ours("#define P disk\n\"P\" P"));
    }

    @Test
    void macrosInMacroBodiesAndArgumentsAreExpanded() {
        assertEquals("a / b [ b ]", ours("#define PCI a/b\n#define LEAF(x) PCI[x]\nLEAF(b)"));
        assertEquals("3", ours("#define id(x) x\nid(id(id(3)))"));
    }

    @Test
    void aFunctionMacroWithoutParenthesesIsAPlainWord() {
        assertEquals("F F a", ours("#define F(x) x\nF F\nF(a)"));
    }

    @Test
    void argumentsMayHoldCommasInParenthesesAndStringsAndSpanLines() {
        assertEquals("\"x,y\" + ( 1 , 2 )", ours("#define g(a,b) a+b\ng(\"x,y\",\n (1,2))"));
    }

    @Test
    void aLineEndingInABackslashGoesOn() {
        assertEquals("one two", ours("#define M one \\\n two\nM"));
        assertEquals("ab \"xy\"", ours("a\\\nb \"x\\\r\ny\""));
    }

    @Test
    void conditionsChooseWhatIsRead() {
        assertEquals(
                "a c e",
                ours(
                        "#define X\n#ifdef X\na\n#else\nb\n#endif\n#ifndef X\nb\n#else\nc\n#endif\n"
                                + "#if defined(X) && !defined Y && (2*3 == 6 || 1/1) && 0x10 > 017\ne\n#elif 1\nf\n#else\ng\n#endif"));
        assertEquals("", firstIssue());
    }

    @Test
    void skippedTextMayHoldAnythingButDirectives() {
        assertEquals(
                "ok",
                ours("#if 0\ndon't \"care /* x\n */ #else no\n#if 1\n#else\n#endif\n#elif 1\nok\n#else\nno\n#endif"));
    }

    @Test
    void undefForgetsAMacro() {
        assertEquals("1 P", ours("#define P 1\nP\n#undef P\nP"));
    }

    @Test
    void includedFilesDefineMacrosAndKeepTheirPlaces() {
        Map<String, String> files = Map.of("topo.h", "#define CLASS \"class-code\"\ninner");
        List<Token> tokens = list("#include <topo.h>\nCLASS", Dialect.OURS, files);
        assertEquals("topo.h:2:1", tokens.get(0).span().toString());
        assertEquals("class-code", tokens.get(1).text());
        assertEquals("a.esc:2:1", tokens.get(1).span().toString());
        Span from = tokens.get(0).span().file().includedFrom();
        assertEquals("a.esc:1:1", String.valueOf(from));
    }

    @Test
    void aMissingIncludeNamesTheOptionThatHelps() {
        ours("#include \"gone.h\"");
        assertTrue(firstIssue().contains("'gone.h' not found; name its folder with -I"), firstIssue());
    }

    @Test
    void aFileThatIncludesItselfEnds() {
        tokens("#include \"a\"", Dialect.OURS, Map.of("a", "#include \"a\"\n#include \"a\"\n"));
        assertTrue(firstIssue().contains("include itself"), firstIssue());
    }

    @Test
    void aMacroThatExpandsToItselfIsReported() {
        assertEquals("x M", ours("#define M x M\nM"));
        assertTrue(firstIssue().contains("macro 'M' expands to itself"), firstIssue());
    }

    @Test
    void mutuallyRecursiveMacrosEnd() {
        ours("#define A(x) B(x)\n#define B(x) A(x)\nA(1)");
        assertTrue(firstIssue().contains("expands to itself"), firstIssue());
    }

    @Test
    void wrongNumbersOfArgumentsAreReported() {
        ours("#define F(a,b) a\nF(1)");
        assertTrue(firstIssue().contains("macro 'F' takes 2 arguments, not 1"), firstIssue());
    }

    @Test
    void aCallThatNeverEndsIsReportedAtItsName() {
        ours("#define F(a) a\n\n  F(1");
        assertTrue(firstIssue().startsWith("a.esc:3:3"), firstIssue());
    }

    @Test
    void aTokenKnowsTheMacrosItCameThrough() {
        Token token = list("#define INNER 42\n#define OUTER(x) x INNER\nOUTER(7)", Dialect.OURS, Map.of())
                .get(1);
        assertEquals("a.esc:3:1", token.span().toString());
        assertEquals(
                "[OUTER a.esc:2:20, INNER a.esc:1:15]",
                token.span().expansions().stream()
                        .map(e -> e.macro() + " " + e.body())
                        .toList()
                        .toString());
    }

    @Test
    void anArgumentKeepsThePlaceWhereItWasWritten() {
        Token token = list("#define F(x) [x]\nF( abc )", Dialect.OURS, Map.of()).get(1);
        assertEquals("a.esc:2:4", token.span().toString());
        assertEquals(1, token.span().expansions().size());
    }

    @Test
    void modernPasteAndQuoteWorkInOurDialectOnly() {
        String text = "#define F(a, b) a ## b #a\nF(le, af)";
        assertEquals("leaf \"le\"", ours(text));
        assertEquals("le # # af # le", tokens(text, Dialect.REFERENCE, Map.of()));
    }

    @Test
    void lineCommentsAreSkippedWithOneWarningInOurDialectOnly() {
        assertEquals("a b", ours("a // x\nb // y\n"));
        assertEquals(1, issues.toList().size());
        assertEquals("a / / x", tokens("a // x", Dialect.REFERENCE, Map.of()));
    }

    @Test
    void aDirectiveNeedsColumnOne() {
        assertEquals("# define X 1 X", ours(" #define X 1\nX"));
        assertEquals("1", ours("/**/#  define X 1\nX"));
    }

    @Test
    void redefinitionWithAnotherBodyIsAWarning() {
        assertEquals("2", ours("#define X 1\n#define X  1\n#define X 2\nX"));
        assertEquals(1, issues.toList().size());
        assertEquals("a.esc:3:9: warning ESC115: macro 'X' is defined again with another body", firstIssue());
    }

    @Test
    void lineDirectivesRenamePlaces() {
        Token token = list("#line 40 \"rules.in\"\n\nx", Dialect.OURS, Map.of()).get(0);
        assertEquals("rules.in:41:1", token.span().toString());
    }

    @Test
    void anUnknownDirectiveGetsASuggestion() {
        ours("#defin X 1");
        assertTrue(firstIssue().contains("unknown directive '#defin'; did you mean 'define'?"), firstIssue());
    }

    @Test
    void theReferenceCountsACallOverSeveralLinesAsOne() {
        List<Token> tokens = list("#define F(a,b) a b\nF(1,\n2) x\ny \\\nz", Dialect.REFERENCE, Map.of());
        assertEquals(
                List.of(2, 2, 2, 4, 4),
                tokens.stream().map(token -> token.span().line()).toList());
    }

    @Test
    void anUnbalancedConditionIsReportedWhereItBegins() {
        ours("x\n#if 1\ny");
        assertTrue(firstIssue().startsWith("a.esc:2:1: error ESC110"), firstIssue());
    }
}
