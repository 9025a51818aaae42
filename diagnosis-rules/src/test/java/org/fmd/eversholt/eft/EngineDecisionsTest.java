// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where our engine leaves the reference's behaviour (eversholt reference §10), both sides of each decision. */
class EngineDecisionsTest {
    private static final String D = "chassis0/bay0/disk0";

    private static final String TWO_SIGNS = """
            event fault.x.f@disk;
            event fault.x.g@disk;
            event ereport.x.a@disk { within(60s) };
            event ereport.x.b@disk { within(60s) };
            prop fault.x.f@disk (2)-> ereport.x.a@disk, ereport.x.b@disk { payloadprop("good") == 1 };
            prop fault.x.g@disk -> ereport.x.b@disk { payloadprop("good") == 0 };
            """;

    @Test
    void aRejectedTrialLeavesNoTrace() {
        List<String> outcomes = Trial.ours(TWO_SIGNS)
                .post(1, "a")
                .post(2, "b", "\"good\": 0")
                .post(3, "b", "\"good\": 1")
                .outcomes();
        assertEquals(List.of("2 solved [fault.x.g@" + D + "] [1]", "3 solved [fault.x.f@" + D + "] [0, 2]"), outcomes);
    }

    @Test
    void inTheReferencesDialectTheRejectedPayloadDecides() {
        List<String> outcomes = Trial.reference(TWO_SIGNS)
                .post(1, "a")
                .post(2, "b", "\"good\": 0")
                .post(3, "b", "\"good\": 1")
                .outcomes();
        assertEquals("2 solved [fault.x.g@" + D + "] [1]", outcomes.get(0));
        assertEquals(
                "61 undiagnosable {reason=all-hypotheses-disproved, components=[" + D + "], ereports=[0]}",
                outcomes.get(1));
    }

    private static final String UNSET = """
            event fault.x.f@disk;
            event upset.x.u@disk;
            event ereport.x.a@disk;
            prop fault.x.f@disk -> ereport.x.a@disk { $q > 5 && payloadprop("v") == 1 };
            prop upset.x.u@disk -> ereport.x.a@disk;
            """;

    @Test
    void anUnknownLeftSideDoesNotHideAFalseRightSide() {
        assertEquals(
                List.of("1 closed-no-suspects {ereports=[0]}"),
                Trial.ours(UNSET).post(1, "a", "\"v\": 2").outcomes());
        assertEquals(
                List.of("1 solved [fault.x.f@" + D + "] [0]"),
                Trial.reference(UNSET).post(1, "a", "\"v\": 2").outcomes());
    }

    private static final String ABSENT = """
            event fault.x.f@disk;
            event upset.x.u@disk;
            event ereport.x.a@disk;
            prop fault.x.f@disk -> ereport.x.a@disk { payloadprop("v") == 1 || payloadprop("w") == 2 };
            prop upset.x.u@disk -> ereport.x.a@disk;
            """;

    @Test
    void whatDoesNotExistIsNotTrueAndTheRuleIsReportedOnce() {
        assertEquals(
                List.of(
                        "1 evaluation-error {place=rules.esc:4:43, about=payloadprop(\"v\") has no value here}",
                        "1 closed-no-suspects {ereports=[0]}",
                        "2 closed-no-suspects {ereports=[1]}"),
                Trial.ours(ABSENT).post(1, "a").post(2, "a").outcomes());
    }

    @Test
    void whatDoesNotExistDoesNotSpoilWhatHoldsAnyway() {
        assertEquals(
                List.of("1 solved [fault.x.f@" + D + "] [0]"),
                Trial.ours(ABSENT).post(1, "a", "\"w\": 2").outcomes());
    }

    @Test
    void aNegationOfWhatDoesNotExistIsNotTrueEither() {
        String rules =
                ABSENT.replace("payloadprop(\"v\") == 1 || payloadprop(\"w\") == 2", "!(payloadprop(\"v\") == 1)");
        assertEquals(
                "1 closed-no-suspects {ereports=[0]}",
                Trial.ours(rules).post(1, "a").outcomes().get(1));
    }

    private static final String LATER = """
            event fault.x.f@disk;
            event ereport.x.a@disk;
            event ereport.x.b@disk { within(60s) };
            prop fault.x.f@disk -> ereport.x.a@disk;
            prop fault.x.f@disk (0)-> ereport.x.b@disk { setpayloadprop("v", payloadprop("v")) };
            """;

    @Test
    void payloadIsPromotedWhicheverReportCameFirst() {
        assertEquals(
                List.of("2 solved [fault.x.f@" + D + " {v=7}] [0, 1]"),
                Trial.ours(LATER).post(1, "a").post(2, "b", "\"v\": 7").outcomes());
    }

    @Test
    void inTheReferencesDialectALaterReportPromotesNothing() {
        assertEquals(
                "2 solved [fault.x.f@" + D + "] [0, 1]",
                Trial.reference(LATER)
                        .post(1, "a")
                        .post(2, "b", "\"v\": 7")
                        .outcomes()
                        .get(0));
    }

