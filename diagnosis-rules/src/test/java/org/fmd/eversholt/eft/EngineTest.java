// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the recorded runs do not show. */
class EngineTest {
    private static final String D = "chassis0/bay0/disk0";

    private static String guarded(String guard) {
        return """
               event fault.x.f@chassis/bay/disk;
               event upset.x.u@chassis/bay/disk;
               event ereport.x.a@chassis/bay/disk;
               prop fault.x.f@chassis[c]/bay[b]/disk[d] -> ereport.x.a@chassis[c]/bay[b]/disk[d] { GUARD };
               prop upset.x.u@chassis/bay/disk -> ereport.x.a@chassis/bay/disk;
               """.replace("GUARD", guard);
    }

    private static void holds(String guard, String payload) {
        assertEquals("1 solved [fault.x.f@" + D + "] [0]", first(guard, payload), guard + " with " + payload);
    }

    private static void fails(String guard, String payload) {
        assertEquals("1 closed-no-suspects {ereports=[0]}", first(guard, payload), guard + " with " + payload);
    }

    private static String first(String guard, String payload) {
        return Trial.ours(guarded(guard)).post(1, "a", payload).outcomes().stream()
                .filter(line -> !line.contains("evaluation-error"))
                .findFirst()
                .orElse("");
    }

    @Test
    void pathsInFunctionsFollowTheEventTheyShareComponentsWith() {
        holds("is_type(chassis[c]/bay[b]/disk[d]) == \"ssd\"", "");
        holds("confprop(chassis[c], \"slots\") + 0 == 2", "");
        holds("is_on(chassis[c]/psu[b])", "");
        fails("is_on(chassis[c]/bay[b])", "");
        holds("is_present(chassis[c]/bay[b + 1])", "");
        fails("is_present(chassis[c]/bay[b + 2])", "");
        holds("is_under(chassis[c], chassis[c]/bay[b]/disk[d])", "");
        fails("is_under(chassis[c]/bay[b], chassis[c])", "");
        holds("confprop_defined(chassis[c], \"model\") && !confprop_defined(chassis[c], \"nothing\")", "");
    }

    @Test
    void iteratorsAreNumbers() {
        holds("b == 0 && d + 1 == 1", "");
        fails("b == 1", "");
    }

    @Test
    void payloadMembersAreFoundByNameDotAndIndex() {
        holds("payloadprop(\"a.b[1].c\") == 5", "\"a\": {\"b\": [{\"c\": 4}, {\"c\": 5}]}");
        holds("payloadprop(\"n\") == 0xffffffffffffffff", "\"n\": -1");
        holds("payloadprop(\"s\") == 31", "\"s\": \"0x1f volts\"");
        holds("payloadprop_contains(\"s\", \"y\")", "\"s\": [\"x\", \"y\"]");
        fails("payloadprop_contains(\"s\", 1)", "\"s\": \"1\"");
        holds("payloadprop_contains(\"n\", 2)", "\"n\": [1, 2]");
        fails("payloadprop(\"list\") == 1", "\"list\": [1]");
    }

    @Test
    void operatorsWorkOnUnsignedNumbers() {
        holds("payloadprop(\"n\") / 2 == 0x7fffffffffffffff", "\"n\": 18446744073709551615");
        holds("payloadprop(\"n\") > 5", "\"n\": -1");
        holds("(payloadprop(\"n\") << 63) >> 63 == 1", "\"n\": 1");
        holds("(payloadprop(\"n\") << 64) == 0", "\"n\": 1");
        fails("payloadprop(\"n\") - 2 > 0", "\"n\": 1");
        fails("payloadprop(\"n\") % 0 == 0", "\"n\": 1");
        holds("(payloadprop(\"n\") == 1 ? 7 : 8) == 7", "\"n\": 1");
    }

    @Test
    void variablesBelongToOneExercise() {
        holds("($g = payloadprop(\"n\")) && $g == 3 && defined($g) && !defined($h)", "\"n\": 3");
    }

