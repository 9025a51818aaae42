// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KmsgRecordTest {
    private static KmsgInput parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return KmsgRecord.parse(bytes, bytes.length);
    }

    @Test
    void readsHeadTextAndDictionary() {
        KmsgInput record = parse("6,397,10742796,-;sd 0:0:0:0: [sda] hello \n SUBSYSTEM=scsi\n DEVICE=+scsi:0:0:0:0\n");
        assertEquals(
                new KmsgRecord(
                        6,
                        397,
                        10742796,
                        "sd 0:0:0:0: [sda] hello ",
                        Map.of("SUBSYSTEM", "scsi", "DEVICE", "+scsi:0:0:0:0")),
                record);
        assertEquals("0:0:0:0", ((KmsgRecord) record).scsiAddress());
    }

    @Test
    void takesFlagsAndFieldsOfLaterKernels() {
        assertInstanceOf(KmsgRecord.class, parse("4,1,2,c,caller=T1,more;x\n"));
    }

    @Test
    void undoesEscapesAndKeepsWhatIsNone() {
        KmsgRecord record = (KmsgRecord) parse("3,1,2,-;a\\x0ab \\xc3\\xa4 \\x5c \\xg1 \\x4\n");
        assertEquals("a\nb ä \\ \\xg1 \\x4", record.text());
    }

    @Test
    void tellsTheKernelFromUserSpace() {
        assertTrue(((KmsgRecord) parse("7,1,2,-;kernel\n")).fromKernel());
        assertFalse(((KmsgRecord) parse("12,1,2,-;sd 0:0:0:0: Device offlined\n")).fromKernel());
    }

    @Test
    void saysWhatIsWrongWithBytesThatAreNoRecord() {
        for (String bad : new String[] {
            "",
            ";",
            "6,1,2;no flags",
            "x,1,2,-;t",
            "6,-1,2,-;t",
            "6,1,99999999999999999999,-;t",
            "6,1,2,-;t\nKEY=v\n",
            "6,1,2,-;t\n =v\n",
            "99999999999,1,2,-;t",
            "no head at all"
        }) {
            Malformed malformed = assertInstanceOf(Malformed.class, parse(bad), bad);
            assertFalse(malformed.why().isEmpty(), bad);
            assertTrue(malformed.shown().length() <= 200, bad);
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void neverThrowsWhateverTheBytes() {
        byte[] good = Fixtures.bytes("captures/md-raid1-member-fails/kmsg.raw");
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            int from = random.nextInt(good.length);
            byte[] bytes = java.util.Arrays.copyOfRange(good, from, Math.min(good.length, from + random.nextInt(600)));
            for (int i = random.nextInt(8); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                KmsgInput input = KmsgRecord.parse(bytes, bytes.length);
                if (input instanceof KmsgRecord record) {
                    KmsgLines.recognise(record.text(), record.scsiAddress());
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void countsWhatIsMissingBetweenNumbers() {
        SequenceGaps gaps = new SequenceGaps();
        assertEquals(0, gaps.lostBefore(17));
        assertEquals(0, gaps.lostBefore(18));
        assertEquals(3, gaps.lostBefore(22));
        assertEquals(0, gaps.lostBefore(5));
        assertEquals(0, gaps.lostBefore(6));
    }
}