    @Test
    void aWindowHasABeginning() {
        String rules = """
                event fault.x.f@disk;
                event upset.x.u@disk;
                event ereport.x.a@disk;
                event ereport.x.b@disk;
                prop fault.x.f@disk (2)-> ereport.x.a@disk, ereport.x.b@disk { within(10s, 60s) };
                prop upset.x.u@disk -> ereport.x.b@disk;
                """;
        assertEquals(
                List.of("20 solved [fault.x.f@" + D + "] [0, 1]"),
                Trial.ours(rules).post(1, "a").post(20, "b").outcomes());
        assertEquals(
                "61 undiagnosable {reason=all-hypotheses-disproved, components=[" + D + "], ereports=[0]}",
                Trial.ours(rules).post(1, "a").post(5, "b").outcomes().stream()
                        .filter(l -> l.contains("undiagnosable"))
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void aWindowOfNothingDoesNotWait() {
        String rules = """
                event fault.x.f@disk;
                event ereport.x.a@disk;
                event ereport.x.b@disk { within(0s) };
                prop fault.x.f@disk -> ereport.x.a@disk;
                prop fault.x.f@disk (0)-> ereport.x.b@disk;
                """;
        assertEquals(
                "1 solved [fault.x.f@" + D + "] [0]",
                Trial.ours(rules).post(1, "a").outcomes().get(0));
        assertEquals(
                "11 solved [fault.x.f@" + D + "] [0]",
                Trial.reference(rules).post(1, "a").outcomes().get(0));
    }

    @Test
    void anArrowThatIsKnownFalseDoesNotMeetAnObligation() {
        String rules = """
                event fault.x.f@disk;
                event fault.x.g@disk;
                event ereport.x.a@disk;
                event ereport.x.b@disk { within(5s) };
                prop fault.x.f@disk -> ereport.x.a@disk;
                prop fault.x.f@disk (2)-> ereport.x.a@disk { payloadprop("v") == 1 }, ereport.x.b@disk;
                prop fault.x.g@disk -> ereport.x.a@disk;
                prop fault.x.g@disk (0)-> ereport.x.b@disk;
                """;
        assertEquals(
                List.of("2 solved [fault.x.g@" + D + "] [0, 1]"),
                Trial.ours(rules).post(1, "a", "\"v\": 0").post(2, "b").outcomes());
        assertEquals(
                List.of("2 solved [fault.x.f@" + D + ", fault.x.g@" + D + "] [0, 1]"),
                Trial.reference(rules).post(1, "a", "\"v\": 0").post(2, "b").outcomes());
    }

    @Test
    void allMeansAllArrowsIntoAnEffect() {
        String rules = """
                event fault.x.f@disk;
                event fault.x.g@disk;
                event error.x.e1@disk;
                event error.x.e2@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk -> error.x.e1@disk;
                prop fault.x.g@disk (2)-> error.x.e1@disk, error.x.e2@disk;
                prop error.x.e1@disk, error.x.e2@disk ->(A) ereport.x.a@disk;
                """;
        assertEquals(
                List.of("1 solved [fault.x.g@" + D + "] [0]"),
                Trial.ours(rules).post(1, "a").outcomes());
    }

    @Test
    void aRepairEmptiesTheEnginesThatTheSuspectFed() {
        String rules = """
                engine serd.x.e@chassis, N=1, T=1h;
                event fault.x.f@chassis/bay/disk, engine=serd.x.e@chassis;
                event fault.x.g@chassis/bay/disk;
                event ereport.x.a@chassis/bay/disk;
                event ereport.x.b@chassis/bay/disk;
                prop fault.x.f@chassis/bay/disk -> ereport.x.a@chassis/bay/disk;
                prop fault.x.g@chassis/bay/disk -> ereport.x.b@chassis/bay/disk;
                """;
        List<String> fired = Trial.ours(rules)
                .post(1, "a")
                .post(2, "a")
                .post(3, "a")
                .repair(4, D)
                .post(5, "a")
                .outcomes();
        assertEquals("5 closed-no-suspects {ereports=[4]}", fired.get(fired.size() - 1));
        List<String> kept = Trial.reference(rules)
                .post(1, "a")
                .post(2, "a")
                .post(3, "a")
                .repair(4, D)
                .post(5, "a")
                .outcomes();
        assertEquals("5 solved [fault.x.f@" + D + "] [2, 4]", kept.get(kept.size() - 1));
    }

    @Test
    void certaintyOfLargeRatesIsRight() {
        String rules = """
                event fault.x.f@disk, FITrate=9000000000;
                event fault.x.g@disk, FITrate=3000000000;
                event ereport.x.a@disk;
                prop fault.x.f@disk, fault.x.g@disk -> ereport.x.a@disk;
                """;
        assertEquals(
                List.of("1 solved [fault.x.f@" + D + ", fault.x.g@" + D + "] [0]"),
                Trial.ours(rules).post(1, "a").outcomes());
    }
}
