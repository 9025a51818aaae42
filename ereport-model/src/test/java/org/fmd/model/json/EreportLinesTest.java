// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.EventCodec;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.fmd.testing.Fixtures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EreportLinesTest {
    private static final String LINE = "{\"time\":\"2026-03-04T11:30:41.003123456Z\",\"class\":\"ereport.io.disk.x\",";

    private static List<byte[]> dumped() throws IOException {
        List<byte[]> lines = new ArrayList<>();
        for (String line : Files.readAllLines(Fixtures.path("cli/fmdump-ej.out"))) {
            lines.add(line.getBytes(StandardCharsets.UTF_8));
        }
        return lines;
    }

    /** What the quick way makes of a line; null if it leaves it to the other. */
    private static @Nullable Ereport quick(LineScanner scanner, byte[] line) {
        byte[] padded = Arrays.copyOf(line, line.length + EreportLines.PADDING);
        Arrays.fill(padded, line.length, padded.length, (byte) '\n');
        return scanner.scan(padded, 0);
    }

    /** All lines as text: the ereport, the class of another event, or the problem, each with its number. */
    private static List<String> read(InputStream in) throws IOException {
        List<String> read = new ArrayList<>();
        try (EreportLines lines = new EreportLines(in)) {
            for (EreportLines.Kind kind = lines.next(); kind != EreportLines.Kind.END; kind = lines.next()) {
                read.add(lines.line() + " "
                        + switch (kind) {
                            case EREPORT ->
                                lines.ereport().eventClass() + " "
                                        + lines.ereport().payload();
                            case OTHER -> "other " + lines.members().get("class");
                            default -> "problem " + lines.problem();
                        });
            }
        }
        return read;
    }

    private static List<String> read(String text) throws IOException {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Ereport one(String line) throws IOException {
        try (EreportLines lines = new EreportLines(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)))) {
            assertEquals(EreportLines.Kind.EREPORT, lines.next(), lines::problem);
            return lines.ereport();
        }
    }

    @Test
    void whatFmdumpPrintsIsReadBack() throws IOException {
        Ereport ereport =
                one(Files.readAllLines(Fixtures.path("cli/fmdump-ej.out")).get(1));
        assertEquals(new EventClass("ereport.io.scsi.cmd.disk.dev.rqs.merr"), ereport.eventClass());
        assertEquals(Instant.parse("2026-03-04T11:30:41.003123456Z"), ereport.tod());
        assertEquals(new Ena(0x5d21c04a1f901c01L), ereport.ena());
        assertEquals(
                new DevFmri(
                        "/devices/pci0000:00/0000:00:03.0/host4/target4:0:7/4:0:7:0",
                        "id1,sd@n5000c500a1b2c3d7",
                        "w5000c500a1b2c3d5"),
                ereport.detector());
        assertEquals(
                List.of(
                        "devid",
                        "driver-assessment",
                        "product",
                        "serial",
                        "op-code",
                        "cdb",
                        "pkt-reason",
                        "pkt-state",
                        "pkt-stats",
                        "stat-code",
                        "key",
                        "asc",
                        "ascq",
                        "lba",
                        "lba-exact"),
                List.copyOf(ereport.payload().asMap().keySet()));
        assertEquals("retry", ereport.driverAssessment());
        assertEquals(3809154, ereport.payload().number("lba").orElse(0));
        assertEquals(
                new NvValue.Ints(NvType.UINT64, 40, 0, 0, 58, 31, 128, 0, 0, 128, 0),
                ereport.payload().get("cdb"));
    }

    @Test
    void theQuickWayReadsWhatFmdumpPrints() throws IOException {
        int quick = 0;
        LineScanner scanner = new LineScanner();
        for (byte[] line : dumped()) {
            quick += quick(scanner, line) == null ? 0 : 1;
        }
        assertTrue(quick >= 4, "of " + dumped().size() + " lines " + quick);
    }

    /** Lines that somebody broke or bent: both ways agree on all that the quick one takes. */
    @Test
    void theQuickWayNeverDisagreesWithTheOther() throws IOException {
        List<byte[]> lines = dumped();
        LineScanner scanner = new LineScanner();
        String bits = "{}[]\",:\\ 019-.eEtrufalsn\u0001\n\tx";
        int taken = 0;
        int bent = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] line = lines.get(random.nextInt(lines.size())).clone();
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                line = bend(line, bits, random);
            }
            Ereport quick = quick(scanner, line);
            if (quick == null) {
                continue;
            }
            taken++;
            byte[] now = line;
            bent += lines.stream().anyMatch(original -> Arrays.equals(original, now)) ? 0 : 1;
            PlainEreport slow = PlainEreport.read(line, 0, scanner.next() - 1);
            assertEquals(slow.ereport(), quick, "seed " + seed + ": " + new String(line, StandardCharsets.UTF_8));
        }
        assertTrue(taken > 6_000 && bent > 300, taken + " taken, of them bent " + bent);
    }

    private static byte[] bend(byte[] line, String bits, Random random) {
        int at = random.nextInt(line.length);
        int length = random.nextInt(4);
        byte[] piece = new byte[random.nextInt(3)];
        for (int i = 0; i < piece.length; i++) {
            piece[i] = (byte) bits.charAt(random.nextInt(bits.length()));
        }
        if (random.nextInt(4) == 0) {
            int from = random.nextInt(line.length);
            piece = Arrays.copyOfRange(line, from, Math.min(line.length, from + random.nextInt(80)));
        }
        int behind = Math.min(line.length, at + length);
        byte[] bent = new byte[at + piece.length + line.length - behind];
        System.arraycopy(line, 0, bent, 0, at);
        System.arraycopy(piece, 0, bent, at, piece.length);
        System.arraycopy(line, behind, bent, at + piece.length, line.length - behind);
        return bent;
    }

    @Test
    void everyEreportComesBackWithItsValues() throws IOException {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            NvList.Builder payload = NvList.builder();
            NvList.Builder expected = NvList.builder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                long bits = random.nextLong() >>> random.nextInt(64);
                switch (random.nextInt(6)) {
                    case 0 -> both(payload, expected, "n" + i, new NvValue.Int(NvType.UINT64, bits));
                    case 1 -> {
                        payload.int64("i" + i, bits);
                        expected.number(bits < 0 ? NvType.INT64 : NvType.UINT64, "i" + i, bits);
                    }
                    case 2 -> both(payload, expected, "t" + i, new NvValue.Str("é\"\\\n".repeat(i) + "x".repeat(i)));
                    case 3 -> both(payload, expected, "b" + i, new NvValue.Bool(random.nextBoolean()));
                    case 4 -> both(payload, expected, "a" + i, new NvValue.Ints(NvType.UINT64, bits, 1, i));
                    default -> both(payload, expected, "guid" + i + "-wwn", new NvValue.Int(NvType.UINT64, bits));
                }
            }
            HcFmri detector =
                    HcFmri.of(List.of(new HcFmri.Component("chassis", "0"), new HcFmri.Component("bay", "3")));
            Instant tod = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
            EventClass eventClass = new EventClass("ereport.x");
            Ena ena = new Ena(random.nextLong());
            Ereport written = new Ereport(eventClass, tod, ena, detector, payload.build());
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("time", QueryJson.time(tod));
            object.putAll(QueryJson.plain(EventCodec.toNvList(written)));
            assertEquals(
                    new Ereport(eventClass, tod, ena, detector, expected.build()),
                    one(Json.write(object)),
                    "seed " + seed);
        }
    }

    private static void both(NvList.Builder one, NvList.Builder other, String name, NvValue value) {
        one.put(name, value);
        other.put(name, value);
    }

    @Test
    void linesAreCountedWhateverTheyHold() throws IOException {
        String good = LINE + "\"key\":3}";
        assertEquals(
                List.of(
                        "1 ereport.io.disk.x {key=Int[type=UINT64, value=3]}",
                        "3 problem column 2: Unexpected character (',' (code 44)): was expecting double-quote to start"
                                + " field name",
                        "5 other list.repaired",
                        "6 ereport.io.disk.x {key=Int[type=UINT64, value=3]}",
                        "7 problem an object {…} is expected",
                        "8 ereport.io.disk.x {key=Int[type=UINT64, value=3]}"),
                read(good + "\n\n{,}\n  \t\n{\"class\":\"list.repaired\"}\n" + good + "\r\n[1]\n" + good));
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        assertProblem("'class' does not name the class of an event", "{}");
        assertProblem("'class' does not name the class of an event", "{\"class\":\"a b\"}");
        assertProblem(
                "neither '__tod' (seconds and nanoseconds) nor 'time' (2026-03-04T11:30:41.003123456Z) tells when it"
                        + " happened",
                "{\"class\":\"ereport.x\",\"time\":\"yesterday\"}");
        assertProblem("'ena' is no number such as \"0x5d21c04a1f901c01\"", LINE + "\"ena\":\"x\"}");
        assertProblem("'detector' is no FMRI", LINE + "\"detector\":\"sda\"}");
        assertProblem("'key' is 1.5, which is no value of an ereport", LINE + "\"key\":1.5}");
        assertProblem("'key' is null, which is no value of an ereport", LINE + "\"key\":null}");
        assertProblem("'keys' is an array of different kinds of values", LINE + "\"keys\":[1,\"x\"]}");
        assertProblem("a member has no name", LINE + "\"\":1}");
    }

    private static void assertProblem(String expected, String line) throws IOException {
        assertEquals(List.of("1 problem " + expected), read(line));
    }

    @Test
    void aCompressedStreamIsUnpacked() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            for (int i = 0; i < 20_000; i++) {
                out.write((LINE + "\"key\":" + i + "}\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        List<String> lines = read(new ByteArrayInputStream(zipped.toByteArray()));
        assertEquals(20_000, lines.size());
        assertEquals("20000 ereport.io.disk.x {key=Int[type=UINT64, value=19999]}", lines.get(19_999));

        byte[] torn = Arrays.copyOf(zipped.toByteArray(), zipped.size() / 2);
        List<String> some = read(new ByteArrayInputStream(torn));
        assertTrue(some.size() > 100 && some.size() < 20_000, "some lines: " + some.size());
        assertTrue(some.get(some.size() - 1).contains("problem the compressed file is damaged here: "));
    }

    @Test
    void aLineOfAnyLengthIsGoneThrough() throws IOException {
        String good = LINE + "\"key\":3}\n";
        String inside = LINE + "\"text\":\"" + "x".repeat(3 << 20) + "\"}\n";
        byte[] tooLong = new byte[(16 << 20) + 5];
        Arrays.fill(tooLong, (byte) 'x');
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(good.getBytes(StandardCharsets.UTF_8));
        all.write(inside.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 4; i++) {
            all.write(tooLong);
        }
        all.write(("\n" + good).getBytes(StandardCharsets.UTF_8));
        List<String> lines = read(new ByteArrayInputStream(all.toByteArray()));
        assertEquals(4, lines.size());
        assertTrue(lines.get(1).length() > 3 << 20);
        assertEquals("3 problem the line has more than 16777216 bytes", lines.get(2));
        assertEquals("4 ereport.io.disk.x {key=Int[type=UINT64, value=3]}", lines.get(3));
    }

    @Test
    void timesAreThoseOfTheLibrary() {
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            Instant time = Instant.ofEpochSecond(
                    random.nextLong(-60_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000_000));
            byte[] text = QueryJson.time(time).getBytes(StandardCharsets.UTF_8);
            assertEquals(time, PlainTime.parse(text, 0, text.length), "seed " + seed);
        }
        assertEquals(Instant.parse("2026-03-04T11:30:41.5Z"), time("2026-03-04T11:30:41.5Z"));
        assertEquals(Instant.parse("2026-03-04T11:30:41Z"), time("2026-03-04T11:30:41Z"));
        for (String none : List.of(
                "",
                "Z",
                "2026-02-30T11:30:41Z",
                "2026-03-04T24:30:41Z",
                "2026-03-04T11:30:41",
                "2026-03-04T11:30:41.Z",
                "2026-03-04T11:30:41.0123456789Z",
                "2026-03-04 11:30:41Z")) {
            assertNull(time(none), none);
        }
    }

    private static @Nullable Instant time(String text) {
        return PlainTime.parse(text.getBytes(StandardCharsets.UTF_8), 0, text.length());
    }

    @Test
    void whatIsRememberedIsBounded() throws IOException {
        LineScanner scanner = new LineScanner();
        for (int i = 0; i < 10_000; i++) {
            byte[] line = (LINE + "\"m" + i + "\":1}").getBytes(StandardCharsets.UTF_8);
            Ereport quick = quick(scanner, line);
            assertEquals(i > 4_093, quick == null, "line " + i);
        }
        assertNotNull(quick(scanner, (LINE + "\"m1\":1}").getBytes(StandardCharsets.UTF_8)), "known ones stay");
    }
}
