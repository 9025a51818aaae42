// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fmd.model.json.Json;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.plugins.kernel.capture.CaptureTrace;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.fmd.plugins.kernel.trace.PageReader;
import org.fmd.plugins.kernel.trace.TraceRecord;
import org.fmd.testing.Fixtures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds what is concluded from the trace alone against what each capture's {@code meta.json} says is right. */
class TracedCapturesTest {
    private static final Pattern DISK = Pattern.compile("block/(sd[a-z]+)/dev");

    /** Stories that a trace alone cannot tell, with the reason. */
    private static final Map<String, String> NEEDS_MORE = Map.of(
            "ahci-error", "libata ends a failed command by a time-out of its own; the sense stands in the kernel's log",
            "iscsi-multipath-one-nic", "requests of the paths are quiet, and none was in flight",
            "multipath-path-unplugged", "requests of the paths are quiet, and none was in flight");

    @TestFactory
    Stream<DynamicTest> concludesWhatIsRightFromTheTraceAlone() {
        return Fixtures.folders("captures").stream()
                .filter(CaptureTrace::isIn)
                .filter(folder -> !NEEDS_MORE.containsKey(folder.getFileName().toString()))
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> compare(folder)));
    }

    private static void compare(Path folder) throws IOException {
        List<String> have = conclusions(folder);
        Map<?, ?> meta = json(folder.resolve("meta.json"));
        // Before 6.12 the trace has no sense: what depends on it needs the kernel's log or a probe as well.
        boolean sense = !String.valueOf(meta.get("release")).startsWith("6.1.");
        Set<String> fatal = new HashSet<>();
        for (Object one : (List<?>) ((Map<?, ?>) meta.get("expected")).get("ereports")) {
            Map<?, ?> want = (Map<?, ?>) one;
            String words = wanted(want);
            if (words.contains("fatal") || want.get("driver_assessment") == null) {
                fatal.add(words);
            }
            if (sense || want.get("key") == null) {
                assertTrue(have.stream().anyMatch(line -> line.contains(words)), () -> words + " is not in " + have);
            }
        }
        for (String line : have) {
            if (sense && line.contains(" fatal")) {
                assertTrue(fatal.stream().anyMatch(line::contains), () -> "not expected: " + line);
            }
        }
    }

    /** Class, assessment and sense in the words of {@link #words}. */
    private static String wanted(Map<?, ?> want) {
        String words = " " + String.valueOf(want.get("class")).replace("ereport.io.scsi.cmd.disk.", "") + " ";
        if (want.get("driver_assessment") == null) {
            return words;
        }
        words += want.get("driver_assessment");
        if (want.get("key") != null) {
            words += " " + Integer.decode((String) want.get("key")) + "/";
        }
        return want.get("asc") == null
                ? words
                : words
                        + new AdditionalSense(
                                Integer.decode((String) want.get("asc")), Integer.decode((String) want.get("ascq")));
    }

    private static Map<?, ?> json(Path file) throws IOException {
        return Json.parseObject(Files.readAllBytes(file));
    }

    @Test
    void aRequestThatSucceedsInTheEndIsOneChain() throws Exception {
        assertEquals(
                List.of(
                        "0:0:0:0 dev.rqs.derr retry 11/47/03 lba 12288 or after chain 1",
                        "0:0:0:0 dev.rqs.derr retry 11/47/03 lba 12288 or after chain 1",
                        "0:0:0:0 recovered recovered 11/47/03 lba 12288 or after chain 1"),
                conclusions(Fixtures.path("captures/sdebug-abort-retry-ok")));
    }

    /** The kernel's log told ten. */
    @Test
    void aStormIsToldInFull() throws Exception {
        List<String> told = conclusions(Fixtures.path("captures/sdebug-storm"));
        assertEquals(
                300,
                told.stream()
                        .filter(line -> line.contains("merr fatal 3/11/00"))
                        .count());
    }

    @Test
    void aDriverThatGrantsMoreTimeHasNoError() throws Exception {
        assertEquals(List.of(), conclusions(Fixtures.path("captures/virtio-hang-timeout")));
    }

    @Test
    void theDevicesOwnWordForTheBadBlockComesFirst() throws Exception {
        List<String> told = conclusions(Fixtures.path("captures/probe-sense"));
        assertTrue(told.contains("0:0:0:0 dev.rqs.merr fatal 3/11/00 lba 4660"), told::toString);
    }

    private static List<String> conclusions(Path folder) throws IOException {
        CaptureTrace trace = CaptureTrace.read(folder);
        List<Observed> all = new ArrayList<>();
        PageReader reader = new PageReader(trace.layout(), new PageReader.Sink() {
            @Override
            public void record(TraceRecord record) {
                Stamp at = new Stamp(Instant.EPOCH.plusNanos(record.nanos()), record.nanos(), record.nanos() / 1000);
                trace.events().read(record).ifPresent(what -> all.add(new Observed(at, what)));
            }

            @Override
            public void missed(long nanos, long count) {}
        });
        trace.pages().forEach(page -> reader.read(page.bytes(), page.bytes().length));
        all.sort(Comparator.comparingLong(o -> o.at().arrival()));
        RequestAssembler assembler = new RequestAssembler(disks(folder), (device, traced, late) -> null);
        List<Conclusion> concluded = new ArrayList<>();
        for (Observed observed : all) {
            if (observed.at().arrival() < act(folder)) {
                continue;
            }
            concluded.addAll(assembler.expire(observed.at()));
            concluded.addAll(assembler.observe(observed));
        }
        concluded.addAll(assembler.finish(all.get(all.size() - 1).at()));
        return concluded.stream().map(TracedCapturesTest::words).toList();
    }

    private static long act(Path folder) throws IOException {
        Map<?, ?> meta = Json.parseObject(Files.readAllBytes(folder.resolve("meta.json")));
        for (Object mark : (List<?>) meta.get("marks")) {
            Map<?, ?> fields = (Map<?, ?>) mark;
            if ("act".equals(fields.get("name"))) {
                return (long) (((Number) fields.get("trace_clock_s")).doubleValue() * 1e9);
            }
        }
        return 0;
    }

    private static String words(Conclusion what) {
        Conclusion.DiskError error = (Conclusion.DiskError) what;
        Command command = error.command();
        String sense = command.sense() == null
                ? ""
                : " " + command.sense().key().number() + "/" + command.sense().additional();
        String lba = BadBlock.of(command, 512)
                .map(bad -> " lba " + bad.lba() + (bad.exact() ? "" : " or after"))
                .orElse("");
        return error.device().hctl() + " " + error.verdict().errorClass() + " "
                + error.verdict().assessment() + sense
                + (command.result().transportFailed() ? " " + command.result().host() : "")
                + lba
                + (error.chain().number() == 0 ? "" : " chain " + error.chain().number());
    }

    /** The disks as sysfs of the capture numbers them. */
    private static RequestAssembler.Disks disks(Path folder) throws IOException {
        Map<String, ScsiDevice> numbered = new HashMap<>();
        Map<?, ?> before =
                (Map<?, ?>) Objects.requireNonNull(Json.parseObject(Files.readAllBytes(folder.resolve("sysfs.json")))
                        .get("before"));
        before.forEach((path, value) -> {
            Matcher disk = DISK.matcher(path.toString());
            if (disk.matches() && before.get("block/" + disk.group(1) + "/device") instanceof Map<?, ?> device) {
                String link = String.valueOf(device.get("link"));
                String address = link.substring(link.lastIndexOf('/') + 1);
                numbered.put(String.valueOf(value).strip(), new ScsiDevice(address, disk.group(1)));
            }
        });
        return new RequestAssembler.Disks() {
            @Override
            public @Nullable ScsiDevice numbered(Observation.Request request) {
                return numbered.get(request.major() + ":" + request.minor());
            }

            @Override
            public boolean isNumbered(ScsiDevice disk) {
                return numbered.values().stream().anyMatch(d -> d.hctl().equals(disk.hctl()));
            }

            @Override
            public boolean isIdle(ScsiDevice disk) {
                return false;
            }
        };
    }
}
