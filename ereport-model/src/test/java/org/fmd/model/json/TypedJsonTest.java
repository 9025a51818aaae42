// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.Event;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.junit.jupiter.api.Test;

class TypedJsonTest {

    @Test
    void everyTypeSurvives() throws JsonProblem {
        NvList.Builder all = NvList.builder()
                .flag("seen")
                .bool("yes", true)
                .string("text", "a \"b\" \u2028 \ud83d\ude00 \u0000")
                .string("with:colon", "x")
                .nvlist("inner", NvList.builder().uint8("n", 255).build())
                .nvlists(
                        "lists",
                        List.of(NvList.EMPTY, NvList.builder().flag("f").build()))
                .nvlists("no-lists", List.of())
                .strings("texts", List.of("a", ""))
                .strings("no-texts", List.of())
                .put("truths", new NvValue.Bools(List.of(true, false)));
        for (NvType type : NvType.values()) {
            if (type.isInteger()) {
                long most = type.isSigned() ? Long.MIN_VALUE >> (64 - type.bits()) : -1L >>> (64 - type.bits());
                all.number(type, "most-" + type.label(), most);
                all.put("some-" + type.label(), new NvValue.Ints(type, 0, 1, most));
                all.put("none-" + type.label(), new NvValue.Ints(type));
            }
        }
        NvList list = all.build();
        assertEquals(list, TypedJson.read(TypedJson.write(list)), () -> text(TypedJson.write(list)));
    }

    @Test
    void unsigned64BitNumbersStayExact() {
        NvList list = NvList.builder().uint64("ena", -1).build();
        assertEquals("{\"ena:uint64\":18446744073709551615}", text(TypedJson.write(list)));
    }

    @Test
    void everyKindOfEventSurvives() throws JsonProblem {
        for (Event event : samples()) {
            assertEquals(event, TypedJson.readEvent(TypedJson.write(event)), () -> text(TypedJson.write(event)));
        }
        for (Class<?> type : Event.class.getPermittedSubclasses()) {
            assertTrue(samples().stream().anyMatch(type::isInstance), "no sample of " + type);
        }
    }

    static List<Event> samples() {
        Instant tod = Instant.parse("2026-03-04T11:30:40.992812345Z");
        Fmri disk = new DevFmri("/devices/host0/target0:0:0/0:0:0:0", "id1,sd@n5000c500a1b2c3d7", null);
        NvList payload = NvList.builder()
                .string("driver-assessment", "fatal")
                .uint8("key", 3)
                .uint64("lba", 0x3a1f80)
                .bytes("cdb", new byte[] {0x28, 0, 0, (byte) 0xff})
                .build();
        Suspect suspect = new Suspect(
                new EventClass("fault.io.scsi.cmd.disk.dev.rqs.merr"),
                66,
                Fmri.parse("hc:///bay=7/disk=0/offset=3a1f80").orElseThrow(),
                disk,
                null,
                "Slot 07",
                false,
                true,
                true,
                payload);
        List<Event> all = new ArrayList<>();
        all.add(new Ereport(
                new EventClass("ereport.io.scsi.cmd.disk.dev.rqs.merr"), tod, Ena.of(77, 1), disk, payload));
        all.add(new Ereport(new EventClass("ereport.x"), tod, Ena.UNKNOWN, null, NvList.EMPTY));
        all.add(new Ireport(new EventClass("ireport.fm.agent.outcome"), tod, new UUID(1, 2), disk, payload));
        for (ListKind kind : ListKind.values()) {
            all.add(new ListEvent(
                    kind,
                    tod,
                    new UUID(3, 4),
                    "DISK-8000-4Q",
                    Instant.parse("2026-03-04T11:30:41.000123Z"),
                    new FmdFmri("eft", "1.0"),
                    "Critical",
                    false,
                    true,
                    List.of(suspect, Suspect.of(new EventClass("defect.x"), null)),
                    List.of(SuspectStatus.FAULTY, SuspectStatus.of(SuspectStatus.Bit.ACQUITTED)),
                    List.of(new LogRef(new UUID(5, 6), 4096))));
        }
        all.add(new ListEvent(
                ListKind.RESOLVED,
                tod,
                new UUID(3, 4),
                "-",
                Instant.EPOCH,
                new FmdFmri("eft", null),
                null,
                true,
                false,
                List.of(),
                List.of(),
                List.of()));
        return all;
    }

    @Test
    void damagedTextIsAProblemWithAPlaceAndNothingWorse() throws JsonProblem {
        byte[] good = TypedJson.write(samples().get(0));
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bad = good.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                TypedJson.readEvent(bad);
            } catch (JsonProblem e) {
                assertTrue(e.getMessage() != null && !e.getMessage().isEmpty(), "seed " + seed);
            }
        }
    }

    @Test
    void whatIsOutOfItsTypeIsRefused() {
        for (String text : List.of(
                "{\"a:uint8\":256}",
                "{\"a:int8\":128}",
                "{\"a:uint64\":-1}",
                "{\"a:uint64\":18446744073709551616}",
                "{\"a:uint8\":\"1\"}",
                "{\"a:what\":1}",
                "{\"a\":1}",
                "{\"a:uint8[]\":1}",
                "{\"a\":[1]}",
                "{\"a:nvlist\":1}",
                "{} {}",
                "[]",
                "")) {
            assertThrows(JsonProblem.class, () -> TypedJson.read(text.getBytes(StandardCharsets.UTF_8)), text);
        }
    }

    @Test
    void depthIsBounded() {
        String deep = "{\"a\":".repeat(10_000) + "{}" + "}".repeat(10_000);
        assertThrows(JsonProblem.class, () -> TypedJson.read(deep.getBytes(StandardCharsets.UTF_8)));
        assertThrows(JsonProblem.class, () -> Json.parse("[".repeat(10_000)));
    }

    @Test
    void queriesShowIdentitiesInHexAndLargeNumbersAsText() {
        NvList list = NvList.builder()
                .uint64("ena", 0x5d21c04a1f901c01L)
                .uint64("pool_guid", 1)
                .uint64("lba", (1L << 53) + 1)
                .uint64("small", 1L << 53)
                .uint8("key", 3)
                .build();
        assertEquals(
                "{\"ena\":\"0x5d21c04a1f901c01\",\"pool_guid\":\"0x0000000000000001\",\"lba\":\"9007199254740993\",\"small\":9007199254740992,\"key\":3}",
                Json.write(QueryJson.plain(list)));
        assertEquals("2026-03-04T11:30:40.000000005Z", QueryJson.time(Instant.ofEpochSecond(1772623840, 5)));
    }

    @Test
    void plainJsonIsReadAndWritten() throws JsonProblem {
        String text = "{\"a\":[1,-2,18446744073709551615,true,false,null,\"x\"],\"b\":{\"c\":1.5}}";
        assertEquals(text, Json.write(Json.parse(text)));
        assertThrows(JsonProblem.class, () -> Json.parse("{\"a\":1} x"));
        assertThrows(JsonProblem.class, () -> Json.parse(""));
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
