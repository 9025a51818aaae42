// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParserTest {
    private final Issues issues = new Issues();

    private List<Stmt> parse(String text, Dialect dialect) {
        SourceFile prelude = new SourceFile("<command line>", "");
        return Parser.parse(List.of(new SourceFile("a.esc", text)), prelude, dialect, Sources.none(), issues)
                .tree()
                .statements();
    }

    /** The constraint of the last event of a statement, printed with all groupings. */
    private String constraint(String expression, Dialect dialect) {
        List<Stmt> statements = parse("prop fault.f@c -> ereport.r@c { " + expression + " };", dialect);
        if (statements.isEmpty()) {
            return issues.toList().get(0).message();
        }
        Stmt.Propagation propagation = (Stmt.Propagation) statements.get(0);
        List<Expr> constraints = propagation.columns().get(1).get(0).constraints();
        return String.join(", ", constraints.stream().map(Expr::toString).toList());
    }

    private String ours(String expression) {
        return constraint(expression, Dialect.OURS);
    }

    @Test
    void operatorsGroupByPrecedence() {
        assertEquals(
                "(1 || (2 && (3 | (4 ^ (5 & (6 == (7 < (8 << (9 + (10 * 11))))))))))",
                ours("1 || 2 && 3 | 4 ^ 5 & 6 == 7 < 8 << 9 + 10 * 11"));
        assertEquals("((1 - 2) - 3)", ours("1 - 2 - 3"));
        assertEquals("((1 / 2) / 3)", ours("1 div 2 / 3"));
        assertEquals("(!a && ~b)", ours("!a && ~b"));
        assertEquals("((1 < 2) < 3)", ours("1 < 2 < 3"));
        assertEquals("($x = (1 + 2))", ours("$x = 1 + 2"));
    }

    @Test
    void conditionalsAreLikeThoseOfC() {
        assertEquals("(a ? b : (c ? d : e))", ours("a ? b : c ? d : e"));
        assertEquals("(a ? (b ? c : d) : e)", ours("a ? b ? c : d : e"));
        assertEquals("((a == 1) ? (b || c) : d)", ours("a == 1 ? b || c : d"));
    }

    @Test
    void theReferencesConditionalsBindTheColonTighter() {
        assertEquals("(a ? ((b : c) ? d : e))", constraint("a ? b : c ? d : e", Dialect.REFERENCE));
        assertEquals("(a ? b : c)", constraint("a ? b : c", Dialect.REFERENCE));
        assertEquals("(1 : 2)", constraint("1 : 2", Dialect.REFERENCE));
        assertTrue(constraint("1 : 2 : 3", Dialect.REFERENCE).contains("found ':'"));
    }

    @Test
    void aConditionalWithoutItsOtherHalfSaysSo() {
        assertTrue(ours("a ? b").contains("expected ':' and the other value"), ours("a ? b"));
    }

    @Test
    void pathsStandInPathFunctionsOnly() {
        assertEquals("is_under(x/y[i], asru(bay-x<b>/disk[]))", ours("is_under(x/y[i], asru(bay-x<b>/disk[]))"));
        assertEquals("f((c / d))", ours("f(c/d)"));
        assertEquals("confprop(a-b/c[(i + 1)], \"p\")", ours("confprop(a-b/c[i+1], \"p\")"));
    }

    @Test
    void timesAreWholeItems() {
        assertEquals("within(24h), 5s", ours("within(24 h), 5s"));
        assertTrue(ours("1 + 5s").contains("found 's'"), ours("1 + 5s"));
    }

    @Test
    void everyUnitWordIsKnownAndOthersGetAHint() {
        Stmt.EngineDecl engine = (Stmt.EngineDecl)
                parse("engine serd.x@c, T=2week;", Dialect.OURS).get(0);
        assertEquals(
                14L * 24 * 3600 * 1_000_000_000L,
                ((Expr.Time) engine.properties().get(0).value()).nanos());
        parse("engine serd.x@c, T=5sec;", Dialect.OURS);
        assertEquals(
                "unknown time unit 'sec'; did you mean 's'?",
                issues.toList().get(0).message());
    }

    @Test
    void stringsHaveEscapesInOurDialectOnly() {
        String text = "x == \"a\\\"b\\\\c\\n\\q\"";
        assertEquals("(x == \"a\\\"b\\\\c\n\\\\q\")", ours(text));
        assertEquals(IssueCode.STRING_ESCAPE, issues.toList().get(0).code());
        assertEquals("(x == \"a\\\\\\\"b\\\\\\\\c\\\\n\\\\q\")", constraint(text, Dialect.REFERENCE));
    }

    @Test
    void numbersAreUnsignedSixtyFourBits() {
        assertEquals("(18446744073709551615 + 15)", ours("0xffffffffffffffff + 017"));
        assertEquals(0, issues.errors());
        ours("18446744073709551616");
        assertEquals(IssueCode.NUMBER_RANGE, issues.toList().get(0).code());
    }

    @Test
    void inTheReferencesDialectNumbersSaturate() {
        assertEquals("18446744073709551615", constraint("99999999999999999999", Dialect.REFERENCE));
        assertEquals(0, issues.errors());
    }

    @Test
    void classNamesTakeAnyWordAndLeadingDigits() {
        List<Stmt> statements = parse("event ereport.io.3v3-count.is_on.0x5d_a.08@c;", Dialect.OURS);
        assertEquals(
                "ereport.io.3v3-count.is_on.0x5d_a.08",
                ((Stmt.EventDecl) statements.get(0)).event().name().text());
    }

    @Test
    void cascadesAndCountsAreKept() {
        Stmt.Propagation propagation = (Stmt.Propagation)
                parse("prop fault.a@c, fault.b@c (2)->(A) error.e@c ((1+1) div 2)-> ereport.r@c;", Dialect.OURS)
                        .get(0);
        assertEquals(3, propagation.columns().size());
        assertEquals("2", String.valueOf(propagation.arrows().get(0).n()));
        assertEquals("A", String.valueOf(propagation.arrows().get(0).k()));
        assertEquals("((1 + 1) / 2)", String.valueOf(propagation.arrows().get(1).n()));
        assertEquals("null", String.valueOf(propagation.arrows().get(1).k()));
    }

    @Test
    void tenMistakesGiveTenMessages() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append(i % 2 == 0 ? "evnt fault.a@c;\n" : "event fault..a@c;\n");
        }
        parse(text.toString(), Dialect.OURS);
        assertEquals(10, issues.errors());
        for (int i = 0; i < 10; i++) {
            Span span = issues.toList().get(i).span();
            assertEquals(i + 1, span == null ? 0 : span.line());
        }
    }

    @Test
    void theReferenceIsSilentRightAfterAnError() {
        parse("foo;\nbar;\nevent fault.a@c;\nbaz;", Dialect.REFERENCE);
        assertEquals(
                List.of("a.esc:1:1", "a.esc:4:1"),
                issues.toList().stream()
                        .map(issue -> String.valueOf(issue.span()))
                        .toList());
    }

    @Test
    void aForgottenSemicolonCostsOneMessage() {
        List<Stmt> statements = parse("event fault.a@c\nevent fault.b@c;\nfru c;", Dialect.OURS);
        assertEquals(1, issues.errors());
        assertEquals(3, statements.size());
    }

    @Test
    void aWordThatIsNoStatementGetsASuggestion() {
        parse("porp fault.a@c -> ereport.b@c;", Dialect.OURS);
        assertTrue(issues.toList().get(0).message().endsWith("did you mean 'prop'?, found 'porp'")
                || issues.toList().get(0).message().contains("did you mean 'prop'?"));
    }

    @Test
    void spansCoverWhatIsWritten() {
        String text = "event fault.a@c, FITrate = 3 ;";
        Stmt.EventDecl event = (Stmt.EventDecl) parse(text, Dialect.OURS).get(0);
        assertEquals(text, covered(text, event.span()));
        assertEquals("fault.a@c", covered(text, event.event().span()));
        assertEquals("FITrate = 3", covered(text, event.properties().get(0).span()));
    }

    private static String covered(String text, Span span) {
        return text.substring(span.start(), span.end());
    }
}
