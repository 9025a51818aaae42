// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.junit.jupiter.api.Test;

/** What the engine may rely on in a checked program. */
class ProgramTest {
    private static final String DISK = """
            #pragma dictionary "LXDISK"
            #define D      disk
            #define FATAL  (payloadprop_contains("driver-assessment", "fatal"))
            prop fault.io.blk.medium@D -> ereport.io.blk.medium@D
                { FATAL && setserdsuffix(payloadprop("lba")), within(5s), is_present(D) };
            prop fault.io.blk.medium@D (0)-> ereport.io.blk.settle@D;
            event ereport.io.blk.medium@D, discard_if_config_unknown=1;
            event ereport.io.blk.settle@D { within(45s) };
            event fault.io.blk.medium@D, FITrate=5*100, FRU=D, ASRU=D;
            event fault.io.blk.medium@D, engine=serd.io.blk.medium@D, count=stat.hits@D, message=0;
            engine serd.io.blk.medium@D, N=2, T=12h;
            engine stat.hits@D;
            fru D;
            asru D;
            config chassis0/bay3 label="Bay 3", blinks="yes";
            """;

    private static Program compile(String text, Dialect dialect) {
        CompileResult result =
                new Compiler(dialect, Sources.none(), List.of()).compile(List.of(new SourceFile("a.esc", text)));
        assertTrue(result.ok(), () -> result.issues().toString());
        return result.programOrThrow();
    }

    private static EventName at(String eventClass, String... path) {
        return new EventName(eventClass, List.of(path));
    }

    @Test
    void declarationsOfOneEventAreMergedAndResolved() {
        Program program = compile(DISK, Dialect.OURS);
        Event fault = program.events().get(at("fault.io.blk.medium", "disk"));
        assertNotNull(fault);
        assertEquals(2, fault.declarations().size());
        Event.Properties properties = fault.properties();
        assertEquals("500", String.valueOf(properties.fitRate()));
        assertEquals(List.of("disk"), properties.fru());
        assertEquals(2, properties.engine() == null ? 0 : properties.engine().n());
        assertEquals(
                12L * 3600 * 1_000_000_000L,
                properties.engine() == null ? 0 : properties.engine().nanos());
        assertEquals("stat.hits@disk", String.valueOf(properties.counter()));
        assertInstanceOf(Term.Num.class, properties.message());
        assertNull(properties.retire());
    }

    @Test
    void subscriptionsAndDiscardsArePerClass() {
        Program program = compile(DISK, Dialect.OURS);
        assertEquals(Set.of("ereport.io.blk.medium", "ereport.io.blk.settle"), program.ereportClasses());
        assertTrue(program.discards("ereport.io.blk.medium"));
        assertFalse(program.discards("ereport.io.blk.settle"));
    }

    @Test
    void windowsAreTakenOutOfTheGuards() {
        List<Propagation> arrows = compile(DISK, Dialect.OURS).propagations();
        EventUse medium = arrows.get(0).columns().get(1).get(0);
        assertEquals(2, medium.guards().size());
        assertEquals(
                5_000_000_000L, medium.window() == null ? 0 : medium.window().maxNanos());
        EventUse settle = arrows.get(1).columns().get(1).get(0);
        assertEquals(
                45_000_000_000L, settle.window() == null ? 0 : settle.window().maxNanos());
        assertEquals(new Count.Exactly(0), arrows.get(1).arrows().get(0).n());
        assertEquals(Count.ONE, arrows.get(1).arrows().get(0).k());
    }

    @Test
    void aGuardKeepsItsPlaceAndItsMacro() {
        EventUse medium = compile(DISK, Dialect.OURS)
                .propagations()
                .get(0)
                .columns()
                .get(1)
                .get(0);
        Term contains = ((Term.Binary) medium.guards().get(0)).left();
        assertEquals("a.esc:5:7", contains.span().toString());
        assertEquals("FATAL", contains.span().expansions().get(0).macro());
    }

    @Test
    void configAndDictionaryAreThere() {
        Program program = compile(DISK, Dialect.OURS);
        assertEquals(List.of("LXDISK"), program.dictionaries());
        ConfigNode node = program.configs().get(0);
        assertEquals("[chassis0, bay3]", node.path().toString());
        assertEquals(Map.of("label", "Bay 3", "blinks", "yes"), node.properties());
    }

