// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;

class ConformanceTest {
    private static final EventRegistry REGISTRY =
            EventRegistry.parse("e", """
                    family ireport
                      means Said.
                      member class string always: The class.
                    class ireport.a
                      means It.
                      by m
                      member n uint8 always: A number.
                      member word string {x|y} optional: A word.
                      member attr nvlist optional: More.
                      member attr.parts nvlist[] optional: Parts.
                      member attr.parts[].id uint32 always: Which.
                      member counts nvlist optional: How many.
                      member counts.* uint64 optional: Of that.
                      member place nvlist [FMRI] optional: Where.
                      member inner nvlist[] [event] optional: Others.
                    """.lines().toList()).registry().orElseThrow();

    private static NvList.Builder event() {
        return NvList.builder().string("class", "ireport.a").uint8("n", 1);
    }

    private static void assertProblems(NvList.Builder event, String... problems) {
        assertEquals(List.of(problems), Conformance.problems(REGISTRY, event.build()));
    }

    @Test
    void whatIsRegisteredConforms() {
        assertProblems(event().string("word", "y")
                .nvlist("attr", parts(NvList.builder().uint32("id", 1)))
                .nvlist("counts", NvList.builder().uint64("ereport.x", 2).build())
                .nvlist("place", NvList.builder().string("scheme", "hc").build())
                .nvlists("inner", List.of(event().build())));
    }

    private static NvList parts(NvList.Builder part) {
        return NvList.builder().nvlists("parts", List.of(part.build())).build();
    }

    @Test
    void tellsWhatIsMissingUnknownOrOfAnotherType() {
        assertProblems(event().remove("n"), "ireport.a: member 'n' is missing");
        assertProblems(event().uint8("m", 1), "ireport.a: member 'm' is not registered");
        assertProblems(event().uint32("n", 1), "ireport.a: member 'n' is uint32, registered is uint8");
        assertProblems(event().bytes("n", new byte[1]), "ireport.a: member 'n' is uint8[], registered is uint8");
        assertProblems(event().string("word", "z"), "ireport.a: member 'word' is 'z', registered are [x, y]");
        assertProblems(NvList.builder().string("class", "ireport.b"), "class 'ireport.b' is not registered");
        assertProblems(NvList.builder(), "class '' is not registered");
    }

    @Test
    void looksIntoLists() {
        assertProblems(
                event().nvlist("attr", parts(NvList.builder().uint32("ix", 1))),
                "ireport.a: member 'attr.parts[].id' is missing",
                "ireport.a: member 'attr.parts[].ix' is not registered");
        assertProblems(
                event().nvlist("counts", NvList.builder().string("a", "").build()),
                "ireport.a: member 'counts.*' is string, registered is uint64");
        assertProblems(
                event().nvlists("inner", List.of(event().remove("n").build())), "ireport.a: member 'n' is missing");
    }
}
