// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.EventCodec;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.Conformance;
import org.fmd.model.registry.EventRegistry;
import org.fmd.model.registry.Family;
import org.fmd.model.registry.Member;
import org.fmd.model.registry.Status;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.assess.AssessmentTable;
import org.fmd.plugins.kernel.assess.Command;
import org.fmd.plugins.kernel.assess.Conclusion;
import org.fmd.plugins.kernel.assess.DiskIdentity;
import org.fmd.plugins.kernel.assess.DriverAssessment;
import org.fmd.plugins.kernel.assess.EreportPayload;
import org.fmd.plugins.kernel.assess.ErrorClass;
import org.fmd.plugins.kernel.assess.Fate;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.testing.Fixtures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the channel posts is what the event registry says of it, and the other way round. */
class RegistryConformanceTest {
    private static final EventRegistry REGISTRY = EventRegistry.shipped();

    /** What no capture shows: a loss, a status without sense, and sense that is not there. */
    private static final String[][] LOGS = {
        {"sd_done: 12 callbacks suppressed"},
        {
            "sd 0:0:0:0: [sda] tag#1 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK cmd_age=0s",
            "sd 0:0:0:0: [sda] tag#1 CDB: Read(10) 28 00 00 00 12 30 00 00 10 00",
            "reservation conflict error, dev sda, sector 4656 op 0x0:(READ) flags 0x800 phys_seg 2 prio class 2"
        },
        {
            "sd 0:0:0:0: [sda] tag#1 FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_SENSE cmd_age=0s",
            "sd 0:0:0:0: [sda] tag#1 CDB: Read(10) 28 00 00 00 12 30 00 00 10 00",
            "I/O error, dev sda, sector 4656 op 0x0:(READ) flags 0x800 phys_seg 2 prio class 2"
        },
        {"nvme0n1: I/O Cmd(0x2) @ LBA 4096, 8 blocks, Host Path Error (sct 0x3 / sc 0x70) "},
        {"nvme0n1: I/O Cmd(0x2) @ LBA 4096, 8 blocks, Internal Error (sct 0x0 / sc 0x6) "}
    };

    /** What only the disk itself tells of a self-test, not a program that watches it. */
    private static final Set<String> TOLD_BY_DISKS = Set.of("result-code", "address", "segment");

    /** What programs tell that no log of the corpus has. */
    private static final String PROGRAMS = """
            Device: /dev/sda [SAT], Temperature 61 Celsius reached critical limit of 60 Celsius (Min/Max 20/61)
            Device: /dev/sdb [SAT], new Self-Test Log error at hour timestamp 4711
            Feb  6 18:20:11 node1 multipathd[21267]: mpatha: sdb - tur checker reports path is down
            Feb  6 18:20:15 node1 multipathd[21267]: mpatha: sdb - tur checker reports path is up
              pool: tank
            config:
                NAME        STATE     READ WRITE CKSUM
                  sda       FAULTED      3     0     0  too many errors
            """;

    private static Stream<Ereport> posted() {
        Stream<FakeContext> captures = Fixtures.folders("captures").stream()
                .filter(folder -> folder.resolve("kmsg.raw").toFile().exists())
                .map(Captures::play);
        Stream<FakeContext> logs = Arrays.stream(LOGS).map(RegistryConformanceTest::say);
        return Stream.of(captures, logs, Stream.of(drivers(), programs()), corpus())
                .flatMap(contexts -> contexts)
                .flatMap(context -> context.posted.stream());
    }