    @Test
    void componentsWithoutIteratorShareAnInventedOne() {
        String text = """
                event fault.f@bay; event ereport.r@bay/disk; event ereport.s@bay/disk/disk;
                prop fault.f@bay -> ereport.r@bay/disk<>, ereport.s@bay[]/disk[d]/disk, ereport.r@bay[3]/disk[d+1]
                    { is_under(bay, bay/disk<>) && d != 0 };
                """;
        Propagation prop = compile(text, Dialect.OURS).propagations().get(0);
        assertEquals("[bay#0, disk##0, d, disk#1]", prop.iterators().toString());
        for (int slot = 0; slot < prop.iterators().size(); slot++) {
            assertEquals(slot, prop.iterators().get(slot).slot());
        }
        assertEquals(
                "[fault.f@bay[bay#0], ereport.r@bay[bay#0]/disk<disk##0>, ereport.s@bay[bay#0]/disk[d]/disk[disk#1],"
                        + " ereport.r@bay3/disk[(d + 1)]]",
                prop.events().toString());
        assertEquals(
                "[(is_under(bay[bay#0], bay[bay#0]/disk<disk##0>) && (d != 0))]",
                prop.events().get(3).guards().toString());
        PathPattern first = prop.events().get(0).path();
        assertEquals(first.steps().get(0), prop.events().get(1).path().steps().get(0));
        assertTrue(prop.events().get(1).path().horizontal());
    }

    @Test
    void aCascadeIsOneStatementWithSharedIterators() {
        String text = """
                event fault.f@c; event error.e@c; event ereport.r@c;
                prop fault.f@c (A)->(A) error.e@c (1+1)-> ereport.r@c, ereport.r@c[1];
                """;
        Propagation prop = compile(text, Dialect.OURS).propagations().get(0);
        assertEquals("[(A)->(A), (2)->(1)]", prop.arrows().toString());
        assertEquals(3, prop.columns().size());
        assertEquals(1, prop.iterators().size());
    }

    @Test
    void zeroSecondsMeanNoWaitHereAndNothingInTheReference() {
        String text = "event fault.f@c; event ereport.r@c;\nprop fault.f@c -> ereport.r@c { within(0s) };\n";
        Window ours = compile(text, Dialect.OURS)
                .propagations()
                .get(0)
                .events()
                .get(1)
                .window();
        assertEquals(0, ours == null ? -1 : ours.maxNanos());
        assertNull(compile(text, Dialect.REFERENCE)
                .propagations()
                .get(0)
                .events()
                .get(1)
                .window());
    }

    @Test
    void whatTheReferenceCannotEvaluateIsMarked() {
        String text = """
                event fault.f@c; event ereport.r@c;
                prop fault.f@c (3-1)-> ereport.r@c { 1 : 2, nodename() == 1, q == 0 };
                """;
        Propagation prop = compile(text, Dialect.REFERENCE).propagations().get(0);
        assertInstanceOf(Count.Unusable.class, prop.arrows().get(0).n());
        List<Term> guards = prop.events().get(1).guards();
        assertInstanceOf(Term.Unevaluable.class, guards.get(0));
        assertInstanceOf(Term.Unevaluable.class, ((Term.Binary) guards.get(1)).left());
        assertEquals("q1", String.valueOf(((Term.Binary) guards.get(2)).left()));
    }

    @Test
    void theProgramKeepsItsDialect() {
        assertEquals(Dialect.REFERENCE, compile("", Dialect.REFERENCE).dialect());
    }

    /** Enough of nothing that a program of two such files is read with several threads. */
    private static final String PADDING = "/* nothing to see in this line but its length */\n".repeat(5_000);

    private static CompileResult compile(String first, String second) {
        return Compiler.ours()
                .compile(List.of(new SourceFile("first.esc", first), new SourceFile("second.esc", second)));
    }

    @Test
    void largeFilesAreOneProgramInTheOrderGiven() {
        String use = "prop fault.x@disk -> ereport.x@disk;";
        String declare = "event fault.x@disk; event ereport.x@disk; fru disk;";
        Program program = compile(PADDING + use, PADDING + declare).programOrThrow();
        assertEquals(1, program.propagations().size());
        assertEquals(5_001, program.propagations().get(0).span().line());
        assertEquals(2, program.files().size());
    }

    @Test
    void aStatementMayEndInTheNextFileHoweverLargeTheFilesAre() {
        String begin = "event fault.x@disk; event ereport.x@disk; prop fault.x@disk ->";
        String end = "ereport.x@disk;";
        assertEquals(
                compile(begin, end).ok(),
                compile(PADDING + begin, PADDING + end).ok());
        assertTrue(compile(PADDING + begin, PADDING + end).ok());
    }

    @Test
    void whatIsWrongWithLargeFilesIsToldOnceInTheOrderOfTheFiles() {
        String wrong = "event fault.x@disk\nevent ereport.x@@disk;";
        List<String> small = compile(wrong, wrong).issues().stream()
                .map(i -> i.code() + i.message())
                .toList();
        List<String> large = compile(PADDING + wrong, PADDING + wrong).issues().stream()
                .map(i -> i.code() + i.message())
                .toList();
        assertFalse(small.isEmpty());
        assertEquals(small, large);
    }
}
