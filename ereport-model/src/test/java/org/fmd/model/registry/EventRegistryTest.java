// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.fmd.model.event.ListKind;
import org.fmd.model.nv.NvType;
import org.junit.jupiter.api.Test;

class EventRegistryTest {
    private static final String SOUND = """
            family ereport
              means Seen.
              member class string always: The class.
            family fault
              means Broken.
            # two kinds share these
            group block
              member lba uint64 [block] when (a block is known): The block.
            class ereport.a
              means It
                  happened.
              by m1 m2
              rules a.esc
              use block
              member list nvlist[] always: Things.
              member list[].word string {x|y} optional: A word.
            class fault.b
              means It broke.
              status declared
              category hba
              severity Major
              code DISK-8000-0X
              retire no
            """;

    private static EventRegistry.Parsed parse(String text) {
        return EventRegistry.parse("e", text.lines().toList());
    }

    @Test
    void readsWhatIsWritten() {
        EventRegistry registry = parse(SOUND).registry().orElseThrow();
        ClassEntry ereport = registry.find("ereport.a").orElseThrow();
        assertEquals("It happened.", ereport.meaning());
        assertEquals(List.of("m1", "m2"), ereport.makers());
        assertEquals("a.esc", ereport.rules());
        assertEquals(
                List.of("class", "lba", "list", "list[].word"),
                ereport.members().stream().map(Member::name).toList());
        assertEquals(
                new Member(
                        "lba",
                        NvType.UINT64,
                        false,
                        "block",
                        List.of(),
                        Member.Presence.WHEN,
                        "a block is known",
                        "The block."),
                ereport.member("lba").orElseThrow());
        assertEquals(
                List.of("x", "y"), ereport.member("list[].word").orElseThrow().words());
        ClassEntry fault = registry.find("fault.b").orElseThrow();
        assertEquals(Category.HBA, fault.category());
        assertEquals(Severity.MAJOR, fault.severity());
        assertEquals(false, fault.retire());
        assertEquals(Status.DECLARED, fault.status());
    }

    @Test
    void tellsAllMistakesWithPlaceAndRemedy() {
        String wrong = SOUND.replace("member class string always: The class.", "member class text always: The class.")
                .replace("  rules a.esc", "  rule a.esc")
                .replace("use block", "use blok")
                .replace("list[].word string", "lost[].word string")
                .replace("category hba", "category cable")
                .replace("code DISK-8000-0X", "code DISK-8000-0Y")
                .replace("  by m1 m2\n", "")
                .replace("  retire no\n", "");
        assertEquals("""
                e:3: 'text' is no type; known are [boolean, boolean_value, byte, int8, uint8, int16, uint16, int32, uint32, int64, uint64, hrtime, string, nvlist]
                e:7: group 'block' is never used; remove it, or 'use block'
                e:9: class 'ereport.a' is posted by nobody; add 'by MODULE' or a status
                e:12: 'rule' is not known; known are use, member and [means, status, by, rules, category, severity, code, retire]
                e:13: there is no group 'blok'; known are [block]
                e:15: member 'lost[].word' stands in 'lost[]', which is no list before it; add it as nvlist
                e:16: class 'fault.b' needs 'retire', as every fault and defect does
                e:19: 'cable' is no category; known are [disk-media, disk-device, disk-predictive, transport-link/cable, expander, hba, firmware, power, enclosure, network-path, memory, software]
                e:21: 'DISK-8000-0Y' is no message code; take it from the dictionary's texts
                """, parse(wrong).problems().stream().map(p -> p + "\n").collect(Collectors.joining()));
        assertTrue(parse(wrong).registry().isEmpty());
    }

    @Test
    void refusesWhatStandsTwiceOrNowhere() {
        assertProblem(
                "e:24: class 'ereport.a' stands twice; keep one", SOUND + "class ereport.a\n  means It.\n  by m\n");
        assertProblem("e:15: class 'ereport.a' has member 'list' twice; keep one", SOUND.replace("lba", "list"));
        assertProblem(
                "e:24: 'report.a' is no event class; it begins with one of"
                        + " [ereport, fault, defect, upset, alert, list, ireport] and a dot",
                SOUND + "class report.a\n  means It.\n");
        assertProblem(
                "e:24: class 'list.a' is of a family without a block; add 'family list'",
                SOUND + "class list.a\n  means It.\n  by m\n");
        assertProblem("e:25: 'means' stands twice in class 'fault.b'; keep one", SOUND + "# x\n  means It.\n");
        assertProblem("e:24: nothing stands behind 'use'", SOUND + "  use\n");
        assertProblem("e:24: indented by 3; use 0 for a block, 2 inside it, 4 to go on", SOUND + "   use block\n");
        assertProblem("e:24: a line begins with a tab; indent with blanks", SOUND + "\tuse block\n");
        assertProblem("e:1: an indented line before the first block; begin with 'class CLASS'", "  use x\n" + SOUND);
        assertProblem(
                "e:24: 'clas x' begins no block; write one of [family, group, class] and a name", SOUND + "clas x\n");
        assertProblem(
                "e:13: 'category' is for faults and defects; remove it", SOUND.replace("rules a.esc", "category hba"));
    }

    private static void assertProblem(String problem, String text) {
        assertTrue(
                parse(text).problems().contains(problem),
                () -> String.join("\n", parse(text).problems()));
    }

    /** Cuts and changed characters of a sound registry give a registry or problems, never an exception. */
    @Test
    void anyTextIsReadOrRefused() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(SOUND);
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.setCharAt(random.nextInt(text.length()), " \n:[]{}()#|.ax-*\t".charAt(random.nextInt(17)));
            }
            EventRegistry.Parsed parsed = parse(text.substring(random.nextInt(text.length())));
            assertEquals(parsed.registry().isEmpty(), !parsed.problems().isEmpty(), "seed " + seed);
        }
    }

    @Test
    void theShippedRegistryHasTheListEvents() {
        assertEquals(
                Arrays.stream(ListKind.values()).map(ListKind::eventClass).toList(),
                EventRegistry.shipped().classes(Family.LIST).stream()
                        .map(ClassEntry::eventClass)
                        .toList());
    }

    @Test
    void eachFaultAndDefectThatIsShippedPointsToAKindOfPart() {
        for (Family family : List.of(Family.FAULT, Family.DEFECT)) {
            assertFalse(EventRegistry.shipped().classes(family).isEmpty());
            for (ClassEntry entry : EventRegistry.shipped().classes(family)) {
                assertNotNull(entry.category(), () -> entry.eventClass().name());
            }
        }
    }
}
