// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Corners where the engine once differed from a naive reading of the reference: the smallest case of each. */
class EngineCornersTest {
    private static final String D = "chassis0/bay0/disk0";

    @Test
    void whatIsUndefinedAndFalseIsFalse() {
        String rules = """
                event fault.x.f@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk -> ereport.x.a@disk { !(payloadprop("none") == 1 && payloadprop("v") == 1) };
                """;
        assertEquals(
                List.of("1 solved [fault.x.f@" + D + "] [0]"),
                Trial.ours(rules).post(1, "a", "\"v\": 2").outcomes());
    }

    @Test
    void inTheReferencesDialectWhatTheTopologyDecidesIsNotLookedAtAgain() {
        String rules = """
                event fault.x.f@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk -> ereport.x.a@disk
                    { ((6 / payloadprop("v") == 3 && confprop_defined(disk, "none")) || payloadprop_defined("v")) };
                """;
        assertEquals(
                List.of("1 solved [fault.x.f@" + D + "] [0]"),
                Trial.reference(rules).post(1, "a", "\"v\": 0").outcomes());
    }

    /** The right side is false on every machine, so the reference drops both, and nothing is set. */
    @Test
    void whatTheTopologyDecidesSetsNothing() {
        String rules = """
                event fault.x.f@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk -> ereport.x.a@disk
                    { (payloadprop_defined("v") || (setpayloadprop("w", payloadprop("v")) && is_present(disk[7]))) };
                """;
        assertEquals(
                List.of("1 solved [fault.x.f@" + D + "] [0]"),
                Trial.ours(rules).post(1, "a", "\"v\": 2").outcomes());
        String either = """
                event fault.x.f@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk -> ereport.x.a@disk
                    { ((setpayloadprop("w", payloadprop("v")) && is_present(disk[7])) || payloadprop_defined("v")) };
                """;
        assertEquals(
                List.of("1 solved [fault.x.f@" + D + "] [0]"),
                Trial.ours(either).post(1, "a", "\"v\": 2").outcomes());
    }

    @Test
    void onlyTheConstraintThatFailsIsToldOf() {
        String rules = """
                event fault.x.f@disk;
                event upset.x.u@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk -> ereport.x.a@disk
                    { (payloadprop("none") > 1 || payloadprop("v") == 2), payloadprop("more") };
                prop upset.x.u@disk -> ereport.x.a@disk;
                """;
        assertEquals(
                List.of("1 closed-no-suspects {ereports=[0]}"),
                Trial.ours(rules).post(1, "a", "\"v\": 2").outcomes());
    }

    /** The error has no cause, and the fault is given up in time. */
    @Test
    void anErrorWithoutACauseExplainsNothingWhenTheRestIsStripped() {
        String rules = """
                event fault.x.f@disk;
                event error.x.e@disk;
                event ereport.x.a@disk;
                event ereport.x.b@disk;
                prop fault.x.f@disk (2)-> ereport.x.a@disk, ereport.x.b@disk;
                prop error.x.e@disk ->(A) ereport.x.a@disk;
                """;
        assertEquals(
                List.of("11 undiagnosable {reason=all-hypotheses-disproved, components=[" + D + "], ereports=[0]}"),
                Trial.ours(rules).post(1, "a").outcomes());
    }

    @Test
    void valuesComeFromEachArrowThatHoldsEvenWhereAnotherWayWasTakenFirst() {
        String rules = """
                event fault.x.f@disk;
                event error.x.e@disk;
                event ereport.x.a@disk;
                event ereport.x.b@disk { within(5s) };
                prop fault.x.f@disk -> error.x.e@disk, ereport.x.b@disk
                    { setpayloadprop("v", payloadprop("v")) };
                prop error.x.e@disk (0)-> ereport.x.b@disk, ereport.x.a@disk;
                """;
        assertEquals(
                List.of("2 solved [fault.x.f@" + D + " {v=7}] [0, 1]"),
                Trial.ours(rules).post(1, "a").post(2, "b", "\"v\": 7").outcomes());
    }

    private static final String TWO_BAYS = """
            [{"path": "chassis0"},
             {"path": "chassis0/bay0"}, {"path": "chassis0/bay0/disk0"},
             {"path": "chassis0/bay1"}, {"path": "chassis0/bay1/disk1"}]
            """;

