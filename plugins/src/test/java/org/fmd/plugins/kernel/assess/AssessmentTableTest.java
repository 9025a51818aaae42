// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.SenseKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssessmentTableTest {
    private static Command command(
            Fate fate, @Nullable HostByte host, Command.Status status, Command.@Nullable Sense sense) {
        return new Command(fate, new Command.Result(true, host), status, sense, Octets.EMPTY, null);
    }

    private static String verdict(Command command) {
        return AssessmentTable.assess(command)
                .map(v -> v.errorClass() + " " + v.assessment())
                .orElse("nothing");
    }

    /** Rows of the decisions: fate, host byte, key and additional sense in hex, what comes out. */
    @ParameterizedTest
    @CsvSource({
        "GIVEN_UP,  OK,                  3, 11, 00, dev.rqs.merr fatal",
        "GIVEN_UP,  OK,                  3, 0c, 00, dev.rqs.merr fatal",
        "GIVEN_UP,  OK,                  4, 44, 00, dev.rqs.derr fatal",
        "GIVEN_UP,  OK,                  b, 47, 03, dev.rqs.derr fatal",
        "GIVEN_UP,  ABORT,               b, 10, 01, dev.rqs.derr fatal",
        "GIVEN_UP,  ABORT,               5, 10, 01, dev.rqs.derr fatal",
        "GIVEN_UP,  OK,                  2, 04, 02, dev.rqs.derr fail",
        "GIVEN_UP,  OK,                  2, 04, 03, dev.rqs.derr fatal",
        "GIVEN_UP,  OK,                  2, 04, 22, dev.rqs.derr fatal",
        "GIVEN_UP,  OK,                  2, 3e, 01, dev.rqs.derr fatal",
        "GIVEN_UP,  OK,                  2, 4c, 00, dev.rqs.derr fatal",
        "GIVEN_UP,  OK,                  2, 3a, 00, dev.rqs.derr fail",
        "GIVEN_UP,  OK,                  5, 21, 04, dev.rqs.derr fail",
        "GIVEN_UP,  OK,                  6, 29, 00, dev.rqs.derr fail",
        "GIVEN_UP,  OK,                  7, 27, 07, dev.rqs.derr fail",
        "GIVEN_UP,  OK,                  8, 00, 00, dev.rqs.derr fail",
        "GIVEN_UP,  OK,                  d, 00, 00, dev.rqs.derr fail",
        "GIVEN_UP,  OK,                  e, 1d, 00, dev.rqs.derr fail",
        "GIVEN_UP,  OK,                  0, 00, 00, dev.uderr fail",
        "GIVEN_UP,  NO_CONNECT,          0, 00, 00, tran fatal",
        "GIVEN_UP,  TRANSPORT_FAILFAST,  0, 00, 00, tran fatal",
        "RETRIED,   OK,                  3, 11, 00, dev.rqs.merr retry",
        "RETRIED,   OK,                  6, 29, 00, dev.rqs.derr retry",
        "RETRIED,   SOFT_ERROR,          0, 00, 00, tran retry",
        "RECOVERED, OK,                  3, 11, 00, recovered recovered",
        "DELIVERED, OK,                  1, 5d, 00, dev.rqs.derr info",
        "DELIVERED, OK,                  1, 00, 1d, dev.rqs.derr info",
        "DELIVERED, OK,                  6, 29, 00, dev.rqs.derr info",
        "DELIVERED, OK,                  0, 00, 00, nothing",
        "PASSED_THROUGH, OK,             5, 20, 00, dev.rqs.derr info",
        "PASSED_THROUGH, OK,             3, 11, 00, dev.rqs.merr info",
        "OWN_GIVEN_UP, OK,               4, 44, 00, dev.rqs.derr fail",
        "OWN_GIVEN_UP, BAD_TARGET,       0, 00, 00, tran fail"
    })
    void assessesAsDecided(Fate fate, HostByte host, String key, String asc, String ascq, String expected) {
        Command.Sense sense = new Command.Sense(
                SenseKey.of(Integer.parseInt(key, 16)),
                new AdditionalSense(Integer.parseInt(asc, 16), Integer.parseInt(ascq, 16)),
                false);
        assertEquals(expected, verdict(command(fate, host, Command.Status.NOT_TOLD, sense)));
    }

    @Test
    void assessesCommandsWithoutSense() {
        assertEquals("dev.serr fail", verdict(command(Fate.GIVEN_UP, HostByte.OK, Command.Status.NOT_TOLD, null)));
        assertEquals(
                "dev.uderr fail", verdict(command(Fate.GIVEN_UP, HostByte.OK, Command.Status.CHECK_CONDITION, null)));
        assertEquals(
                "dev.serr fail",
                verdict(command(Fate.GIVEN_UP, HostByte.OK, Command.Status.RESERVATION_CONFLICT, null)));
        assertEquals("tran fatal", verdict(command(Fate.GIVEN_UP, HostByte.TIME_OUT, Command.Status.NOT_TOLD, null)));
        assertEquals("tran fatal", verdict(command(Fate.GIVEN_UP, null, Command.Status.NOT_TOLD, null)));
        assertEquals("tran fatal", verdict(command(Fate.REFUSED, HostByte.TIME_OUT, Command.Status.NOT_TOLD, null)));
    }

    @Test
    void hasARowForWhateverWasTold() {
        int told = 0;
        for (Fate fate : Fate.values()) {
            for (HostByte host : HostByte.values()) {
                for (Command.Status status : List.of(
                        Command.Status.NOT_TOLD,
                        Command.Status.CHECK_CONDITION,
                        Command.Status.RESERVATION_CONFLICT,
                        new Command.Status(8))) {
                    for (SenseKey key : SenseKey.values()) {
                        Command.Sense sense = new Command.Sense(key, null, false);
                        told += AssessmentTable.assess(command(fate, host, status, sense))
                                        .isPresent()
                                ? 1
                                : 0;
                    }
                    told += AssessmentTable.assess(command(fate, host, status, null))
                                    .isPresent()
                            ? 1
                            : 0;
                }
            }
        }
        assertTrue(told > 0);
    }
}
