// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import static org.fmd.model.scsi.SenseKey.ABORTED_COMMAND;
import static org.fmd.model.scsi.SenseKey.HARDWARE_ERROR;
import static org.fmd.model.scsi.SenseKey.MEDIUM_ERROR;
import static org.fmd.model.scsi.SenseKey.NOT_READY;
import static org.fmd.plugins.kernel.assess.DriverAssessment.FAIL;
import static org.fmd.plugins.kernel.assess.DriverAssessment.FATAL;
import static org.fmd.plugins.kernel.assess.DriverAssessment.INFO;
import static org.fmd.plugins.kernel.assess.DriverAssessment.RETRY;
import static org.fmd.plugins.kernel.assess.ErrorClass.DERR;
import static org.fmd.plugins.kernel.assess.ErrorClass.MERR;
import static org.fmd.plugins.kernel.assess.ErrorClass.SERR;
import static org.fmd.plugins.kernel.assess.ErrorClass.TRAN;
import static org.fmd.plugins.kernel.assess.ErrorClass.UDERR;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.fmd.model.scsi.HostByte;

/**
 * Class and driver-assessment of a command: the first row that fits. Sense wins over the host byte, the host byte over the
 * status (kernel channel reference §3). Where Solaris's driver would say {@code fail} for a failure that without a fault
 * would not have been, the word here is {@code fatal}: Linux has retried by then, and the rules know which sense convicts.
 */
public final class AssessmentTable {
    /** What a command comes to. */
    public record Verdict(ErrorClass errorClass, DriverAssessment assessment) {}

    private record Row(String when, Predicate<Command> fits, ErrorClass errorClass, DriverAssessment assessment) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    "a later attempt succeeded",
                    c -> c.fate() == Fate.RECOVERED,
                    ErrorClass.RECOVERED,
                    DriverAssessment.RECOVERED),
            // The device reported sense.
            new Row("medium error, tried again", c -> c.hasKey(MEDIUM_ERROR) && c.fate() == Fate.RETRIED, MERR, RETRY),
            new Row("other sense, tried again", c -> c.hasSense() && c.fate() == Fate.RETRIED, DERR, RETRY),
            new Row("medium error, nothing failed", c -> c.hasKey(MEDIUM_ERROR) && isNotice(c), MERR, INFO),
            new Row("other sense, nothing failed", c -> c.hasSense() && isNotice(c), DERR, INFO),
            new Row("medium error, driver's command", c -> c.hasKey(MEDIUM_ERROR) && isOwn(c), MERR, FAIL),
            new Row("other sense, driver's command", c -> c.hasSense() && isOwn(c), DERR, FAIL),
            new Row("medium error", c -> c.hasKey(MEDIUM_ERROR), MERR, FATAL),
            new Row("hardware error", c -> c.hasKey(HARDWARE_ERROR), DERR, FATAL),
            new Row("aborted command, retries used up", c -> c.hasKey(ABORTED_COMMAND), DERR, FATAL),
            new Row("protection information", c -> c.hasSense() && hasCode(c, 0x10), DERR, FATAL),
            new Row("not ready for good", c -> c.hasKey(NOT_READY) && staysNotReady(c), DERR, FATAL),
            new Row("not ready for now, host's request, attention", Command::hasSense, DERR, FAIL),
            // The device refused by status alone.
            new Row(
                    "reservation conflict",
                    c -> c.statusTold().equals(Command.Status.RESERVATION_CONFLICT)
                            && !c.result().transportFailed(),
                    SERR,
                    FAIL),
            // The command did not come through.
            new Row("refused, or device given up", c -> c.fate() == Fate.REFUSED, TRAN, FATAL),
            new Row("thrown away with the queue", c -> c.fate() == Fate.COLLATERAL, TRAN, RETRY),
            new Row("transport, tried again", c -> transport(c) && c.fate() == Fate.RETRIED, TRAN, RETRY),
            new Row("transport, no access to data", c -> transport(c) && (isOwn(c) || isNotice(c)), TRAN, FAIL),
            new Row("transport", AssessmentTable::transport, TRAN, FATAL),
            // Completed with an error that nobody explains.
            new Row(
                    "sense that says nothing, tried again",
                    c -> senseMissing(c) && c.fate() == Fate.RETRIED,
                    UDERR,
                    RETRY),
            new Row("sense that says nothing", AssessmentTable::senseMissing, UDERR, FAIL),
            new Row("status without sense, tried again", c -> c.fate() == Fate.RETRIED, SERR, RETRY),
            new Row("status without sense", c -> true, SERR, FAIL));

    private AssessmentTable() {}

    /** Returns the rows in their order for people: when, class, driver-assessment. */
    static List<List<String>> rows() {
        return ROWS.stream()
                .map(row -> List.of(row.when(), row.errorClass().eventClass().name(), String.valueOf(row.assessment())))
                .toList();
    }

    /** Returns what the command comes to; empty if it says nothing at all: sense with key 0, and no failure. */
    public static Optional<Verdict> assess(Command command) {
        if ((command.fate() == Fate.DELIVERED && !command.hasSense()) || isPostponed(command)) {
            return Optional.empty();
        }
        for (Row row : ROWS) {
            if (row.fits().test(command)) {
                return Optional.of(new Verdict(row.errorClass(), row.assessment()));
            }
        }
        throw new AssertionError("no row for " + command);
    }

    /** The driver had no room for it, or asked to have it again: nothing went wrong, and no try is used up. */
    private static boolean isPostponed(Command c) {
        return c.fate() == Fate.RETRIED
                && (c.result().host() == HostByte.IMM_RETRY || c.result().host() == HostByte.REQUEUE);
    }

    private static boolean isNotice(Command c) {
        return c.fate() == Fate.DELIVERED || c.fate() == Fate.PASSED_THROUGH;
    }

    private static boolean isOwn(Command c) {
        return c.fate() == Fate.OWN_GIVEN_UP;
    }

    private static boolean transport(Command c) {
        return c.result().transportFailed();
    }

    private static boolean hasCode(Command c, int asc) {
        return c.sense() != null && c.sense().hasCode(asc);
    }

    /** 04/03 manual intervention, 04/22 power cycle required, 3E self-test or logical unit failure, 4C failed to configure itself. */
    private static boolean staysNotReady(Command c) {
        return c.sense() != null
                && (c.sense().is(0x04, 0x03)
                        || c.sense().is(0x04, 0x22)
                        || c.sense().hasCode(0x3e)
                        || c.sense().is(0x4c, 0x00));
    }

    private static boolean senseMissing(Command c) {
        return c.sense() != null || c.statusTold().equals(Command.Status.CHECK_CONDITION);
    }
}