    /** {@code bay<>/disk} has the numbers that the disks of the first bay have, whichever disk reports. */
    @Test
    void whatFollowsAHorizontalComponentDoesNotDependOnTheEreport() {
        String rules = """
                event fault.x.f@chassis;
                event ereport.x.a@chassis/bay/disk;
                prop fault.x.f@chassis -> ereport.x.a@chassis/bay<>/disk;
                """;
        assertEquals(
                List.of("1 undiagnosable {reason=event-not-in-instance-tree, components=[chassis0/bay1/disk1], "
                        + "ereports=[0]}"),
                Trial.ours(rules)
                        .on(TWO_BAYS)
                        .post(1, "a", "chassis0/bay1/disk1", "")
                        .outcomes());
    }

    /** The second source is looked for before the first one gives the iterator a number. */
    @Test
    void aNumberWorkedOutFromAnIteratorThatHasNoneFitsNothing() {
        String rules = """
                event fault.x.f@bay;
                event fault.x.g@bay;
                event ereport.x.a@bay/disk;
                event ereport.x.b@bay;
                prop fault.x.f@bay[i], fault.x.g@bay[i + 1] -> ereport.x.a@bay[i]/disk;
                prop fault.x.g@bay -> ereport.x.b@bay;
                """;
        assertEquals(
                List.of("1 solved [fault.x.g@chassis0/bay0] [0]"),
                Trial.ours(rules).post(1, "b", "chassis0/bay0", "").outcomes());
    }

    @Test
    void anAbsurdWindowIsALongOne() {
        String rules = """
                engine serd.x.e@disk, N=1, T=1s;
                event fault.x.f@disk, engine=serd.x.e@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk -> ereport.x.a@disk { setserdt(payloadprop("t")) };
                """;
        assertEquals(
                "99 solved [fault.x.f@" + D + "] [0, 1]",
                Trial.ours(rules)
                        .post(1, "a", "\"t\": 18446744073709551615")
                        .post(99, "a", "\"t\": 18446744073709551615")
                        .outcomes()
                        .get(2));
    }

    @Test
    void aTripEreportFromWhereNothingIsNamesThatPlace() {
        String rules = """
                event ereport.x.t@bay;
                engine serd.x.e@bay, N=0, T=1h, trip=ereport.x.t@bay;
                event upset.x.u@chassis/bay, engine=serd.x.e@bay;
                event fault.x.f@bay;
                event ereport.x.a@chassis;
                config chassis0/bay7 model="none";
                prop upset.x.u@chassis/bay[7] -> ereport.x.a@chassis;
                prop fault.x.f@bay -> ereport.x.t@bay;
                """;
        assertEquals(
                "1 undiagnosable {reason=path-not-in-topology, components=[chassis0/bay7], ereports=[0]}",
                Trial.ours(rules).post(1, "a", "chassis0", "").outcomes().get(1));
    }

    /** The first exercise has waited ten seconds; the second one begins with the ereport that tripped, and waits as well. */
    @Test
    void theClockOfASecondExerciseBeginsAtZero() {
        String rules = """
                event ereport.x.t@disk;
                engine serd.x.e@disk, N=0, T=1h, trip=ereport.x.t@disk;
                event upset.x.u@disk, engine=serd.x.e@disk;
                event fault.x.f@disk;
                event ereport.x.a@disk;
                event ereport.x.b@disk { within(20s) };
                event ereport.x.c@disk { within(10s) };
                prop upset.x.u@disk (0)-> ereport.x.a@disk, ereport.x.b@disk, ereport.x.c@disk;
                prop fault.x.f@disk (4)-> ereport.x.a@disk, ereport.x.b@disk, ereport.x.c@disk, ereport.x.t@disk;
                """;
        assertEquals(
                List.of(
                        "16 engine-fired {engine=serd.x.e@" + D + ", n=0}",
                        "16 closed-no-suspects {ereports=[0, 1]}",
                        "20 solved [fault.x.f@" + D + "] [0, 1, 2]"),
                Trial.ours(rules).post(1, "a").post(16, "b").post(20, "c").outcomes());
    }

