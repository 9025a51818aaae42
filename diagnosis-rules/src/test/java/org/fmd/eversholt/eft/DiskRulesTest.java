// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fmd.api.topo.TopoPath;
import org.fmd.model.event.EventCodec;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.registry.Conformance;
import org.fmd.model.registry.EventRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped rules for disks, through the module: what is suspected, when, and where there is silence. */
class DiskRulesTest {
    private static final String DISK = "ereport.io.scsi.cmd.disk.";
    private static final String DERR = DISK + "dev.rqs.derr";
    private static final String MERR = DISK + "dev.rqs.merr";
    private static final String A = "hc:///chassis=0/bay=0/disk=0";
    private static final int DAY = 24 * 3600;

    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(Path.of("src/main/eversholt"));
    }

    private static NvList sense(String assessment, int key, int asc, int ascq) {
        return NvList.builder()
                .string("driver-assessment", assessment)
                .uint8("op-code", 0x28)
                .uint8("key", key)
                .uint8("asc", asc)
                .uint8("ascq", ascq)
                .build();
    }

    private static NvList medium(String assessment, long lba) {
        return sense(assessment, 3, 0x11, 0).toBuilder().uint64("lba", lba).build();
    }

    private static NvList assessed(String assessment) {
        return NvList.builder().string("driver-assessment", assessment).build();
    }

    private static String block(long lba) {
        return "fault.io.scsi.cmd.disk.dev.rqs.merr 100% " + A + " {asc=17, ascq=0, key=3, lba=" + lba + ", offset="
                + lba + "}";
    }

    private void expect(String... lines) {
        bench.runTo(10.0 * DAY);
        assertEquals(List.of(lines), bench.said);
    }

    @AfterEach
    void eachSuspectIsWhatTheRegistrySays() {
        for (Suspect suspect : bench.suspects) {
            assertEquals(List.of(), Conformance.problems(EventRegistry.shipped(), EventCodec.ofSuspect(suspect)));
        }
    }

    @Test
    void aFatalHardwareErrorIsAFaultAtOnce() {
        bench.post(1, DERR, sense("fatal", 4, 0x44, 0xf9));
        expect("1.0 fault.io.scsi.cmd.disk.dev.rqs.derr 100% " + A + " {asc=68, ascq=249, key=4}");
    }

    @Test
    void theFaultOfADiskHasItsDeviceAsAsruAndItsSlotAsLabel() {
        bench.post(1, DERR, sense("fatal", 4, 0x44, 0));
        assertEquals(DevFmri.ofPath("/dev/a"), bench.suspects.get(0).asru());
        assertEquals("Slot", bench.suspects.get(0).location());
    }

    @Test
    void aHardwareErrorThatWasNotFatalIsSilent() {
        bench.post(1, DERR, sense("fail", 5, 0x21, 0));
        bench.post(2, DERR, sense("info", 6, 0x29, 0));
        bench.post(3, DERR, sense("retry", 2, 4, 1));
        expect();
    }

    @Test
    void senseAboutTheLinkNeverFaultsTheDisk() {
        bench.post(1, DERR, sense("fatal", 0xb, 0x47, 3));
        bench.post(2, DERR, sense("fatal", 0xb, 0x4b, 0));
        bench.post(3, DERR, sense("fail", 5, 0x21, 4));
        expect();
    }

    @Test
    void aBurstOfMediumErrorsIsOneBlockFaultAfterFiveSeconds() {
        bench.post(1, MERR, medium("fatal", 4711));
        bench.post(2, MERR, medium("fatal", 4719));
        bench.post(5.9, MERR, medium("fatal", 4727));
        expect("6.0 " + block(4711));
    }

    @Test
    void aRetryJustBeforeDoesNotHideTheFatalError() {
        bench.post(1, MERR, medium("retry", 4711));
        bench.post(1.2, MERR, medium("retry", 4711));
        bench.post(1.4, MERR, medium("fatal", 4711));
        expect("6.4 " + block(4711));
    }

    @Test
    void theSameBlockTwiceInADayIsAFaultOfTheDisk() {
        bench.post(0, MERR, medium("fatal", 4711));
        bench.post(DAY, MERR, medium("fatal", 4711));
        expect(
                "5.0 " + block(4711),
                "86405.0 fault.io.disk.media-block-repeated 100% " + A + " {asc=17, ascq=0, key=3, lba=4711}",
                "86405.0 " + block(4711));
    }

    @Test
    void theSameBlockAfterMoreThanADayIsNot() {
        bench.post(0, MERR, medium("fatal", 4711));
        bench.post(DAY + 1, MERR, medium("fatal", 4711));
        expect("5.0 " + block(4711), "86406.0 " + block(4711));
    }

    @Test
    void theFifthBurstAtAnotherBlockInADayIsAFaultOfTheDisk() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            bench.post(100 * i, MERR, medium("fatal", 1000 + i));
            if (i == 4) {
                expected.add("405.0 fault.io.disk.media-errors-exceeded 100% " + A + " {asc=17, ascq=0, key=3}");
            }
            expected.add((100 * i + 5) + ".0 " + block(1000 + i));
        }
        expect(expected.toArray(String[]::new));
    }

    @Test
    void blocksAreNotCountedWhenTheDiskIsKnownToRepeatOne() {
        bench.context.faults.add("fault.io.disk.media-block-repeated@" + A);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            bench.post(100 * i, MERR, medium("fatal", 1000 + i));
            expected.add((100 * i + 5) + ".0 " + block(1000 + i));
        }
        expect(expected.toArray(String[]::new));
    }

    @Test
    void aReadErrorInAnswerToAWriteIsNoMediumError() {
        bench.post(
                1, MERR, medium("fatal", 8).toBuilder().uint8("op-code", 0x2a).build());
        expect();
    }

    @Test
    void aMediumErrorWithoutSenseIsStillOne() {
        bench.post(
                1,
                MERR,
                NvList.builder()
                        .string("driver-assessment", "fatal")
                        .uint64("lba", 7)
                        .build());
        expect("6.0 fault.io.scsi.cmd.disk.dev.rqs.merr 100% " + A + " {lba=7, offset=7}");
    }

    @Test
    void aDiskThatPredictsItsFailureIsBelievedAtOnce() {
        bench.post(1, DERR, sense("info", 1, 0x5d, 0x10));
        bench.post(2, DERR, sense("fatal", 6, 0x5d, 0));
        expect(
                "1.0 fault.io.disk.predictive-failure 100% " + A + " {asc=93, ascq=16}",
                "2.0 fault.io.disk.predictive-failure 100% " + A + " {asc=93, ascq=0}");
    }

    @Test
    void aHotDiskIsAFaultAtOnceAndIsNotRetired() {
        bench.post(1, DERR, sense("info", 1, 0x0b, 1));
        expect("1.0 fault.io.disk.over-temperature 100% " + A + " {}");
        assertEquals(false, bench.suspects.get(0).retire());
    }

    @Test
    void theEleventhRecoveredErrorInADayPredictsFailure() {
        for (int i = 0; i < 6; i++) {
            bench.post(1000 * i, DISK + "recovered", assessed("recovered"));
        }
        for (int i = 6; i < 11; i++) {
            bench.post(1000 * i, DERR, sense("info", 1, 0x17, 1));
        }
        expect("10000.0 fault.io.disk.predictive-failure 100% " + A + " {reason=recovered-errors}");
    }

    @Test
    void tenRequestsThatSucceedAtTheSecondTryAreSilent() {
        for (int i = 0; i < 10; i++) {
            bench.post(1000 * i, MERR, medium("retry", 5));
            bench.post(1000 * i + 0.1, DISK + "recovered", assessed("recovered"));
        }
        expect();
    }

    @Test
    void theEleventhRetryPredictsFailure() {
        for (int i = 0; i < 11; i++) {
            bench.post(10 * i, MERR, medium("retry", 5));
        }
        expect("100.0 fault.io.disk.predictive-failure 100% " + A + " {reason=retried-errors}");
    }

    @Test
    void recoveryFromTransportErrorsIsNotCountedAgainstTheDisk() {
        for (int i = 0; i < 50; i++) {
            bench.post(100 * i, DISK + "tran", DevFmri.ofPath("/dev/a"), assessed("retry"));
            bench.post(100 * i + 3, DISK + "recovered", assessed("recovered"));
        }
        expect();
    }

    @Test
    void answersToSmartQueriesAreNotCounted() {
        for (int i = 0; i < 50; i++) {
            bench.post(100 * i, DERR, sense("info", 1, 0, 0x1d));
        }
        expect();
    }

    @Test
    void transportErrorsAndOddStatusAreSilent() {
        bench.post(1, DISK + "tran", DevFmri.ofPath("/dev/a"), assessed("fatal"));
        bench.post(2, DISK + "dev.serr", assessed("fail"));
        bench.post(3, DISK + "dev.uderr", assessed("fail"));
        expect();
    }

    @Test
    void anErrorOfADiskThatIsNotInTheTopologyIsDiscardedWithItsName() {
        bench.post(1, DERR, new DevFmri("/dev/a", "id1,x", null), sense("fatal", 4, 0x44, 0));
        bench.post(2, DISK + "tran", DevFmri.ofPath("/dev/x"), assessed("fatal"));
        expect(
                "1.0 discarded: nothing in the topology is devid 'id1,x'",
                "2.0 discarded: nothing in the topology is device path '/dev/x'");
    }

    @Test
    void aClassThatNoRuleKnowsIsDiscarded() {
        bench.post(1, "ereport.io.unheard-of", NvList.EMPTY);
        expect("1.0 discarded: no rule is about ereport.io.unheard-of");
    }

    @Test
    void disksAreCountedApart() {
        for (int i = 0; i < 12; i++) {
            String letter = i % 2 == 0 ? "a" : "b";
            bench.post(
                    10 * i,
                    DISK + "recovered",
                    new DevFmri("/dev/" + letter, "id1," + letter, null),
                    assessed("recovered"));
        }
        expect();
    }

    @Test
    void aRepairStartsTheCountAnew() {
        bench.post(0, MERR, medium("fatal", 4711));
        bench.runTo(100);
        bench.repaired(100);
        bench.post(200, MERR, medium("fatal", 4711));
        expect("5.0 " + block(4711), "205.0 " + block(4711));
    }

    @Test
    void telemetryThatNoRuleExpectsThereIsADefectThatNobodyIsTold() {
        bench.post(
                1,
                "ereport.io.scsi.disk.predictive-failure",
                TopoPath.of("chassis", 0).toHc(),
                NvList.EMPTY);
        assertEquals(1, bench.suspects.size());
        assertEquals(
                "defect.fmd.eft.unexpected-telemetry",
                bench.suspects.get(0).eventClass().name());
        assertEquals(false, bench.suspects.get(0).message());
        assertEquals(
                "class-and-path-incompatible",
                bench.suspects.get(0).payload().string("reason").orElse(""));
    }
}