    /** Each message of a driver that is known. */
    private static FakeContext drivers() {
        try {
            return say(Files.readAllLines(Fixtures.path("messages/lines.txt")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FakeContext programs() {
        try {
            return CorpusExpectationTest.play(PROGRAMS.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<FakeContext> corpus() {
        return Fixtures.folders("corpus").stream().map(folder -> {
            try {
                return CorpusExpectationTest.play(Files.readAllBytes(folder.resolve("log.txt")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static FakeContext say(String... lines) {
        FakeContext context = new FakeContext();
        RecordPipeline pipeline = new RecordPipeline(context, disk -> false);
        new FakePort(pipeline).says(lines);
        pipeline.finish();
        return context;
    }

    /** Attempts on a kernel that tells no sense, of which no capture has a medium error, and none that nobody explains. */
    private static Stream<Ereport> attempts() {
        Command.Sense medium = new Command.Sense(SenseKey.MEDIUM_ERROR, new AdditionalSense(0x11, 0), false);
        NvList inferred = NvList.builder().bool("sense-inferred", true).build();
        return Stream.of(attempt(medium, inferred), attempt(null, NvList.EMPTY));
    }

    private static Ereport attempt(Command.@Nullable Sense sense, NvList more) {
        Octets read = Octets.of(0x28, 0, 0, 0, 0x12, 0x30, 0, 0, 0x10, 0);
        Command command = new Command(
                Fate.RETRIED, new Command.Result(true, HostByte.OK), Command.Status.CHECK_CONDITION, sense, read, null);
        AssessmentTable.Verdict verdict = AssessmentTable.assess(command).orElseThrow();
        DiskIdentity disk = new DiskIdentity("/devices/a", null, null, null, null, null, 512);
        Conclusion.DiskError error = new Conclusion.DiskError(
                Instant.EPOCH, new ScsiDevice("0:0:0:0", "sda"), verdict, command, new Conclusion.Chain(1, 2));
        return new Ereport(
                verdict.errorClass().eventClass(),
                Instant.EPOCH,
                Ena.UNKNOWN,
                DevFmri.ofPath("/devices/a"),
                EreportPayload.of(error, disk, "sda", more));
    }

    @Test
    void attemptsWithoutSenseConform() {
        assertConforms(attempts().toList());
    }

    @TestFactory
    Stream<DynamicTest> eachEreportOfACaptureConforms() {
        return Fixtures.folders("captures").stream()
                .filter(folder -> folder.resolve("kmsg.raw").toFile().exists())
                .map(folder -> DynamicTest.dynamicTest(
                        folder.getFileName().toString(), () -> assertConforms(Captures.play(folder).posted)));
    }

    @TestFactory
    Stream<DynamicTest> soDoThoseThatNoCaptureHas() {
        return Arrays.stream(LOGS)
                .map(log -> DynamicTest.dynamicTest(log[log.length - 1], () -> {
                    FakeContext context = say(log);
                    assertFalse(context.posted.isEmpty());
                    assertConforms(context.posted);
                }));
    }

    @Test
    void soDoThoseOfTheDriversMessages() {
        assertConforms(drivers().posted);
        assertConforms(programs().posted);
    }

    private static void assertConforms(List<Ereport> posted) {
        List<String> problems = new ArrayList<>();
        for (Ereport ereport : posted) {
            problems.addAll(Conformance.problems(REGISTRY, EventCodec.toNvList(ereport)));
        }
        assertEquals(List.of(), problems);
    }

    /** A class of which nothing is ever posted here could say what it likes, so each member must be seen. */
    @Test
    void whatIsRegisteredIsPosted() {
        Map<EventClass, Set<String>> seen = new TreeMap<>();
        Stream.concat(posted(), attempts())
                .forEach(ereport -> seen.computeIfAbsent(ereport.eventClass(), c -> new TreeSet<>())
                        .addAll(ereport.payload().asMap().keySet()));
        List<String> unseen = new ArrayList<>();
        for (ClassEntry entry : REGISTRY.classes(Family.EREPORT)) {
            if (isOurs(entry)) {
                for (Member member : entry.own()) {
                    if (!TOLD_BY_DISKS.contains(member.name())
                            && !seen.getOrDefault(entry.eventClass(), Set.of()).contains(member.name())) {
                        unseen.add(entry.eventClass() + " " + member.name());
                    }
                }
            }
        }
        assertEquals(List.of(), unseen);
    }

    private static boolean isOurs(ClassEntry entry) {
        return entry.makers().contains(KernelChannel.NAME) || entry.eventClass().matches("ereport.io.scsi.cmd.disk.*");
    }

    @Test
    void whatIsPostedHasThatStatus() {
        Set<String> posted = new TreeSet<>();
        posted().forEach(ereport -> posted.add(ereport.eventClass().name()));
        Set<String> registered = new TreeSet<>();
        for (ClassEntry entry : REGISTRY.classes()) {
            if (entry.makers().contains(KernelChannel.NAME)) {
                assertEquals(Status.POSTED, entry.status());
                registered.add(entry.eventClass().name());
            }
        }
        assertEquals(registered, posted);
    }

    @Test
    void theClassesOfDiskErrorsAreTheRegistered() {
        Set<String> ours = new TreeSet<>();
        for (ErrorClass errorClass : ErrorClass.values()) {
            ours.add(errorClass.eventClass().name());
        }
        Set<String> registered = new TreeSet<>();
        for (ClassEntry entry : REGISTRY.classes()) {
            if (entry.eventClass().matches("ereport.io.scsi.cmd.disk.*")) {
                registered.add(entry.eventClass().name());
            }
        }
        assertEquals(registered, ours);
    }

    @Test
    void theDriversVerdictsAreTheRegistered() {
        Set<String> verdicts = new TreeSet<>();
        for (DriverAssessment assessment : DriverAssessment.values()) {
            verdicts.add(assessment.toString());
        }
        for (ErrorClass errorClass : ErrorClass.values()) {
            Member member = REGISTRY.find(errorClass.eventClass())
                    .flatMap(entry -> entry.member("driver-assessment"))
                    .orElseThrow();
            assertEquals(verdicts, new TreeSet<>(member.words()), errorClass.toString());
        }
    }
}
