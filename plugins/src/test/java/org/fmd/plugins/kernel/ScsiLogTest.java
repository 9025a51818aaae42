// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.assess.AssessmentTable;
import org.fmd.plugins.kernel.assess.Command;
import org.fmd.plugins.kernel.assess.Conclusion;
import org.fmd.plugins.kernel.assess.Fate;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class ScsiLogTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Octets READ = Octets.of(0x28, 0, 0, 0, 0x10, 0, 0, 0, 8, 0);

    /** Keeps what is written. */
    private static final class Kept extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;
        final transient List<String> lines = new ArrayList<>();

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String pattern, Object[] arguments, Throwable throwable) {
            lines.add(MessageFormatter.arrayFormat(pattern, arguments).getMessage());
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return Kept.class.getName();
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }

    private final Kept kept = new Kept();

    private static Conclusion.DiskError attempt(Fate fate, int retries) {
        Command facts = new Command(
                fate,
                new Command.Result(true, HostByte.OK),
                Command.Status.CHECK_CONDITION,
                new Command.Sense(SenseKey.MEDIUM_ERROR, new AdditionalSense(0x11, 0), false),
                READ,
                null);
        return new Conclusion.DiskError(
                Instant.EPOCH,
                new ScsiDevice("0:0:0:0", "sda"),
                AssessmentTable.assess(facts).orElseThrow(),
                facts,
                new Conclusion.Chain(1, retries));
    }

    @Test
    void tellsTheCommandTheSenseTheVerdictAndTheRetries() {
        new ScsiLog(kept, "all").tell(attempt(Fate.RETRIED, 2), "sda", false, 0);
        assertEquals(1, kept.lines.size());
        String line = kept.lines.get(0);
        assertEquals("1970-01-01T00:00:00Z sda (0:0:0:0): ", line.substring(0, line.indexOf(": ") + 2));
        assertEquals(": retry, retries 2", line.substring(line.length() - 18), line);
    }

    @Test
    void leavesOutWhatTheLevelDoesNotWant() {
        new ScsiLog(kept, "off").tell(attempt(Fate.GIVEN_UP, 0), "sda", false, 0);
        new ScsiLog(kept, "fatal").tell(attempt(Fate.RETRIED, 0), "sda", false, 0);
        assertEquals(List.of(), kept.lines);
        new ScsiLog(kept, "fatal").tell(attempt(Fate.GIVEN_UP, 0), "sda", false, 0);
        assertEquals(1, kept.lines.size());
    }

    @Test
    void aNameThatADeviceGaveItselfBreaksNoLine() {
        new ScsiLog(kept, "all").tell(attempt(Fate.GIVEN_UP, 0), "sd\na b", true, 0);
        assertEquals(1, kept.lines.get(0).lines().count());
        assertEquals(
                ", ereports off", kept.lines.get(0).substring(kept.lines.get(0).lastIndexOf(',')));
    }

    @Test
    void saysHowManyLinesOfAStormWereLeftOut() {
        ScsiLog log = new ScsiLog(kept, "all");
        for (int i = 0; i < 100; i++) {
            log.tell(attempt(Fate.GIVEN_UP, 0), "sda", false, i);
        }
        assertEquals(ScsiLog.LINES, kept.lines.size());
        assertEquals(ScsiLog.STRETCH_NANOS, log.deadline());
        log.expire(log.deadline() - 1);
        assertEquals(ScsiLog.LINES, kept.lines.size());
        log.expire(log.deadline());
        assertEquals(
                "fm-scsi-log: 70 lines were left out, no more than 30 are written in 10 s",
                kept.lines.get(ScsiLog.LINES));
        assertEquals(Long.MAX_VALUE, log.deadline());
        log.tell(attempt(Fate.GIVEN_UP, 0), "sda", false, 11 * SECOND);
        assertEquals(ScsiLog.LINES + 2, kept.lines.size());
    }
}