    @Test
    void aSuspectCountsWithEveryIncrement() {
        String rules = """
                engine serd.x.e@disk, N=3, T=1h;
                event fault.x.f@disk, engine=serd.x.e@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk -> ereport.x.a@disk { setserdincrement(payloadprop("n")) };
                """;
        assertEquals(
                List.of(
                        "1 closed-no-suspects {ereports=[0]}",
                        "2 closed-no-suspects {ereports=[1]}",
                        "3 engine-fired {engine=serd.x.e@" + D + ", n=3}",
                        "3 solved [fault.x.f@" + D + "] [0, 2]"),
                Trial.ours(rules)
                        .post(1, "a", "\"n\": 2")
                        .post(2, "a", "\"n\": 0")
                        .post(3, "a", "\"n\": 1000000000000")
                        .outcomes());
    }

    @Test
    void anEngineWithAnIdIsApartFromTheOthers() {
        String rules = """
                engine serd.x.e@disk, N=0, T=1h, id=$lane;
                event fault.x.f@disk, engine=serd.x.e@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk -> ereport.x.a@disk { $lane = payloadprop("lane") };
                """;
        assertEquals(
                "1 engine-fired {engine=serd.x.e@" + D + ":3, n=0}",
                Trial.ours(rules).post(1, "a", "\"lane\": 3").outcomes().get(0));
    }

    @Test
    void aTripTogetherWithWhatWasSeenPointsToAFault() {
        String rules = """
                event ereport.x.trip@disk;
                engine serd.x.e@disk, N=1, T=1h, trip=ereport.x.trip@disk;
                event upset.x.u@disk, engine=serd.x.e@disk;
                event error.x.many@disk;
                event fault.x.f@disk;
                event ereport.x.a@disk;
                prop upset.x.u@disk -> ereport.x.a@disk;
                prop error.x.many@disk (2)-> ereport.x.trip@disk, ereport.x.a@disk;
                prop fault.x.f@disk (0)-> error.x.many@disk;
                """;
        for (Trial trial : List.of(Trial.ours(rules), Trial.reference(rules))) {
            assertEquals(
                    List.of(
                            "1 closed-no-suspects {ereports=[0]}",
                            "2 engine-fired {engine=serd.x.e@" + D + ", n=1}",
                            "2 solved [fault.x.f@" + D + "] [1]",
                            "2 closed-no-suspects {ereports=[0, 1]}"),
                    trial.post(1, "a").post(2, "a").outcomes());
        }
    }

    @Test
    void aCounterCountsWhatIsPublished() {
        String rules = """
                engine stat.x.n@disk;
                event fault.x.f@disk, count=stat.x.n@disk;
                event fault.x.many@disk;
                event ereport.x.a@disk;
                event ereport.x.b@disk;
                event upset.x.u@disk;
                prop fault.x.f@disk -> ereport.x.a@disk;
                prop fault.x.many@disk -> ereport.x.b@disk { count(stat.x.n@disk) > 1 };
                prop upset.x.u@disk -> ereport.x.b@disk;
                """;
        List<String> outcomes = Trial.ours(rules)
                .post(1, "a")
                .post(2, "b")
                .post(3, "a")
                .post(4, "b")
                .outcomes();
        assertTrue(outcomes.contains("2 closed-no-suspects {ereports=[1]}"), outcomes::toString);
        assertTrue(outcomes.contains("4 solved [fault.x.many@" + D + "] [3]"), outcomes::toString);
    }

    @Test
    void sourcesCanBeSpreadHorizontally() {
        String rules = """
                event fault.x.f@chassis;
                event error.x.e@chassis/bay;
                event ereport.x.a@chassis;
                prop fault.x.f@chassis (A)-> error.x.e@chassis/bay<>;
                prop error.x.e@chassis/bay<> ->(A) ereport.x.a@chassis;
                """;
        assertEquals(
                List.of("1 solved [fault.x.f@chassis0] [0]"),
                Trial.ours(rules).post(1, "a", "chassis0", "").outcomes());
    }

    @Test
    void anEreportOfAnUnexpectedComponentIsUndiagnosableForThatReason() {
        String rules = guarded("1 == 1");
        assertEquals(
                "1 undiagnosable {reason=class-and-path-incompatible, components=[chassis0], ereports=[0]}",
                Trial.ours(rules).post(1, "a", "chassis0", "").outcomes().get(0));
        assertEquals(
                "1 undiagnosable {reason=path-not-in-topology, components=[chassis0/bay9/disk0], ereports=[0]}",
                Trial.ours(rules)
                        .post(1, "a", "chassis0/bay9/disk0", "")
                        .outcomes()
                        .get(0));
    }

