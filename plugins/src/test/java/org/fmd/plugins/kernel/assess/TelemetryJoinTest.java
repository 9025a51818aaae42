// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.ScsiResult;
import org.fmd.model.scsi.SenseData;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.observation.BlockErrorKind;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.AttemptEnded;
import org.fmd.plugins.kernel.observation.Observation.BlockError;
import org.fmd.plugins.kernel.observation.Observation.CdbReported;
import org.fmd.plugins.kernel.observation.Observation.CommandFailed;
import org.fmd.plugins.kernel.observation.Observation.RejectingIo;
import org.fmd.plugins.kernel.observation.Observation.Request;
import org.fmd.plugins.kernel.observation.Observation.RequestFailed;
import org.fmd.plugins.kernel.observation.Observation.RequestRequeued;
import org.fmd.plugins.kernel.observation.Observation.SenseReported;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TelemetryJoinTest {
    private static final ScsiDevice DISK = new ScsiDevice("0:0:0:0", "sda");
    private static final Octets READ = Octets.of(0x28, 0, 0, 0, 0x10, 0, 0, 0, 8, 0);
    private static final Request REQUEST = new Request(8, 0, 4096, 8);

    private final List<String> told = new ArrayList<>();
    private boolean idle;
    private long millis = 1000;
    private final TelemetryJoin join = new TelemetryJoin(
            disk -> null,
            new RequestAssembler.Disks() {
                @Override
                public @Nullable ScsiDevice numbered(Request request) {
                    return request.major() == 8 && request.minor() == 0 ? DISK : null;
                }

                @Override
                public boolean isNumbered(ScsiDevice disk) {
                    return disk.hctl().equals(DISK.hctl());
                }

                @Override
                public boolean isIdle(ScsiDevice disk) {
                    return idle;
                }
            },
            (disk, cdb) -> null);

    TelemetryJoinTest() {
        join.traced(true);
    }

    private Stamp now() {
        return new Stamp(Instant.EPOCH.plusMillis(millis), millis * 1_000_000, millis * 1000);
    }

    private void says(Observation what) {
        millis++;
        tell(join.observe(new Observed(now(), what)));
    }

    private void passes(long milliseconds) {
        millis += milliseconds;
        tell(join.expire(now()));
    }

    private void tell(List<Conclusion> conclusions) {
        for (Conclusion one : conclusions) {
            Conclusion.DiskError error =
                    one instanceof Conclusion.ToldError more ? more.error() : (Conclusion.DiskError) one;
            Command.Sense sense = error.command().sense();
            told.add(error.verdict().errorClass() + " " + error.verdict().assessment()
                    + (sense == null ? "" : " " + sense.key().number()));
        }
    }

    private void ends(int result, @Nullable SenseData sense) {
        says(new AttemptEnded(DISK, 7, new ScsiResult(result), sense, READ));
    }

    private void logsMediumError() {
        says(new CommandFailed(DISK, 3, HostByte.OK, false, 0));
        says(new SenseReported(DISK, 3, SenseKey.MEDIUM_ERROR, false));
        says(new CdbReported(DISK, 3, READ));
        says(new BlockError("sda", BlockErrorKind.MEDIUM, 4096, 0));
    }

    @Test
    void whatBothTellIsToldOnceWithTheSenseThatOnlyTheLogHas() {
        ends(2, null);
        logsMediumError();
        says(new RequestFailed(REQUEST, 61));
        passes(1000);
        assertEquals(List.of("dev.rqs.merr fatal 3"), told);
    }

    @Test
    void theTraceMayBeReadAfterTheLog() {
        logsMediumError();
        ends(2, null);
        says(new RequestFailed(REQUEST, 61));
        passes(1000);
        assertEquals(List.of("dev.rqs.merr fatal 3"), told);
    }

    @Test
    void anAttemptWithoutSenseTakesThatOfTheLastOne() {
        ends(2, null);
        says(new RequestRequeued(REQUEST));
        ends(2, null);
        assertEquals(List.of(), told, "the first waits for what the last one tells");
        logsMediumError();
        says(new RequestFailed(REQUEST, 61));
        passes(1000);
        assertEquals(List.of("dev.rqs.merr retry 3", "dev.rqs.merr fatal 3"), told);
    }

    @Test
    void andIsToldWithoutSenseWhereTheRequestSucceeds() {
        idle = true;
        ends(2, null);
        says(new RequestRequeued(REQUEST));
        passes(600);
        assertEquals(List.of("dev.uderr retry"), told);
    }

    @Test
    void whatTheTraceHasLostIsToldByTheLog() {
        logsMediumError();
        passes(50);
        assertEquals(List.of(), told);
        passes(100);
        assertEquals(List.of("dev.rqs.merr fatal 3"), told);
    }

    @Test
    void aRequestThatWaitsForItsDeviceHasNotRecovered() {
        ends(0x0e0000, null);
        says(new RequestRequeued(REQUEST));
        passes(4000);
        says(new RejectingIo(DISK));
        says(new RequestFailed(REQUEST, 5));
        passes(1000);
        assertEquals(List.of("tran retry", "tran fatal"), told);
    }

    @Test
    void aRefusalIsToldEvenIfTheRequestSeemedToHaveSucceeded() {
        idle = true;
        ends(0x0e0000, null);
        says(new RequestRequeued(REQUEST));
        passes(600);
        says(new RejectingIo(DISK));
        says(new BlockError("sda", BlockErrorKind.IO, 4096, 0));
        passes(1000);
        assertEquals(List.of("tran retry", "recovered recovered", "tran fatal"), told);
    }

    @Test
    void thatTheDeviceIsGivenUpAddsNothingToTheFailureBefore() {
        ends(0x010000, null);
        says(new RequestFailed(REQUEST, 5));
        says(new RejectingIo(DISK));
        passes(1000);
        assertEquals(List.of("tran fatal"), told);
    }

    @Test
    void withoutATraceTheLogIsToldAtOnce() {
        join.traced(false);
        logsMediumError();
        assertEquals(List.of("dev.rqs.merr fatal 3"), told);
    }
}
