// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.json.Json;
import org.fmd.model.json.QueryJson;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

class EventTextsTest {
    private static List<TextItem> read(byte[] text, ZoneId zone) {
        List<TextItem> items = new ArrayList<>();
        try (EventTexts texts = new EventTexts(new ByteArrayInputStream(text), zone)) {
            for (TextItem item = texts.next(); item != null; item = texts.next()) {
                items.add(item);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return items;
    }

    private static List<TextItem> read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), ZoneOffset.UTC);
    }

    private static TextEvent only(String text) {
        List<TextItem> items = read(text);
        assertEquals(1, items.size(), items.toString());
        return assertInstanceOf(TextEvent.class, items.get(0));
    }

    /** The event as it was before it was printed: with the time under the name that it has in our logs. */
    private static NvList logged(NvList packed) {
        NvValue time = packed.get("time");
        long[] tod = {((NvValue.Ints) time).get(0), ((NvValue.Ints) time).get(1)};
        return packed.toBuilder()
                .remove("time")
                .put("__tod", new NvValue.Ints(NvType.UINT64, tod))
                .build();
    }

    @Test
    void eventsOfZfsComeBackWithEveryType() {
        List<TextItem> items = read(Fixtures.bytes("event-text/zpool-events.txt"), ZoneOffset.UTC);
        List<NvList> packed = PackedList.readAll(Fixtures.bytes("event-text/zpool-events.nvl"));
        assertEquals(packed.size(), items.size());
        for (int i = 0; i < packed.size(); i++) {
            TextEvent event = assertInstanceOf(TextEvent.class, items.get(i));
            assertEquals(logged(packed.get(i)).toString(), event.members().toString(), "event " + i);
            assertEquals(logged(packed.get(i)), event.members(), "event " + i);
        }
    }

    @Test
    void eventsOfZfsWithoutTrailingBlanksComeBackToo() {
        String text = Fixtures.text("event-text/zpool-events.txt").replace(" \n", "\n");
        assertEquals(read(Fixtures.text("event-text/zpool-events.txt")), read(text));
    }

    @Test
    void anEreportOfAnOlderReleaseIsRead() {
        TextEvent event = only(Fixtures.text("event-text/zpool-events-old.txt"));
        assertEquals(Instant.parse("2019-10-03T03:25:46.004354936Z"), event.tod(), "the member, not the heading");
        assertEquals(
                "zfs://pool=9ca7d399f4a430d9/vdev=9e9d124f70bc39af",
                Fmri.of(event.members().nvlist("detector").orElseThrow()).toString());
        assertInstanceOf(Ereport.class, event.event().orElseThrow());
    }

    @Test
    void ereportsOfTheOriginalAreRead() {
        List<TextItem> items = read(Fixtures.text("event-text/illumos-fmdump-eV.txt"));
        assertEquals(2, items.size(), items.toString());
        NvList merr = ((TextEvent) items.get(0)).members();
        assertEquals(new NvValue.Int(NvType.UINT8, 0x11), merr.get("asc"));
        assertEquals(new NvValue.Int(NvType.UINT64, 0x3a1f82), merr.get("lba"));
        assertEquals(NvType.UINT8, merr.get("cdb").type());
        assertEquals(10, ((NvValue.Ints) merr.get("cdb")).size());
        assertEquals(new NvValue.Int(NvType.UINT8, 1), merr.get("__ttl"));
        TextEvent module = (TextEvent) items.get(1);
        assertEquals(
                "request for state = 7 failed: -1",
                module.members().string("msg").orElse(""));
        assertEquals(new NvValue.Int(NvType.INT64, -22), module.members().get("errno"));
        assertEquals(new NvValue.Bool(true), module.members().get("__injected"));
        assertEquals(Instant.ofEpochSecond(0x69a817e2, 1), module.tod());
        assertTrue(module.members()
                .nvlist("detector")
                .orElseThrow()
                .nvlist("authority")
                .isPresent());
    }

    @Test
    void linesOfJsonComeBackWithTheTypesOfTheirClass() {
        for (TextItem item : read(Fixtures.text("event-text/illumos-fmdump-eV.txt"))) {
            TextEvent event = (TextEvent) item;
            String json = Json.write(QueryJson.plain(event.members())) + "\n";
            // That a number is signed JSON cannot say, unless it is negative.
            assertEquals(event.members(), only(json).members());
        }
    }

    @Test
    void aLineOfJsonTellsTimeAndPlace() {
        TextEvent event =
                only("{\"time\":\"2026-03-04T11:30:41.5Z\",\"ref\":\"0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a01:8192\","
                        + "\"class\":\"ereport.x.y\",\"ena\":\"0x00000000000000ff\",\"guid\":\"0xff\",\"big\":\"18446744073709551615\","
                        + "\"n\":-5,\"list\":[1,2],\"no\":null,\"text\":\"12\"}");
        assertEquals(Instant.parse("2026-03-04T11:30:41.5Z"), event.tod());
        assertEquals(LogRef.parse("0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a01:8192").orElseThrow(), event.ref());
        NvList expected = NvList.builder()
                .string("class", "ereport.x.y")
                .uint64("ena", 255)
                .uint64("guid", 255)
                .uint64("big", -1)
                .int64("n", -5)
                .put("list", new NvValue.Ints(NvType.UINT64, 1, 2))
                .string("text", "12")
                .put("__tod", new NvValue.Ints(NvType.UINT64, 1772623841, 500000000))
                .build();
        assertEquals(expected, event.members());
    }

    @Test
    void aHeadingTellsTheTimeInItsZoneIfNothingElseDoes() {
        String text = "Mar 04 2026 11:32:07.25 ereport.x.y\n\tclass = ereport.x.y\n";
        TextItem item = read(text.getBytes(StandardCharsets.UTF_8), ZoneOffset.ofHours(2))
                .get(0);
        assertEquals(Instant.parse("2026-03-04T09:32:07.25Z"), ((TextEvent) item).tod());
    }

    @Test
    void aListingWithoutMembersHasItsClassAndTime() {
        List<TextItem> items = read("""
                TIME                           CLASS
                Oct  3 2019 04:25:46.004354936 ereport.fs.zfs.io
                Oct  3 2019 04:25:47.004354936 ereport.fs.zfs.data
                """);
        assertEquals(2, items.size());
        assertEquals(
                "ereport.fs.zfs.data", ((TextEvent) items.get(1)).eventClass().name());
    }

    @Test
    void aShortListingIsRefusedOnceWithARemedy() {
        List<TextItem> items =
                read("TIME                 CLASS\nMar 04 11:30:40.9928 ereport.a\nMar 04 11:30:41.9928 ereport.a\n");
        assertEquals(List.of(new TextProblem(2, "a short listing has no members: print it with -V")), items);
    }

    @Test
    void goesOnBehindWhatCannotBeRead() {
        List<TextItem> items = read("""
                nonsense
                more of it
                {"class":
                {"class":"ereport.a"}
                {"class":"ereport.a","__tod":[1,2]}
                {"class":"no class","__tod":[1,2]}
                Mar 04 2026 11:32:07 ereport.b
                \tdetector = (embedded nvlist)
                \t\tscheme = dev
                Mar 04 2026 11:32:08 ereport.c
                ???
                """);
        List<Long> problems = new ArrayList<>();
        List<String> events = new ArrayList<>();
        for (TextItem item : items) {
            if (item instanceof TextEvent event) {
                events.add(event.eventClass().name());
            } else {
                problems.add(item.line());
            }
        }
        assertEquals(List.of("ereport.a", "ereport.c"), events);
        assertEquals(List.of(1L, 3L, 4L, 6L, 7L, 11L), problems);
    }

    @Test
    void readsWhatIsCompressedAndTellsWhereItBreaksOff() throws IOException {
        byte[] text = Fixtures.bytes("event-text/zpool-events.txt");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text);
        }
        assertEquals(read(text, ZoneOffset.UTC), read(zipped.toByteArray(), ZoneOffset.UTC));
        byte[] half = Arrays.copyOf(zipped.toByteArray(), zipped.size() / 2);
        List<TextItem> items = read(half, ZoneOffset.UTC);
        TextProblem last = assertInstanceOf(TextProblem.class, items.get(items.size() - 1));
        assertTrue(last.message().contains("compressed text is damaged"), last.message());
    }

    @Test
    void neverThrowsWhateverTheBytes() {
        byte[] zpool = Fixtures.bytes("event-text/zpool-events.txt");
        byte[] illumos = Fixtures.bytes("event-text/illumos-fmdump-eV.txt");
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] text = (seed % 2 == 0 ? zpool : illumos).clone();
            for (int i = 0; i < 40; i++) {
                text[random.nextInt(text.length)] = (byte) "\n\t =()[]{}\"0x:-9a\0\377".charAt(random.nextInt(19));
            }
            try {
                read(text, ZoneOffset.UTC);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
