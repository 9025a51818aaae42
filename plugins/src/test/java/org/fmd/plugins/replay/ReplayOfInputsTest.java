// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.fmd.core.daemon.StateLock;
import org.fmd.core.replay.ReplayFailure;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All forms of inputs, good and bad. */
class ReplayOfInputsTest {
    private static final String EXPECTED = "expected a kernel log as text, a capture folder, an error log or its"
            + " directory, or what 'zpool events -v', 'fmdump -eV' or 'fmdump -e -j' printed";

    private static final Path MEDIA = Fixtures.path("captures/sdebug-media-read");
    private static final Path HARDWARE = Fixtures.path("captures/sdebug-hardware-error");
    private static final Path ZFS = Fixtures.path("event-text/zpool-events.txt");
    private static final Path SOLARIS = Fixtures.path("event-text/illumos-fmdump-eV.txt");

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static Map<String, ?> summary(String json) {
        return Replayed.linesOf("summary", json).get(0);
    }

    /** The fields of a case that do not depend on which log it was in. */
    private static List<String> cases(String json) {
        return Replayed.linesOf("case", json).stream()
                .map(line -> line.get("time") + " " + line.get("code") + " " + line.get("suspects") + " "
                        + line.get("affected"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zpool-events.txt", "zpool-events-old.txt", "illumos-fmdump-eV.txt"})
    void textOfEventsIsReplayed(String name) throws ReplayFailure, IOException {
        Golden.assertMatches(
                Fixtures.path("replay").resolve(name + ".jsonl"),
                new Replayed().json(Fixtures.path("event-text/" + name)));
    }

    @Test
    void standardInputAndCompressedFilesGiveTheSame() throws ReplayFailure, IOException {
        String plain = new Replayed().json(SOLARIS);
        byte[] text = Files.readAllBytes(SOLARIS);
        assertEquals(plain, new Replayed().withInput(text).json("-"));
        assertEquals(plain, new Replayed().withInput(packed(text)).json("-"));
        assertEquals(plain, new Replayed().json(Files.write(folder.resolve("x.gz"), packed(text))));
        assertTrue(new Replayed().withInput(text).story("-").startsWith("standard input: text of events\n"));
    }

    @Test
    void nothingOfStandardInputStaysBehind() throws ReplayFailure, IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<String> before = spooled(temporary);
        new Replayed().withInput(Files.readAllBytes(SOLARIS)).json("-");
        new Replayed().withInput(new byte[] {'x'}).refusal("-");
        assertEquals(before, spooled(temporary));
    }

    private static List<String> spooled(Path temporary) throws IOException {
        try (Stream<Path> names = Files.list(temporary)) {
            return names.map(name -> name.getFileName().toString())
                    .filter(name -> name.startsWith("fmd-replay"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void severalInputsAreMergedByTime() throws ReplayFailure, IOException {
        String together = new Replayed().json(HARDWARE, MEDIA);
        List<String> times = Replayed.linesOf("ereport", together).stream()
                .map(line -> (String) line.get("time"))
                .toList();
        assertEquals(times.stream().sorted().toList(), times);
        assertEquals(7, times.size());
        assertEquals(List.of("disk-media", "disk-device"), summary(together).get("categories"));
        assertEquals(together, new Replayed().json(MEDIA, HARDWARE));
    }

    @Test
    void aRecordThatTwoInputsHaveCountsOnce() throws ReplayFailure, IOException {
        new Replayed().keeping(folder.resolve("root")).json(MEDIA);
        Path state = folder.resolve("root/var/lib/fmd");
        String once = new Replayed().json(state);
        assertEquals(3L, summary(once).get("ereports"));
        assertEquals(once, new Replayed().json(state, state.resolve("errlog")));
    }

    @Test
    void withoutHardwareTheTelemetryTellsIt() throws ReplayFailure, IOException {
        Path bare = Files.createDirectory(folder.resolve("bare"));
        for (String name : List.of("meta.json", "kmsg.raw", "uevent.bin")) {
            Files.copy(MEDIA.resolve(name), bare.resolve(name));
        }
        String json = new Replayed().json(bare);
        Map<?, ?> suspect =
                (Map<?, ?>) ((List<?>) Replayed.linesOf("case", json).get(0).get("suspects")).get(0);
        assertEquals(
                "hc:///chassis=0/unknown-enclosure=0/bay=0/disk=0/offset=1230", suspect.get("resource"), () -> json);
        assertEquals(List.of("sda"), Replayed.linesOf("case", json).get(0).get("affected"));
        assertEquals(List.of("disk-media"), summary(json).get("categories"));
    }

    @Test
    void aTopologyThatIsGivenIsAllThereIs() throws ReplayFailure, IOException {
        Path other = file(
                "t.json",
                "[{\"path\": \"chassis0\"}, {\"path\": \"chassis0/disk7\", \"properties\": {\"devid\": \"id1,x\"}}]");
        assertEquals(0L, summary(new Replayed().over(other).json(MEDIA)).get("cases"));
        assertTrue(new Replayed()
                .over(other)
                .story(MEDIA)
                .endsWith("3 ereports not diagnosed: nothing in the topology is what they are about\n"));
        Path right = file(
                "r.json",
                "[{\"path\": \"chassis0\"}, {\"path\": \"chassis0/disk7\", \"properties\":"
                        + " {\"devid\": \"id1,sd@n33333330000007d0\"}}]");
        String json = new Replayed().over(right).json(MEDIA);
        assertTrue(json.contains("\"resource\":\"hc:///chassis=0/disk=7/offset=1230\""), () -> json);
    }

    @Test
    void rulesOfAnotherFolderCount() throws ReplayFailure, IOException {
        file("mine.esc", """
                event ereport.io.scsi.cmd.disk.dev.rqs.merr@disk;
                event fault.mine@disk, FITrate=1;
                prop fault.mine@disk -> ereport.io.scsi.cmd.disk.dev.rqs.merr@disk;
                """);
        String json = new Replayed().by(folder).json(MEDIA);
        assertTrue(json.contains("\"suspects\":[{\"class\":\"fault.mine\",\"certainty\":100"), () -> json);
        assertEquals(List.of(), summary(json).get("categories"));
    }

    @Test
    void anErrorLogHasTheCasesOfWhatItWasMadeFrom() throws ReplayFailure, IOException {
        String direct = new Replayed().json(MEDIA);
        assertEquals(
                direct.replaceAll("\"uuid\":\"[^\"]*\"", ""),
                new Replayed().keeping(folder).json(MEDIA).replaceAll("\"uuid\":\"[^\"]*\"", ""));
        assertEquals(1, cases(direct).size());
    }

    @Test
    void whatIsKeptIsNotOverwritten() throws ReplayFailure, IOException {
        new Replayed().keeping(folder).json(MEDIA);
        assertEquals(
                "cannot keep anything in '" + folder.resolve("var/lib/fmd")
                        + "': there is a log in it; name a new or empty directory with -R",
                new Replayed().keeping(folder).refusal(MEDIA));
    }

    @Test
    void aDirectoryThatIsInUseIsRefused() throws IOException {
        Path state = Files.createDirectories(folder.resolve("var/lib/fmd"));
        try (StateLock held = StateLock.take(state)) {
            assertEquals(
                    "cannot keep anything in '" + state + "': another fault manager is running on '" + state + "'",
                    new Replayed().keeping(folder).refusal(MEDIA));
            assertFalse(Files.exists(state.resolve("errlog")), held::toString);
        }
    }

    @Test
    void inputsThatCannotBeReadAreToldWithWhatWasExpected() throws IOException {
        Path missing = folder.resolve("missing");
        assertEquals(
                "cannot open '" + missing + "': no such file or directory", new Replayed().refusal(SOLARIS, missing));
        Path empty = file("empty", "");
        assertEquals("cannot replay '" + empty + "': it is empty; " + EXPECTED, new Replayed().refusal(empty));
        assertEquals("cannot replay 'standard input': it is empty; " + EXPECTED, new Replayed().refusal("-"));
        Path prose = file("prose", "Dear diary,\nto-day the disk made a noise.\n");
        assertEquals(
                "cannot replay '" + prose + "': its form is not known; " + EXPECTED, new Replayed().refusal(prose));
        Path bare = Files.createDirectory(folder.resolve("bare"));
        assertEquals("cannot replay '" + bare + "': nothing in it is known; " + EXPECTED, new Replayed().refusal(bare));
        assertEquals("'" + SOLARIS + "' is given twice", new Replayed().refusal(SOLARIS, SOLARIS));
    }

    @Test
    void aCaptureWithoutRecordsIsTold() throws IOException {
        Files.copy(MEDIA.resolve("meta.json"), folder.resolve("meta.json"));
        String refusal = new Replayed().refusal(folder);
        assertTrue(refusal.startsWith("cannot replay '" + folder + "': "), refusal);
        assertTrue(refusal.contains("kmsg.raw"), refusal);
    }

    @Test
    void aLogOfAnotherKindIsTold() throws ReplayFailure, IOException {
        new Replayed().keeping(folder).json(MEDIA);
        Path fltlog = folder.resolve("var/lib/fmd/fltlog");
        assertEquals(
                "cannot replay '" + fltlog
                        + "': it is no error log but one of label 'fault'; name the error log of the same time",
                new Replayed().refusal(fltlog));
    }

    @Test
    void aTopologyThatMakesNoSenseIsTold() throws IOException {
        Path wrong = file("t.json", "[{\"path\": \"chassis0/disk\"}]");
        assertEquals(
                "cannot read the topology '" + wrong + "': node 0 of the topology: path: 'chassis0/disk' is no path;"
                        + " expected names with numbers such as chassis0/bay3",
                new Replayed().over(wrong).refusal(MEDIA));
        Path missing = folder.resolve("missing");
        assertEquals(
                "cannot read the topology '" + missing + "': no such file or directory",
                new Replayed().over(missing).refusal(MEDIA));
    }

    @Test
    void aTextThatIsBrokenInTheMiddleCostsWhatIsBroken() throws ReplayFailure, IOException {
        String text = Files.readString(SOLARIS);
        long whole = ((Number) summary(new Replayed().json(SOLARIS)).get("ereports")).longValue();
        Path torn = file("torn.txt", text.substring(0, text.lastIndexOf("(end detector)")));
        Map<String, ?> summary = summary(new Replayed().json(torn));
        assertEquals(whole - 1, summary.get("ereports"));
        assertEquals(1L, summary.get("unparsed"));
        String story = new Replayed().story(torn);
        assertTrue(story.contains("1 line or record could not be read, beginning with\n    " + torn + ":"), story);
    }

    @Test
    void compressedDataThatEndEarlyGiveWhatTheyHave() throws ReplayFailure, IOException {
        byte[] packed = packed(Files.readAllBytes(ZFS));
        Path torn = Files.write(folder.resolve("torn.gz"), Arrays.copyOf(packed, packed.length / 2));
        String story = new Replayed().story(torn);
        assertTrue(story.contains("the compressed data end before they are complete"), story);
        assertTrue(((Number) summary(new Replayed().json(torn)).get("unparsed")).longValue() >= 1);
    }

    @Test
    void aLogThatIsDamagedGivesWhatIsLeft() throws ReplayFailure, IOException {
        new Replayed().keeping(folder).json(MEDIA, HARDWARE);
        Path errlog = folder.resolve("var/lib/fmd/errlog");
        byte[] bytes = Files.readAllBytes(errlog);
        Arrays.fill(bytes, 0, 64, (byte) 0);
        Arrays.fill(bytes, bytes.length - 400, bytes.length - 380, (byte) 0xff);
        Path damaged = Files.write(folder.resolve("damaged"), bytes);
        String json = new Replayed().json(damaged);
        assertEquals(6L, summary(json).get("ereports"), () -> json);
        assertTrue(((Number) summary(json).get("unparsed")).longValue() >= 1, () -> json);
    }

    @Test
    void recordsOfACaptureThatAreMalformedAreCounted() throws ReplayFailure, IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        for (String name : List.of("meta.json", "uevent.bin", "sysfs.json")) {
            Files.copy(MEDIA.resolve(name), copy.resolve(name));
        }
        byte[] kmsg = Files.readAllBytes(MEDIA.resolve("kmsg.raw"));
        byte[] junk = "no record\n".getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(kmsg, kmsg.length + junk.length);
        System.arraycopy(junk, 0, both, kmsg.length, junk.length);
        Files.write(copy.resolve("kmsg.raw"), both);
        Map<String, ?> summary = summary(new Replayed().json(copy));
        assertEquals(1L, summary.get("unparsed"));
        assertEquals(3L, summary.get("ereports"));
    }
}
