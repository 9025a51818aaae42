// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.fmd.core.replay.ReplayFailure;
import org.fmd.model.json.Json;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What recorded kernels are diagnosed as. */
class ReplayOfCapturesTest {
    /** No rule is about these yet: paths, networks and adapters; a disk that does not answer; NVMe. */
    private static final Set<String> NO_RULES_YET = Set.of(
            "iscsi-multipath-one-nic",
            "iscsi-nic-down",
            "iscsi-nic-down-k61",
            "multipath-path-unplugged",
            "nvme-error",
            "probe-sense",
            "sdebug-abort-exhausted",
            "sdebug-abort-retry-ok",
            "sdebug-dif",
            "sdebug-host-gone",
            "sdebug-storm",
            "sdebug-timeout-lun-reset",
            "sdebug-timeout-offline");

    private static final String NOTHING = "overload/none";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ahci-error",
                "enclosure-bays",
                "iscsi-nic-down",
                "md-raid1-member-fails",
                "multipath-path-unplugged",
                "sdebug-hostbytes",
                "sdebug-media-read",
                "sdebug-predictive",
                "sdebug-recovered",
                "sdebug-storm",
                "sdebug-unit-attention",
                "virtio-eio"
            })
    void aCaptureIsDiagnosedAsIsWrittenDown(String name) throws ReplayFailure, IOException {
        Path capture = Fixtures.path("captures/" + name);
        Golden.assertMatches(Fixtures.path("replay").resolve(name + ".jsonl"), new Replayed().json(capture));
        String story = new Replayed().story(capture);
        Golden.assertMatches(
                Fixtures.path("replay").resolve(name + ".txt"), story.replace(capture.toString(), "captures/" + name));
    }

    @TestFactory
    Stream<DynamicTest> aCaptureHasTheCategoryThatItsRecorderKnew() {
        return Fixtures.folders("captures").stream()
                .filter(folder -> !NO_RULES_YET.contains(folder.getFileName().toString()))
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
                    Map<String, ?> meta = Json.parseObject(Files.readAllBytes(folder.resolve("meta.json")));
                    Map<?, ?> expected = (Map<?, ?>) meta.get("expected");
                    Object right = expected.get("correct_diagnosis");
                    Map<String, ?> summary =
                            new Replayed().lines("summary", folder).get(0);
                    assertEquals(
                            NOTHING.equals(right) ? List.of() : List.of(right),
                            summary.get("categories"),
                            () -> String.valueOf(expected.get("fault")));
                    assertEquals(0L, summary.get("unparsed"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> theSameCaptureGivesTheSameBytesAgain() {
        return Fixtures.folders("captures").stream()
                .map(folder -> DynamicTest.dynamicTest(
                        folder.getFileName().toString(),
                        () -> assertEquals(new Replayed().json(folder), new Replayed().json(folder))));
    }
}