    /** Numbers have no sign, so -1 is the largest; an engine that is patient enough does not fill the memory with it. */
    @Test
    void anAbsurdWeightCountsALot() {
        String rules = """
                engine serd.x.e@disk, N=%s, T=1h;
                event fault.x.f@disk, engine=serd.x.e@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk { setserdincrement(payloadprop("k")) } -> ereport.x.a@disk;
                """;
        assertEquals(
                List.of("1 engine-fired {engine=serd.x.e@" + D + ", n=2}", "1 solved [fault.x.f@" + D + "] [0]"),
                Trial.ours(rules.formatted("2")).post(1, "a", "\"k\": -1").outcomes());
        assertEquals(
                List.of("1 closed-no-suspects {ereports=[0]}"),
                Trial.ours(rules.formatted("2000000000"))
                        .post(1, "a", "\"k\": -1")
                        .outcomes());
    }

    private static final String ANSWERED_BY_A_FAULT = """
            event ereport.x.t@disk;
            engine serd.x.e@disk, N=%d, T=1h, trip=ereport.x.t@disk;
            event upset.x.u@disk, engine=serd.x.e@disk;
            event fault.x.f@disk;
            event ereport.x.a@disk;
            event ereport.x.b@disk;
            event ereport.x.c@disk { within(5s) };
            prop fault.x.f@disk -> ereport.x.b@disk;
            prop upset.x.u@disk (0)-> ereport.x.c@disk;
            """;

    /** While the first exercise waits the disk becomes faulty; on a faulty disk no rule has a place for its ereport. */
    @Test
    void aSecondExerciseIsAboutTheMachineAsItIsNow() {
        String rules = ANSWERED_BY_A_FAULT.formatted(0) + """
                prop upset.x.u@disk -> ereport.x.a@disk { !has_fault(disk, "fault.x.f") };
                """;
        assertEquals(
                List.of(
                        "2 solved [fault.x.f@" + D + "] [1]",
                        "6 engine-fired {engine=serd.x.e@" + D + ", n=0}",
                        "6 undiagnosable {reason=event-not-in-instance-tree, components=[" + D + "], ereports=[0]}",
                        "6 closed-no-suspects {ereports=[0]}"),
                Trial.reference(rules).post(1, "a").post(2, "b").outcomes());
    }

    /** On a faulty disk the upset does not lead to the trip ereport; in the exercise that began before it does. */
    @Test
    void aTripEreportIsOfferedToTheExerciseWhoseEngineFired() {
        String rules = ANSWERED_BY_A_FAULT.formatted(1) + """
                prop upset.x.u@disk -> ereport.x.a@disk;
                prop upset.x.u@disk (0)-> ereport.x.t@disk { within(5s), !has_fault(disk, "fault.x.f") };
                """;
        assertEquals(
                List.of(
                        "6 closed-no-suspects {ereports=[0]}",
                        "12 solved [fault.x.f@" + D + "] [2]",
                        "15 engine-fired {engine=serd.x.e@" + D + ", n=1}",
                        "15 closed-no-suspects {ereports=[0, 1]}"),
                Trial.ours(rules).post(1, "a").post(10, "a").post(12, "b").outcomes());
    }

    /** As before, and the engine fires each time. */
    @Test
    void aTripEreportIsNotOfferedAgainToTheExerciseThatItHasEnded() {
        String rules = ANSWERED_BY_A_FAULT.formatted(0) + """
                prop upset.x.u@disk -> ereport.x.a@disk;
                prop upset.x.u@disk (0)-> ereport.x.t@disk { within(5s), !has_fault(disk, "fault.x.f") };
                """;
        assertEquals(
                List.of(
                        "12 solved [fault.x.f@" + D + "] [1]",
                        "15 engine-fired {engine=serd.x.e@" + D + ", n=0}",
                        "15 engine-fired {engine=serd.x.e@" + D + ", n=0}",
                        "15 evaluation-error {place=rules.esc:5:1, about=the trip ereport ereport.x.t leads to itself}",
                        "15 closed-no-suspects {ereports=[0]}"),
                Trial.ours(rules).post(10, "a").post(12, "b").outcomes());
    }

