// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.fmd.api.CaseKey;
import org.fmd.api.EngineMemory;
import org.fmd.api.Explanation;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** An engine that goes on where another one stood concludes what that one would have concluded. */
class MemoryTest {
    private static final Path VECTORS = Path.of(System.getProperty("fmd.fixtures"), "diagnosis-vectors");

    @TestFactory
    Stream<DynamicTest> aRunInterruptedAnywhereEndsAsOneThatIsNot() throws IOException {
        return Vector.all(VECTORS)
                .flatMap(vector -> Stream.of(Dialect.OURS, Dialect.REFERENCE)
                        // The one vector whose rules our dialect refuses.
                        .filter(dialect -> dialect.equals(Dialect.REFERENCE)
                                || !vector.name().equals("if-has-no-effect"))
                        .map(dialect -> dynamicTest(
                                vector.name() + (dialect.equals(Dialect.OURS) ? ", ours" : ", the reference's"),
                                () -> vector.run(dialect, (program, topology, inputs, settings) -> {
                                    Interrupted run = new Interrupted(program, topology, inputs, settings, Map.of());
                                    List<Map<String, Object>> whole = run.whole();
                                    for (int i = 0; i < inputs.size(); i++) {
                                        int at = i;
                                        assertEquals(whole, run.outcomes(n -> n == at), () -> "behind input " + at);
                                    }
                                    assertEquals(whole, run.outcomes(n -> true), "behind every input");
                                    return whole;
                                }))));
    }

    private static final String RULES = """
            fru disk;
            asru disk;
            engine serd.x.e@disk, N=2, T=1h;
            event fault.x.f@disk, engine=serd.x.e@disk;
            event ereport.x.a@disk;
            event ereport.x.never@disk { within(20s) };
            prop fault.x.f@disk -> ereport.x.a@disk { setserdsuffix(payloadprop("lba")) };
            prop fault.x.f@disk (0)-> ereport.x.never@disk;
            """;

    @TempDir
    private Path folder;

    private Bench bench() throws IOException {
        Files.writeString(folder.resolve("x.esc"), RULES);
        Bench bench = new Bench(folder);
        bench.post(1, "ereport.x.a", lba(7));
        bench.post(31, "ereport.x.a", lba(7));
        bench.post(61, "ereport.x.a", lba(7));
        return bench;
    }

    private static NvList lba(long lba) {
        return NvList.builder().uint64("lba", lba).build();
    }

    private static EngineMemory memory(Bench bench) {
        return bench.engine.remember().orElseThrow();
    }

    @Test
    void aModuleGoesOnWhereAnotherOneStood() throws IOException {
        Bench first = bench();
        Bench second = Bench.without(folder);
        assertEquals(Optional.empty(), second.recall(first, memory(first)));
        second.runTo(100);
        first.runTo(100);
        assertEquals(List.of("81.0 fault.x.f 100% hc:///chassis=0/bay=0/disk=0 {}"), first.said);
        assertEquals(first.said, second.said);
        assertEquals(memory(first).content(), memory(second).content());
    }

    /** The clock was set before the ereports came, so that the log has other times than the engine was told. */
    @Test
    void theTimesThatCountAreThoseThatTheEngineWasTold() throws IOException {
        Bench first = bench();
        EngineMemory memory = memory(first);
        first.logged.replaceAll(
                e -> new Ereport(e.eventClass(), e.tod().minusSeconds(3600), e.ena(), e.detector(), e.payload()));
        Bench second = Bench.without(folder);
        assertEquals(Optional.empty(), second.recall(first, memory));
        second.runTo(100);
        first.runTo(100);
        assertEquals(first.said, second.said);
        assertEquals(memory(first).content(), memory(second).content());
    }

    @Test
    void aCaseIsExplainedAfterTheRestartAsBefore() throws IOException {
        Bench first = bench();
        first.runTo(100);
        Bench second = Bench.without(folder);
        assertEquals(Optional.empty(), second.recall(first, memory(first)));
        var asked = new Explanation.Question.OfCase(new CaseKey(new LogRef(new UUID(0, 0), 2), 0).uuid("eft"));
        assertTrue(first.engine.explain(asked).isPresent());
        assertEquals(first.engine.explain(asked), second.engine.explain(asked));
    }

    @Test
    void aMemoryOfOtherRulesIsRefusedAndTheEngineStartsAnew() throws IOException {
        Bench first = bench();
        Files.writeString(folder.resolve("x.esc"), RULES.replace("N=2", "N=3"));
        Bench second = Bench.without(folder);
        assertEquals(Optional.of("it was made with other rules or settings"), second.recall(first, memory(first)));
        Bench third = new Bench(folder);
        assertEquals(Optional.of("it was made with other rules or settings"), third.recall(first, memory(first)));
        third.post(200, "ereport.y.unknown", lba(1));
        assertEquals(List.of("200.0 discarded: no rule is about ereport.y.unknown"), third.said);
    }

    @Test
    void aMemoryOfEreportsThatAreGoneIsRefused() throws IOException {
        Bench first = bench();
        Bench second = Bench.without(folder);
        EngineMemory memory = memory(first);
        first.logged.subList(2, 3).clear();
        assertEquals(
                Optional.of("the ereport at 00000000-0000-0000-0000-000000000000:2 is not in the log any more"),
                second.recall(first, memory));
        assertEquals(
                memory(Bench.without(folder)).content().get("serd"),
                memory(second).content().get("serd"),
                "nothing of it is left behind");
    }

    /** Whatever a memory holds, it is taken or it is refused. */
    @Test
    void aMemoryThatMakesNoSenseIsRefused() throws IOException, JsonProblem {
        Bench first = bench();
        String text = new String(TypedJson.write(memory(first).content()), StandardCharsets.UTF_8);
        Random random = new Random(4711);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            int at = random.nextInt(text.length());
            char put = "0123456789-+?,\"[]{}#@/x".charAt(random.nextInt(23));
            String other =
                    text.substring(0, at) + put + text.substring(Math.min(text.length(), at + random.nextInt(3)));
            NvList content;
            try {
                content = TypedJson.read(other.getBytes(StandardCharsets.UTF_8));
            } catch (JsonProblem e) {
                continue;
            }
            Bench second = Bench.without(folder);
            refused +=
                    second.recall(first, new EngineMemory(content, memory(first).topologies()))
                                    .isPresent()
                            ? 1
                            : 0;
        }
        assertTrue(refused > 100, "refused " + refused);
    }
}
