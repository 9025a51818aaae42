// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.text.EventTexts;
import org.fmd.model.text.TextEvent;
import org.fmd.model.text.TextItem;
import org.fmd.plugins.kernel.text.TextLog;
import org.fmd.plugins.kernel.text.TextLogPort;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

/**
 * Plays logs of real failures and holds what the channel makes of them against what each one's {@code meta.json} expects. What
 * is not met is listed, with the reason, in {@code exceptions.txt} beside them: nothing else may be missing, and nothing listed met.
 */
class CorpusExpectationTest {
    private static final Instant BASE = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void yieldsWhatEachLogIsExpectedToTell() throws IOException {
        Map<String, String> reasons = reasons();
        List<String> missing = new ArrayList<>();
        int expected = 0;
        for (Path folder : Fixtures.folders("corpus")) {
            List<?> wanted = (List<?>)
                    ((Map<?, ?>) Captures.json(folder.resolve("meta.json")).get("expected")).get("ereports");
            List<Ereport> posted = new ArrayList<>(play(folder));
            for (int i = 0; i < wanted.size(); i++) {
                expected++;
                Map<?, ?> want = (Map<?, ?>) wanted.get(i);
                if (!take(want, posted)) {
                    missing.add(folder.getFileName() + " " + (i + 1));
                }
            }
        }
        assertEquals(List.copyOf(reasons.keySet()), missing);
        assertTrue(missing.size() * 20 <= expected, missing.size() + " of " + expected + " are not met");
    }

    private static Map<String, String> reasons() throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        for (String line : Files.readAllLines(Fixtures.path("corpus/exceptions.txt"))) {
            if (!line.startsWith("#") && !line.isBlank()) {
                String[] parts = line.split(": ", 2);
                assertEquals(2, parts.length, () -> "no reason: " + line);
                reasons.put(parts[0], parts[1]);
            }
        }
        return reasons;
    }

    /** Takes the ereports that an entry asks for from those that were posted. */
    private static boolean take(Map<?, ?> want, List<Ereport> posted) {
        long count = want.get("count") instanceof Number number ? number.longValue() : 1;
        List<Ereport> taken = new ArrayList<>();
        for (Ereport ereport : posted) {
            if (count > 0 && matches(want, ereport)) {
                taken.add(ereport);
                count -= ereport.payload().number("count").orElse(1);
            }
        }
        posted.removeAll(taken);
        return count <= 0;
    }

    private static boolean matches(Map<?, ?> want, Ereport have) {
        NvList payload = have.payload();
        String name = String.valueOf(want.get("class")).replace("*", "");
        Object assessment = want.get("driver_assessment");
        boolean predicted = name.endsWith(".predictive-failure");
        return have.eventClass().name().equals(name)
                && isDevice(want.get("device"), have)
                && (assessment == null || assessment.equals(have.driverAssessment()))
                && (predicted || same(want.get("key"), payload.number("key")))
                && same(want.get("asc"), payload.number(predicted ? "additional-sense-code" : "asc"))
                && same(want.get("ascq"), payload.number(predicted ? "additional-sense-code-qualifier" : "ascq"))
                && (want.get("lba") == null
                        || payload.number("lba").equals(OptionalLong.of(((Number) want.get("lba")).longValue())));
    }

    /** The names are for people: {@code smartpqi 0000:19:00.0}, {@code sdb (10:0:0:0)}. ZFS names no device. */
    private static boolean isDevice(Object want, Ereport have) {
        String part = have.payload().string("part").orElse(null);
        if (want == null || (part == null && have.payload().contains("pool"))) {
            return true;
        }
        List<String> names = Arrays.asList(String.valueOf(want).split("[ ()]+"));
        return names.contains(part)
                || (have.detector() instanceof DevFmri dev
                        && names.stream().anyMatch(name -> dev.devicePath().endsWith("/" + name)));
    }

    private static boolean same(Object want, OptionalLong have) {
        return want == null || have.equals(OptionalLong.of(Long.decode((String) want)));
    }

    private static List<Ereport> play(Path folder) {
        try {
            byte[] content = Files.readAllBytes(folder.resolve("log.txt"));
            return isEventText(content) ? events(content) : play(content).posted;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of {@code zpool events -v} has a reader of its own. */
    private static boolean isEventText(byte[] content) {
        return new String(content, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("")
                .contains(" ereport.");
    }

    private static List<Ereport> events(byte[] content) throws IOException {
        List<Ereport> events = new ArrayList<>();
        try (EventTexts texts = new EventTexts(new ByteArrayInputStream(content), ZoneOffset.UTC)) {
            for (TextItem item = texts.next(); item != null; item = texts.next()) {
                if (item instanceof TextEvent event && event.event().orElse(null) instanceof Ereport ereport) {
                    events.add(ereport);
                }
            }
        }
        return events;
    }

    static FakeContext play(byte[] content) throws IOException {
        FakeContext context = new FakeContext();
        RecordPipeline pipeline = new RecordPipeline(context, disk -> false);
        try (TextLogPort port = new TextLogPort(TextLog.read(content, BASE, ZoneOffset.UTC))) {
            boolean more = true;
            while (more) {
                var before = port.now();
                more = port.await(pipeline.deadline(), pipeline);
                context.now = port.now().tod();
                pipeline.expire(before);
            }
        }
        pipeline.finish();
        return context;
    }
}
