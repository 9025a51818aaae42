// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the channel makes of each recorded kernel, as a reviewed text beside the capture. */
class CaptureGoldenTest {
    @TestFactory
    Stream<DynamicTest> tellsOfEachCaptureWhatIsWrittenBesideIt() {
        return Fixtures.folders("captures").stream()
                .filter(folder -> folder.resolve("kmsg.raw").toFile().exists())
                .map(folder -> DynamicTest.dynamicTest(
                        folder.getFileName().toString(),
                        () -> Golden.assertMatches(folder.resolve("kernel-channel.golden"), print(folder))));
    }

    private static String print(Path folder) {
        FakeContext context = Captures.play(folder);
        StringBuilder out = new StringBuilder();
        for (Ereport ereport : context.posted) {
            out.append(line(ereport, context.posted.get(0))).append('\n');
        }
        for (Map.Entry<String, Long> count : context.counts.entrySet()) {
            out.append("# ")
                    .append(count.getKey())
                    .append(' ')
                    .append(count.getValue())
                    .append('\n');
        }
        return out.toString();
    }

    private static String line(Ereport ereport, Ereport first) {
        StringBuilder out = new StringBuilder(ereport.eventClass().name());
        out.append(" +")
                .append(Duration.between(first.tod(), ereport.tod()).toMillis())
                .append("ms");
        if (ereport.detector() instanceof DevFmri dev) {
            out.append(' ').append(dev);
        }
        NvList payload = ereport.payload();
        payload.asMap().forEach((name, value) -> {
            if (!name.matches("version|devtype|vendor|product|revision|serial")) {
                out.append("\n    ").append(name).append(' ').append(Values.print(value));
            }
        });
        return out.toString();
    }
}
