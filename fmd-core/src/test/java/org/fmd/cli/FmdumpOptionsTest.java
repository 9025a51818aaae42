// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogRecord;
import org.fmd.core.log.LogSealer;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options beside the forms and filters of one log: several logs, followers, places, devices, headers, counts, lines for people. */
class FmdumpOptionsTest {
    private static final LogOrigin ORIGIN = new LogOrigin("fmd 1.0", "nas2", "6.1.0", "#1", "amd64");

    @TempDir
    private Path root;

    private Path logs;
    private final StillSurroundings surroundings = new StillSurroundings();
    private int files;

    @BeforeEach
    void writeLogs() throws IOException {
        logs = SampleLogs.writeBelow(root);
    }

    private Cli fmdump(String... args) {
        List<String> all = new ArrayList<>(List.of("-R", root.toString()));
        all.addAll(List.of(args));
        return Cli.run(Fmdump.createFmdump(surroundings), all.toArray(new String[0]));
    }

    private void assertGolden(String name, Cli run) {
        Golden.assertMatches(
                Fixtures.path("cli").resolve("fmdump" + name + ".out"),
                run.transcript().replace(root.toString(), "ROOT"));
    }

    private EventLog open(LogLabel label) throws IOException {
        LogOptions options = new LogOptions(
                0, InstantSource.fixed(Instant.parse("2026-02-01T00:00:00Z")), () -> new UUID(9, ++files));
        return EventLog.open(LogFiles.in(logs), label, ORIGIN, options);
    }

    private void append(LogLabel label, String time, NvList members) throws IOException {
        Instant tod = Instant.parse(time);
        NvList whole = members.toBuilder()
                .put("__tod", new NvValue.Ints(NvType.UINT64, tod.getEpochSecond(), tod.getNano()))
                .build();
        try (EventLog log = open(label)) {
            log.append(
                    LogRecord.of(tod, LogRecord.NO_UUID, whole.string("class").orElseThrow(), TypedJson.write(whole)));
            log.sync();
        }
    }

    private static NvList ereport(String eventClass, long ena) {
        return NvList.builder()
                .string("class", "ereport." + eventClass)
                .uint8("version", 0)
                .uint64("ena", ena)
                .build();
    }

