// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds what the channel posts against what each capture's {@code meta.json} says is right.
 *
 * <p>Without the trace the kernel's log cannot tell all of that:
 *
 * <ul>
 *   <li>attempts that were retried ({@code retry}) and requests that then succeeded ({@code recovered}) are not in the log;
 *       a unit attention is, and becomes {@code info};
 *   <li>the sense information field is not printed: the LBA is then the start of the range in which the bad block lies, and
 *       {@code lba-exact} is false;
 *   <li>of a storm ten failures are printed;
 *   <li>a path of a multipath map that fails with nothing in flight is told by device-mapper and iSCSI alone, whose lines make
 *       ereports of other classes.
 * </ul>
 */
class CaptureExpectationTest {
    private static final Set<String> ONLY_TRACES_TELL = Set.of("retry", "recovered");

    @TestFactory
    Stream<DynamicTest> postsWhatIsRight() {
        return captures()
                .map(folder -> DynamicTest.dynamicTest(
                        folder.getFileName().toString(), () -> compare(folder, Captures.play(folder).posted, false)));
    }

    @TestFactory
    Stream<DynamicTest> postsWhatIsRightWhereTheLogAloneCanTell() {
        return captures()
                .map(folder -> DynamicTest.dynamicTest(
                        folder.getFileName().toString(),
                        () -> compare(folder, Captures.playWithoutTrace(folder).posted, true)));
    }

    private static Stream<Path> captures() {
        return Fixtures.folders("captures").stream();
    }

    private static void compare(Path folder, List<Ereport> posted, boolean finalsOnly) {
        List<?> expected = (List<?>)
                ((Map<?, ?>) Captures.json(folder.resolve("meta.json")).get("expected")).get("ereports");
        for (Object one : expected) {
            Map<?, ?> want = (Map<?, ?>) one;
            if (!finalsOnly || !ONLY_TRACES_TELL.contains(String.valueOf(want.get("driver_assessment")))) {
                assertTrue(
                        posted.stream().anyMatch(e -> matches(want, e)),
                        () -> "nothing like " + want + " in " + posted);
            }
        }
        for (Ereport ereport : posted) {
            if ("fatal".equals(ereport.driverAssessment()) && !isNvme(ereport)) {
                assertTrue(
                        expected.stream().anyMatch(want -> matches((Map<?, ?>) want, ereport)),
                        () -> "not expected: " + ereport);
            }
            boolean transport = ereport.eventClass().name().endsWith(".tran");
            boolean ofDisk = ereport.eventClass().name().startsWith("ereport.io.scsi.cmd.disk.");
            if (transport || !ofDisk || "fatal".equals(ereport.driverAssessment())) {
                String devid = ereport.detector() instanceof DevFmri dev ? dev.devid() : null;
                assertEquals(transport || !ofDisk, devid == null, () -> "devid of " + ereport);
            }
        }
    }

    /** The captures were judged by what the SCSI layer tells; an NVMe disk is none of its. */
    private static boolean isNvme(Ereport ereport) {
        return ereport.payload().string("part").orElse("").startsWith("nvme");
    }

    private static boolean matches(Map<?, ?> want, Ereport have) {
        NvList payload = have.payload();
        Object assessment = want.get("driver_assessment");
        return have.eventClass().name().equals(want.get("class"))
                && (assessment == null || assessment.equals(have.driverAssessment()))
                && same(want.get("key"), payload.number("key"))
                && same(want.get("asc"), payload.number("asc"))
                && same(want.get("ascq"), payload.number("ascq"))
                && sameBlock(want.get("lba"), payload);
    }

    private static boolean same(Object want, OptionalLong have) {
        return want == null || have.equals(OptionalLong.of(Long.decode((String) want)));
    }

    private static boolean sameBlock(Object want, NvList payload) {
        if (want == null) {
            return true;
        }
        long right = ((Number) want).longValue();
        long told = payload.number("lba").orElse(Long.MAX_VALUE);
        return payload.bool("lba-exact").orElse(false) ? told == right : told <= right;
    }
}