    @Test
    void theSameInputsGiveTheSameOutcomes() {
        String rules = guarded("payloadprop(\"n\") == 1 && setpayloadprop(\"n\", payloadprop(\"n\"))");
        List<String> once = Trial.ours(rules)
                .post(1, "a", "\"n\": 1")
                .post(2, "a", "\"n\": 2")
                .outcomes();
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    once,
                    Trial.ours(rules)
                            .post(1, "a", "\"n\": 1")
                            .post(2, "a", "\"n\": 2")
                            .outcomes());
        }
    }

    @Test
    void aStatementThatIsTiedToNothingIsReportedAndLeftOut() {
        String rules = """
                event fault.x.f@disk;
                event ereport.x.a@disk;
                event ereport.x.b@part;
                event ereport.x.c@part/cell;
                event upset.x.u@disk;
                prop fault.x.f@disk -> ereport.x.a@disk, ereport.x.b@part[p], ereport.x.c@part[q]/cell;
                prop upset.x.u@disk -> ereport.x.a@disk;
                """;
        StringBuilder machine = new StringBuilder("[{\"path\": \"chassis0\"}, {\"path\": \"chassis0/disk0\"}");
        for (int i = 0; i < 400; i++) {
            machine.append(", {\"path\": \"part")
                    .append(i)
                    .append("\"}, {\"path\": \"part")
                    .append(i)
                    .append("/cell0\"}");
        }
        List<String> outcomes = Trial.ours(rules)
                .on(machine + "]")
                .post(1, "a", "chassis0/disk0", "")
                .outcomes();
        assertEquals(
                List.of(
                        "1 evaluation-error {place=rules.esc:6:1, about=too many ways to place its events on this machine;"
                                + " tie their paths together}",
                        "1 closed-no-suspects {ereports=[0]}"),
                outcomes);
    }

    @Test
    void tripEreportsThatLeadToThemselvesComeToAnEnd() {
        String rules = """
                event ereport.x.a@disk;
                event ereport.x.t@disk;
                engine serd.x.e@disk, N=0, T=1h, trip=ereport.x.t@disk;
                event upset.x.u@disk, engine=serd.x.e@disk;
                event upset.x.v@disk, engine=serd.x.e@disk;
                prop upset.x.u@disk (0)-> ereport.x.a@disk, ereport.x.t@disk;
                prop upset.x.v@disk (0)-> ereport.x.a@disk, ereport.x.t@disk;
                """;
        List<String> outcomes = Trial.ours(rules).post(1, "a").outcomes();
        assertTrue(
                outcomes.stream().anyMatch(line -> line.contains("the trip ereport ereport.x.t leads to itself")),
                outcomes::toString);
    }

    @Test
    void anExerciseThatWaitsTakesEveryRepeat() {
        String rules = """
                event fault.x.f@disk;
                event ereport.x.a@disk;
                event ereport.x.never@disk { within(60s) };
                prop fault.x.f@disk -> ereport.x.a@disk;
                prop fault.x.f@disk (0)-> ereport.x.never@disk;
                """;
        Trial trial = Trial.ours(rules);
        List<Integer> ereports = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            trial.post(1 + i, "a");
            ereports.add(i);
        }
        trial.post(62, "a");
        List<String> outcomes = trial.outcomes();
        assertEquals("61 solved [fault.x.f@" + D + "] " + ereports, outcomes.get(0));
    }

    @Test
    void aRepairAfterACaseThatNamesNoComponentIsNoError() {
        String rules = """
                event fault.x.f@disk;
                event ereport.x.a@disk;
                prop fault.x.f@disk -> ereport.x.a@disk;
                """;
        List<String> outcomes = Trial.ours(rules)
                .post(1, "a", "nothing7", "")
                .post(2, "a")
                .repair(3, D)
                .outcomes();
        assertTrue(outcomes.stream().anyMatch(line -> line.startsWith("3 repaired")), outcomes::toString);
    }
}