    @Test
    void aTripEreportThatWasPostedBeforeKeepsItsPayload() {
        String rules = """
                event ereport.x.t@disk;
                engine serd.x.e@disk, N=0, T=1h, trip=ereport.x.t@disk;
                event upset.x.u@disk, engine=serd.x.e@disk;
                event fault.x.f@disk;
                prop upset.x.u@disk -> ereport.x.t@disk { within(0s) };
                prop fault.x.f@disk -> ereport.x.t@disk { setpayloadprop("v", payloadprop("v")) };
                """;
        assertEquals(
                "1 solved [fault.x.f@" + D + " {v=7}] [0]",
                Trial.ours(rules).post(1, "t", "\"v\": 7").outcomes().get(3));
    }

    /** The second ereport sets the variable that the first one's constraint asked for. */
    @Test
    void valuesComeFromAnArrowThatHeldWhateverHasBecomeOfTheVariables() {
        String rules = """
                event fault.x.f@disk;
                event ereport.x.a@disk { within(30s) };
                event ereport.x.b@disk { within(30s) };
                prop fault.x.f@disk { setpayloadprop("v", payloadprop("v")) } -> ereport.x.a@disk { !defined($g) };
                prop fault.x.f@disk -> ereport.x.b@disk { $g == payloadprop("w") };
                """;
        assertEquals(
                List.of("2 solved [fault.x.f@" + D + " {v=7}] [0, 1]"),
                Trial.ours(rules)
                        .post(1, "a", "\"v\": 7")
                        .post(2, "b", "\"w\": 1")
                        .outcomes());
    }

    private static final String SET_ONCE = """
            engine serd.x.e@disk, N=9, T=1h;
            event fault.x.f@disk, engine=serd.x.e@disk;
            event ereport.x.a@disk { within(0s) };
            event ereport.x.b@disk { within(0s) };
            prop fault.x.f@disk (0)-> ereport.x.a@disk { setserdn(payloadprop("n")) && setserdt(payloadprop("t")) };
            prop fault.x.f@disk (0)-> ereport.x.b@disk;
            """;

    private static List<String> solved(Trial trial) {
        return trial.outcomes().stream().filter(o -> o.contains("solved [")).toList();
    }

    @Test
    void anEngineThatFiredKeepsTheLimitsThatRulesHaveSet() {
        Trial trial = Trial.ours(SET_ONCE)
                .post(1, "a", "\"n\": 1, \"t\": \"10s\"")
                .post(2, "b")
                .post(100, "b")
                .post(110, "b")
                .post(200, "b")
                .post(211, "b");
        assertEquals(
                List.of("2 solved [fault.x.f@" + D + "] [0, 1]", "110 solved [fault.x.f@" + D + "] [2, 3]"),
                solved(trial));
    }

    /** What is set while the engine counts takes effect when it is empty and rules say so once more. */
    @Test
    void rulesSetTheLimitsOfAnEmptyEngineAnew() {
        Trial trial = Trial.ours(SET_ONCE)
                .post(1, "a", "\"n\": 1, \"t\": \"10s\"")
                .post(2, "a", "\"n\": 0, \"t\": \"10s\"")
                .post(3, "a", "\"n\": 0, \"t\": \"10s\"")
                .post(4, "b");
        assertEquals(
                List.of(
                        "2 solved [fault.x.f@" + D + "] [0, 1]",
                        "3 solved [fault.x.f@" + D + "] [2]",
                        "4 solved [fault.x.f@" + D + "] [3]"),
                solved(trial));
    }

    /** The repair resets the engine: of the first ereport of it nothing is left. */
    @Test
    void anEngineThatWasResetKeepsTheLimitsThatRulesHaveSet() {
        String another = "event fault.x.g@disk; event ereport.x.c@disk; prop fault.x.g@disk -> ereport.x.c@disk;";
        Trial trial = Trial.ours(SET_ONCE + another)
                .post(1, "c")
                .post(2, "a", "\"n\": 1, \"t\": \"10s\"")
                .repair(3, D)
                .post(4, "b")
                .post(5, "b");
        assertEquals(
                List.of("1 solved [fault.x.g@" + D + "] [0]", "5 solved [fault.x.f@" + D + "] [3, 4]"), solved(trial));
    }
}