    private static NvList attempt(long ena, String assessment) {
        return ereport("io.scsi.cmd.disk." + (assessment.equals("recovered") ? "recovered" : "tran"), ena).toBuilder()
                .string("driver-assessment", assessment)
                .string("serial", "S1")
                .bytes("cdb", new byte[] {0x28, 0, 0, 0, 0, 8, 0, 0, 8, 0})
                .uint8("pkt-reason", assessment.equals("recovered") ? 0 : 6)
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-A",
                "-Av",
                "-AV",
                "-Aj",
                "-Ah",
                "-Aa",
                "-H",
                "-eH",
                "-AH",
                "-Hj",
                "-e --count",
                "-A --count -j",
                "-I"
            })
    void showsSeveralLogsHeadersAndCounts(String options) {
        assertGolden(options.replace(" ", ""), fmdump(options.split(" ")));
    }

    /** One golden file for each option that decides which events are shown. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-e -c *merr",
                "-e -d 4:0:7:0",
                "-e -n key=0x3",
                "-e -n driver-assessment",
                "-ev -t 2026-03-04 -T 1h",
                "-e -l 2",
                "-e -O 10221",
                "-u 1b6a1c9e-54a0-4b0d-9c1a-7a4f0a3c8d21"
            })
    void showsWhatIsAskedFor(String options) {
        assertGolden("-which-" + options.replaceAll("[^A-Za-z0-9=-]", "_"), fmdump(options.split(" ")));
    }

    @Test
    void mergesInOrderOfTimeAcrossRotatedFiles() throws IOException {
        Files.move(logs.resolve("errlog"), logs.resolve("errlog.0"));
        append(LogLabel.ERROR, "2026-03-10T09:06:00Z", ereport("late", 5));
        List<String> times = new ArrayList<>();
        for (String line : fmdump("-Aaj").out().lines().toList()) {
            times.add(line.substring(9, 39));
        }
        List<String> sorted = new ArrayList<>(times);
        sorted.sort(String::compareTo);
        assertEquals(sorted, times);
        assertEquals(11, times.size());
    }

    @Test
    void showsTheHeadersOfRotatedFilesOldestFirst() throws IOException {
        Path log = logs.resolve("errlog");
        for (String name :
                List.of("errlog-00000010", "errlog-00000009", "errlog.0", "errlog.12", "errlog.torn.0", "errlog+")) {
            Files.copy(log, logs.resolve(name));
        }
        List<String> names = new ArrayList<>();
        for (String line : fmdump("-eHj").out().lines().toList()) {
            names.add(line.replaceFirst(".*/(errlog[^\"]*)\".*", "$1"));
        }
        assertEquals(List.of("errlog.12", "errlog.0", "errlog-00000009", "errlog-00000010", "errlog"), names);
    }

    @Test
    void leavesOutOfTheMergeWhatTheEnvironmentNames() {
        surroundings.with("FMDUMP_AGGREGATE_IGNORE", "error,info");
        assertEquals(3, fmdump("-Aj").out().lines().count());
        surroundings.with("FMDUMP_AGGREGATE_IGNORE", "fltlog infolog_hival");
        assertEquals(6, fmdump("-Aj").out().lines().count());
    }

    @Test
    void showsRemarksOfHighPriority() throws IOException {
        NvList high = NvList.builder()
                .string("class", "ireport.os.x")
                .uint8("version", 0)
                .string("uuid", new UUID(0, 1).toString())
                .string("pri", "high")
                .build();
        append(LogLabel.INFO, "2026-03-09T08:00:00Z", high);
        assertEquals(2, fmdump("-ij").out().lines().count());
        Cli run = fmdump("-Ij");
        assertEquals(1, run.out().lines().count(), run.out());
        assertTrue(run.out().contains("ireport.os.x"), run.out());
    }

    @Test
    void followsALogThatGrowsAndIsRotated() {
        surroundings.during(
                () -> append(LogLabel.ERROR, "2026-03-10T08:00:01Z", ereport("first", 0)),
                () -> {
                    append(LogLabel.ERROR, "2026-03-10T08:00:02Z", ereport("second", 0));
                    Files.move(logs.resolve("errlog"), logs.resolve("errlog-00000001"));
                    append(LogLabel.ERROR, "2026-03-10T08:00:03Z", ereport("third", 0));
                },
                () -> {},
                () -> append(LogLabel.ERROR, "2026-03-10T08:00:04Z", ereport("fourth", 0)));
        Cli run = fmdump("-ef", "-t", "2026-03-10T08:00:00");
        assertGolden("-ef", run);
    }

    @Test
    void followsALogThatIsRotatedAndSealedBehindIt() {
        surroundings.during(
                () -> {
                    append(LogLabel.ERROR, "2026-03-10T08:00:02Z", ereport("second", 0));
                    Files.move(logs.resolve("errlog"), logs.resolve("errlog-00000001"));
                    append(LogLabel.ERROR, "2026-03-10T08:00:03Z", ereport("third", 0));
                    LogSealer.seal(LogFiles.in(logs), "errlog-00000001");
                },
                () -> {
                    Files.move(logs.resolve("errlog"), logs.resolve("errlog-00000002"));
                    LogSealer.seal(LogFiles.in(logs), "errlog-00000002");
                    append(LogLabel.ERROR, "2026-03-10T08:00:04Z", ereport("fourth", 0));
                });
        Cli run = fmdump("-ef", "-c", "ereport.*th*", "-c", "*second");
        assertEquals("", run.err());
        List<String> classes = new ArrayList<>();
        for (String line : run.out().lines().skip(1).toList()) {
            classes.add(line.substring(21));
        }
        assertEquals(List.of("ereport.second", "ereport.third", "ereport.fourth"), classes);
    }

    /** Whatever is asked of it, a sealed file answers as it did before. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-e",
                "-eV",
                "-ej",
                "-eh",
                "-e -l 2",
                "-e -O 0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a01:10221",
                "-V",
                "-A",
                "-Ah",
                "-e --count",
                "-e -d ZC1A2B3C",
                "-e -d id1,sd@n5000c500a1b2c3d7 -l 1",
                "-e -n key=3",
                "-e -c *tran",
                "-e -u 1b6a1c9e-54a0-4b0d-9c1a-7a4f0a3c8d21",
                "-e -t 2026-03-04 -T 2026-03-05"
            })
    void aSealedFileAnswersAsBefore(String options) throws IOException {
        Files.move(logs.resolve("errlog"), logs.resolve("errlog-00000001"));
        append(LogLabel.ERROR, "2026-03-10T09:06:00Z", ereport("late", 5));
        Cli before = fmdump(options.split(" "));
        assertEquals(List.of(), LogSealer.seal(LogFiles.in(logs), "errlog-00000001"));
        assertEquals(before, fmdump(options.split(" ")));
        assertEquals(0, before.exit(), before.err());
    }

    @Test
    void followsAFileAcrossItsRotation() {
        surroundings.during(() -> {
            Files.move(logs.resolve("errlog"), logs.resolve("errlog.0"));
            append(LogLabel.ERROR, "2026-03-10T08:00:03Z", ereport("third", 0));
        });
        Cli run = fmdump("-f", logs.resolve("errlog").toString());
        assertEquals(7, run.out().lines().count(), run.out());
        assertTrue(run.out().endsWith("ereport.third\n"), run.out());
    }

    @Test
    void followsTheLastEventsOn() {
        surroundings.during(() -> append(LogLabel.ERROR, "2026-03-10T08:00:03Z", ereport("third", 0)));
        assertEquals(3, fmdump("-ejf", "-l", "2").out().lines().count());
        surroundings.during(() -> append(LogLabel.ERROR, "2026-03-10T08:00:04Z", ereport("fourth", 0)));
        assertEquals(2, fmdump("-ejf", "-l", "1", "-n", "class").out().lines().count());
    }

    @Test
    void waitsForALogThatIsNotThereYet() throws IOException {
        Files.delete(logs.resolve("errlog"));
        surroundings.during(() -> append(LogLabel.ERROR, "2026-03-10T08:00:03Z", ereport("third", 0)));
        Cli run = fmdump("-ef");
        String waiting = "fmdump: waiting for '" + logs.resolve("errlog") + "', which is not there yet\n";
        assertEquals(new Cli(0, "TIME                 CLASS\nMar 10 08:00:03.0000 ereport.third\n", waiting), run);
    }

    @Test
    void followsAllLogsInOrderOfTime() {
        surroundings.during(() -> {
            append(LogLabel.INFO, "2026-03-10T08:00:04Z", ereport("fourth", 0));
            append(LogLabel.ERROR, "2026-03-10T08:00:03Z", ereport("third", 0));
        });
        List<String> lines = fmdump("-Af").out().lines().toList();
        assertTrue(lines.get(lines.size() - 2).endsWith("ereport.third"), lines.toString());
        assertTrue(lines.get(lines.size() - 1).endsWith("ereport.fourth"), lines.toString());
    }

    /** What is shown of the 5 ereports: how many, and the assessment or class in the first line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-l 2                                        | 2 | fatal",
                "-l 9                                        | 5 | retry",
                "-l 1 -c *merr                               | 1 | fatal",
                "-l 1 -n key=3                               | 1 | fatal",
                "-l 1 -T 2026-03-04T11:31:30Z                | 1 | transport|",
                "-O 8192                                     | 5 | retry",
                "-O 0                                        | 5 | retry",
                "-O 10221                                    | 2 | fatal",
                "-O 0x27ed                                   | 2 | fatal",
                "-O 0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a01:10221 | 2 | fatal",
                "-O 10221 -c *merr                           | 1 | fatal",
                "-O 8944 -l 1 -c *merr                       | 1 | fatal",
                "-d id1,sd@n5000c500a1b2c3d7                 | 3 | retry",
                "-d ZC1A2B3C                                 | 3 | retry",
                "-d 4:0:7:0                                  | 4 | retry",
                "-d /devices/pci0000:00/0000:00:03.0/host4/target4:0:7/4:0:7:0 | 4 | retry",
                "-d ZC1A2B3C -t 2026-03-01                   | 2 | retry",
                "-d ZC1A2B3C -d other -l 1                   | 1 | fatal",
                "-d ZC1A                                     | 0 | ",
            })
    void showsTheLastFromAPlaceAndOfADevice(String options, int expected, String first) {
        List<String> args = new ArrayList<>(List.of("-ej"));
        args.addAll(List.of(options.strip().split(" +")));
        Cli run = fmdump(args.toArray(new String[0]));
        assertEquals("", run.err());
        assertEquals(expected, run.out().lines().count(), run.toString());
        String line = run.out().lines().findFirst().orElse("");
        assertTrue(first == null || first.equals("transport") || line.contains(first), line);
    }

    @Test
    void aDiagnosisIsFoundByItsDeviceToo() {
        assertEquals(3, fmdump("-j", "-d", "ZC1A2B3C").out().lines().count());
        assertEquals(
                3, fmdump("-j", "-d", "id1,sd@n5000c500a1b2c3d7").out().lines().count());
        assertEquals(0, fmdump("-j", "-d", "nobody").out().lines().count());
    }

    @Test
    void oneErrorIsOneLineHoweverOftenItWasTried() throws IOException {
        Files.delete(logs.resolve("errlog"));
        long lost = 0x7000_0000_0000_0001L;
        long back = 0x7000_0000_0010_0001L;
        append(LogLabel.ERROR, "2026-03-10T08:00:00Z", attempt(back, "retry"));
        append(LogLabel.ERROR, "2026-03-10T08:00:01Z", attempt(lost, "retry"));
        append(LogLabel.ERROR, "2026-03-10T08:00:02Z", attempt(back + 4, "retry"));
        append(LogLabel.ERROR, "2026-03-10T08:00:03Z", attempt(back + 8, "recovered"));
        append(LogLabel.ERROR, "2026-03-10T08:00:04Z", attempt(lost, "retry"));
        append(LogLabel.ERROR, "2026-03-10T08:00:05Z", attempt(0, "fatal"));
        append(LogLabel.ERROR, "2026-03-10T08:00:06Z", attempt(back, "fail"));
        for (int i = 0; i < 3; i++) {
            append(LogLabel.ERROR, "2026-03-10T08:00:07Z", zfs("io", "/dev/sdb1"));
        }
        append(LogLabel.ERROR, "2026-03-10T08:00:07.5Z", zfs("data", null));
        append(LogLabel.ERROR, "2026-03-10T08:20:00Z", attempt(back + 0x400, "info"));
        assertGolden("-eh-chains", fmdump("-eh"));
    }

    private static NvList zfs(String what, String path) {
        NvList.Builder list = ereport("fs.zfs." + what, 0x5500_0001L).toBuilder()
                .string("pool", "tank")
                .int32("zio_err", 5)
                .uint64("zio_offset", 270336)
                .uint64("zio_size", 8192);
        return (path == null ? list : list.string("vdev_path", path)).build();
    }

    @Test
    void aFollowerSeesAnOutcomeAtOnceAndGivesUpOnOneThatDoesNotCome() throws IOException {
        Files.delete(logs.resolve("errlog"));
        append(LogLabel.ERROR, "2026-03-10T08:00:00Z", attempt(0x1000, "retry"));
        append(LogLabel.ERROR, "2026-03-10T08:00:01Z", attempt(0x2000, "retry"));
        StillSurroundings.Step[] steps = new StillSurroundings.Step[20];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = () -> {};
        }
        steps[0] = () -> append(LogLabel.ERROR, "2026-03-10T08:00:02Z", attempt(0x2000, "fatal"));
        steps[18] = () -> append(LogLabel.ERROR, "2026-03-10T08:05:00Z", attempt(0x3000, "fatal"));
        surroundings.during(steps);
        assertGolden("-ehf", fmdump("-ehf"));
    }

    @Test
    void sumsUpWhatIsDamaged() throws IOException {
        Path log = logs.resolve("errlog");
        byte[] bytes = Files.readAllBytes(log);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("\"driver-assessment\":\"retry\"") + 5] ^= 1;
        bytes[text.indexOf("\"driver-assessment\":\"fatal\"") + 5] ^= 1;
        Files.write(log, bytes);
        assertGolden("-damaged", fmdump("-e"));
        assertEquals(3, fmdump("-e", "--count", "-n", "key").exit());
    }

    @Test
    void tellsAPersonHowFarALongScanIs() throws IOException {
        Files.delete(logs.resolve("errlog"));
        for (int file = 1; file <= 2; file++) {
            try (EventLog log = open(LogLabel.ERROR)) {
                for (int i = 0; i < 2048; i++) {
                    NvList event = ereport("x", 1);
                    log.append(LogRecord.of(Instant.EPOCH, LogRecord.NO_UUID, "ereport.x", TypedJson.write(event)));
                }
                log.sync();
            }
            Files.move(logs.resolve("errlog"), logs.resolve("errlog-0000000" + file));
            LogSealer.seal(LogFiles.in(logs), "errlog-00000001");
        }
        assertEquals("", fmdump("-e", "-n", "no=thing").err());
        surroundings.withErrorTerminal();
        String err = fmdump("-e", "-n", "no=thing").err();
        // The first file is sealed and small; it counts as what it was.
        assertTrue(err.contains("\r\033[Kfmdump: 2048 records read, 49%"), err);
        assertTrue(err.contains("\r\033[Kfmdump: 4096 records read, 99%"), err);
        assertTrue(err.endsWith("\r\033[K"), err);
        assertFalse(err.contains("fmdump: 1 records"), err);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-eA",
                "-iI",
                "-Am",
                "-A -u 1b6a1c9e-54a0-4b0d-9c1a-7a4f0a3c8d21",
                "-fH",
                "-f --count",
                "-f a b",
                "-A -O 1",
                "-O x",
                "-O -1",
                "-e -O 8193",
                "-e -O 0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a09:8192",
                "-l 0",
                "-l x",
                "-Af -l 1",
                "-ef -u 1b6a1c9e-54a0-4b0d-9c1a-7a4f0a3c8d21",
                "verify -x",
                "salvage",
                "import",
                "verify /no/such/file",
                "salvage /no/such/file /no/such/out",
                "import /no/such/dir /no/such/file",
                "verify --help",
                "salvage --help",
                "import --help"
            })
    void saysWhatIsWrongWithARequest(String line) {
        assertGolden("-usage-" + line.replaceAll("[^A-Za-z0-9+-]", "_"), fmdump(line.split(" ")));
    }
}
