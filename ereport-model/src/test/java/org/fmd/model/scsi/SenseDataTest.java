// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.fmd.model.scsi.SenseData.Flag;
import org.fmd.model.scsi.SenseData.Format;
import org.fmd.model.scsi.SenseKeySpecific.ActualRetryCount;
import org.fmd.model.scsi.SenseKeySpecific.FieldPointer;
import org.fmd.model.scsi.SenseKeySpecific.Progress;
import org.fmd.model.scsi.SenseKeySpecific.SegmentPointer;
import org.fmd.model.scsi.SenseKeySpecific.Uninterpreted;
import org.fmd.model.scsi.SenseKeySpecific.UnitAttentionQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenseDataTest {
    private static final String FIXED_MEDIUM = "f0 00 03 3a 1f c2 0a 0a 00 00 00 01 11 00 07 80 00 10";
    private static final String DESCRIPTOR_MEDIUM = "72 03 11 00 00 00 00 28"
            + " 00 0a 80 00 00 00 00 01 36 b2 4a 78"
            + " 01 0a 00 00 00 00 00 00 00 00 00 05"
            + " 02 06 00 00 80 00 03 00"
            + " 03 02 00 2a"
            + " 05 02 00 20";
    private static final String ATA = "72 01 00 1d 00 00 00 0e 09 0c 01 40 12 34 44 11 55 22 66 33 a0 51";
    private static final String BLOCK_DEVICE = "72 04 44 00 00 00 00 20 0d 1e a0 00 80 00 02 09"
            + " 00 00 00 00 00 00 12 34 00 00 00 00 00 00 00 07 00 00 00 00 00 00 00 00";
    private static final List<String> GOOD = List.of(FIXED_MEDIUM, DESCRIPTOR_MEDIUM, ATA, BLOCK_DEVICE);

    @Test
    void readsFixedFormat() {
        SenseData sense = Hex.sense(FIXED_MEDIUM);
        assertEquals(Format.FIXED, sense.format());
        assertEquals(0x70, sense.responseCode());
        assertFalse(sense.deferred());
        assertEquals(SenseKey.MEDIUM_ERROR, sense.key());
        assertEquals(new AdditionalSense(0x11, 0), sense.additional());
        assertTrue(sense.valid());
        assertEquals(OptionalLong.of(0x3a1fc20aL), sense.information());
        assertEquals(OptionalLong.of(1), sense.commandSpecific());
        assertEquals(7, sense.fru());
        assertEquals(Optional.of(new ActualRetryCount(16)), sense.keySpecific());
        assertEquals(Set.of(), sense.flags());
        assertFalse(sense.cut());
        assertEquals("Medium Error, Unrecovered read error (3/11/00)", sense.describe());
    }

    @Test
    void readsDescriptorFormat() {
        SenseData sense = Hex.sense(DESCRIPTOR_MEDIUM);
        assertEquals(Format.DESCRIPTOR, sense.format());
        assertEquals(SenseKey.MEDIUM_ERROR, sense.key());
        assertEquals(new AdditionalSense(0x11, 0), sense.additional());
        assertEquals(OptionalLong.of(0x136b24a78L), sense.information());
        assertEquals(OptionalLong.of(5), sense.commandSpecific());
        assertEquals(Optional.of(new ActualRetryCount(3)), sense.keySpecific());
        assertEquals(0x2a, sense.fru());
        assertEquals(Set.of(Flag.INCORRECT_LENGTH), sense.flags());
        assertEquals(
                List.of(0, 1, 2, 3, 5),
                sense.descriptors().stream().map(SenseDescriptor::type).toList());
        assertFalse(sense.cut());
    }

    @Test
    void readsTheRegistersOfAnAtaDevice() {
        AtaStatusReturn ata = Hex.sense(ATA).ata().orElseThrow();
        assertEquals(new AtaStatusReturn(true, 0x40, 0x1234, 0x665544332211L, 0xa0, 0x51), ata);
    }

    @Test
    void readsTwentyEightBitsOfAnAtaAddress() {
        AtaStatusReturn ata = Hex.sense(ATA.replace("0c 01 40", "0c 00 40").replace("a0 51", "e5 51"))
                .ata()
                .orElseThrow();
        assertEquals(new AtaStatusReturn(false, 0x40, 0x34, 0x5332211L, 0xe5, 0x51), ata);
    }

    @Test
    void readsTheCombinedDescriptorOfBlockDevices() {
        SenseData sense = Hex.sense(BLOCK_DEVICE);
        assertEquals(OptionalLong.of(0x1234), sense.information());
        assertEquals(OptionalLong.of(7), sense.commandSpecific());
        assertEquals(Optional.of(new ActualRetryCount(2)), sense.keySpecific());
        assertEquals(9, sense.fru());
        assertEquals(Set.of(Flag.INCORRECT_LENGTH), sense.flags());
    }

    @Test
    void readsStreamFlagsInBothFormats() {
        Set<Flag> all = Set.of(Flag.FILEMARK, Flag.END_OF_MEDIUM, Flag.INCORRECT_LENGTH);
        assertEquals(
                all,
                Hex.sense("70 00 e0 00 00 00 00 0a 00 00 00 00 00 01 00 00 00 00")
                        .flags());
        assertEquals(all, Hex.sense("72 00 00 01 00 00 00 04 04 02 00 e0").flags());
        assertEquals(
                Set.of(Flag.SENSE_OVERFLOW),
                Hex.sense("70 00 13 00 00 00 00 00").flags());
        assertEquals(
                Set.of(Flag.SENSE_OVERFLOW),
                Hex.sense("72 03 11 00 80 00 00 00").flags());
    }

    @Test
    void tellsDeferredFromCurrent() {
        assertTrue(Hex.sense("71 00 03 00").deferred());
        assertTrue(Hex.sense("73 03 11 00").deferred());
        assertFalse(Hex.sense("72 03 11 00").deferred());
        assertEquals(0x73, Hex.sense("73 03 11 00").responseCode());
    }

    @Test
    void informationNeedsItsValidBit() {
        assertEquals(
                OptionalLong.empty(),
                Hex.sense(FIXED_MEDIUM.replaceFirst("f0", "70")).information());
        assertEquals(
                OptionalLong.empty(),
                Hex.sense(DESCRIPTOR_MEDIUM.replace("00 0a 80", "00 0a 00")).information());
    }

    @Test
    void keySpecificNeedsItsValidBit() {
        assertEquals(
                Optional.empty(),
                Hex.sense(FIXED_MEDIUM.replace("80 00 10", "00 00 10")).keySpecific());
    }

    @ParameterizedTest
    @CsvSource({"5, cd 00 02", "3, 80 00 05", "2, 80 80 00", "a, aa 00 08", "6, 81 00 00", "b, 80 12 34"})
    void keySpecificOctetsComeBack(String key, String octets) {
        SenseData sense = Hex.sense("70 00 0" + key + " 00 00 00 00 0a 00 00 00 00 00 00 00 " + octets);
        assertEquals(Hex.octets(octets), sense.keySpecific().orElseThrow().encode());
    }

    @Test
    void keyDecidesTheMeaningOfTheKeySpecificOctets() {
        assertEquals(new FieldPointer(true, OptionalInt.of(5), 2), specific("5", "cd 00 02"));
        assertEquals(new FieldPointer(false, OptionalInt.empty(), 300), specific("5", "80 01 2c"));
        assertEquals(new ActualRetryCount(5), specific("1", "80 00 05"));
        assertEquals(new Progress(0x8000), specific("0", "80 80 00"));
        assertEquals(0.5, new Progress(0x8000).fraction());
        assertEquals(new SegmentPointer(true, OptionalInt.of(2), 8), specific("a", "aa 00 08"));
        assertEquals(new UnitAttentionQueue(true), specific("6", "81 00 00"));
        assertEquals(new Uninterpreted(Hex.octets("80 12 34")), specific("b", "80 12 34"));
    }

    private static SenseKeySpecific specific(String key, String octets) {
        return Hex.sense("70 00 0" + key + " 00 00 00 00 0a 00 00 00 00 00 00 00 " + octets)
                .keySpecific()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "'', TOO_SHORT",
        "70 00 03, TOO_SHORT",
        "00 00 00 00 00 00 00 00, WRONG_ERROR_CLASS",
        "80 00 03 00, WRONG_ERROR_CLASS",
        "6f 00 03 00, WRONG_ERROR_CLASS",
        "74 03 11 00, UNKNOWN_RESPONSE_CODE",
        "7e 03 11 00, UNKNOWN_RESPONSE_CODE"
    })
    void namesWhatIsWrongWithInvalidSense(String hex, DecodeProblem expected) {
        Decoded.Problem<SenseData> problem =
                SenseData.parse(Hex.octets(hex)).problem().orElseThrow();
        assertEquals(expected, problem.kind());
        assertTrue(problem.message().startsWith(expected.sentence()), problem.message());
    }

    @Test
    void readsTheVendorsResponseCodeAsFixed() {
        SenseData sense = Hex.sense("7f 00 04 00 00 00 00 0a 00 00 00 00 44 00 00 00 00 00");
        assertEquals(Format.VENDOR_SPECIFIC, sense.format());
        assertEquals(0x7f, sense.responseCode());
        assertEquals("Hardware Error, Internal target failure (4/44/00)", sense.describe());
    }

    @Test
    void trustsNothingBeyondTheAdditionalLength() {
        SenseData sense = Hex.sense("70 00 03 00 00 00 00 04 00 00 00 00 11 00 00 00 00 00");
        assertEquals(AdditionalSense.NONE, sense.additional());
        assertFalse(sense.cut());
    }

    @Test
    void tellsThatSenseWasCut() {
        SenseData sense = Hex.sense(DESCRIPTOR_MEDIUM.substring(0, DESCRIPTOR_MEDIUM.length() - 6));
        assertTrue(sense.cut());
        assertEquals(OptionalLong.of(0x136b24a78L), sense.information());
        assertEquals(4, sense.descriptors().size());
    }

    @Test
    void bareCodesBecomeFixedSenseInAPayload() {
        SenseData sense = SenseData.of(SenseKey.ABORTED_COMMAND, new AdditionalSense(0x47, 3));
        assertEquals(
                "70 00 0b 00 00 00 00 0a 00 00 00 00 47 03 00 00 00 00",
                sense.payload().toString());
        SenseData again = SenseData.parse(sense.payload()).toOptional().orElseThrow();
        assertEquals(sense.key(), again.key());
        assertEquals(sense.additional(), again.additional());
        assertFalse(again.valid());
        assertEquals(
                0x71,
                SenseData.of(SenseKey.MEDIUM_ERROR, AdditionalSense.NONE, true)
                        .toFixed()
                        .u8(0));
    }

    @Test
    void receivedOctetsStayAsTheyAreInAPayload() {
        assertEquals(Hex.octets(DESCRIPTOR_MEDIUM), Hex.sense(DESCRIPTOR_MEDIUM).payload());
    }

    @Test
    void anAddressTooWideForFixedFormatLosesItsValidBit() {
        SenseData fixed = SenseData.parse(Hex.sense(DESCRIPTOR_MEDIUM).toFixed())
                .toOptional()
                .orElseThrow();
        assertEquals(OptionalLong.empty(), fixed.information());
        assertEquals(OptionalLong.of(5), fixed.commandSpecific());
        assertEquals(0x2a, fixed.fru());
        assertEquals(Optional.of(new ActualRetryCount(3)), fixed.keySpecific());
        assertEquals(Set.of(Flag.INCORRECT_LENGTH), fixed.flags());
    }

    @Test
    void fixedSenseComesBackOctetByOctet() {
        for (long seed = 0; seed < 5_000; seed++) {
            Octets octets = randomFixed(new Random(seed));
            SenseData sense = SenseData.parse(octets).toOptional().orElseThrow();
            assertEquals(octets, sense.toFixed(), "seed " + seed);
        }
    }

    /** Any fixed sense whose invalid fields and reserved bits are zero, as a well-behaved device sends it. */
    private static Octets randomFixed(Random random) {
        int[] sense = random.ints(18, 0, 256).toArray();
        boolean valid = random.nextBoolean();
        sense[0] = 0x70 | random.nextInt(2) | (valid ? 0x80 : 0);
        sense[1] = 0;
        for (int i = 3; i < 7 && !valid; i++) {
            sense[i] = 0;
        }
        sense[7] = 10;
        sense[15] |= 0x80;
        switch (SenseKey.of(sense[2])) {
            case ILLEGAL_REQUEST -> sense[15] &= (sense[15] & 8) == 0 ? 0xc8 : 0xcf;
            case COPY_ABORTED -> sense[15] &= (sense[15] & 8) == 0 ? 0xa8 : 0xaf;
            case NO_SENSE, NOT_READY, RECOVERED_ERROR, MEDIUM_ERROR, HARDWARE_ERROR -> sense[15] = 0x80;
            case UNIT_ATTENTION -> {
                sense[15] &= 0x81;
                sense[16] = 0;
                sense[17] = 0;
            }
            default -> {}
        }
        return Octets.of(sense);
    }

    @Test
    void everyCutAndEveryFlippedBitDecodesToSomething() {
        for (String hex : GOOD) {
            byte[] whole = Hex.octets(hex).toArray();
            for (int length = 0; length <= whole.length; length++) {
                assertDecodes(Octets.of(whole).slice(0, length));
            }
            for (int bit = 0; bit < whole.length * 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                for (int length = 0; length <= flipped.length; length++) {
                    assertDecodes(Octets.of(flipped).slice(0, length));
                }
            }
        }
    }

    @Test
    void anyOctetsDecodeToSomething() {
        for (long seed = 0; seed < 50_000; seed++) {
            Random random = new Random(seed);
            byte[] octets = new byte[random.nextInt(300)];
            random.nextBytes(octets);
            if (octets.length > 0 && random.nextInt(4) > 0) {
                octets[0] = (byte) (0x70 | random.nextInt(4));
            }
            assertDecodes(Octets.of(octets));
        }
    }

    private static void assertDecodes(Octets octets) {
        Decoded<SenseData> decoded = SenseData.parse(octets);
        if (decoded instanceof Decoded.Problem<SenseData> problem) {
            assertFalse(problem.message().isBlank());
            return;
        }
        SenseData sense = decoded.toOptional().orElseThrow();
        assertEquals(octets, sense.payload());
        assertEquals(18, sense.toFixed().length());
        assertEquals(
                sense.key(),
                SenseData.parse(sense.toFixed()).toOptional().orElseThrow().key(),
                octets.toString());
        assertNotNull(sense.describe());
    }

    @ParameterizedTest
    @ValueSource(strings = {"70 00 03 00 00 00 00 0a 00 00 00 00 11 00 00 00 00 00", "72 03 11 00 00 00 00 00"})
    void aBufferPaddedByTheDriverReadsTheSame(String hex) {
        SenseData exact = Hex.sense(hex);
        SenseData padded = Hex.sense(hex + " 00".repeat(96 - exact.raw().length()));
        assertEquals(exact.additional(), padded.additional());
        assertEquals(exact.descriptors(), padded.descriptors());
        assertFalse(padded.cut());
    }
}
