// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Sense data: what a device says about an exception (SPC-6 4.4), from octets of either format or from bare codes.
 *
 * <p>Only what the device marked valid is here: {@link #information()} needs the VALID bit, {@link #keySpecific()} the
 * SKSV bit. Fields beyond the device's own additional length, or beyond what was received, count as absent.
 *
 * @param format how it came
 * @param deferred true if it speaks of an earlier command, not of the one that returned it (response codes 71h, 73h)
 * @param key the sense key
 * @param additional additional sense code and qualifier; 00/00 if none was sent
 * @param information the INFORMATION field: for a disk the first bad LBA, unsigned 32 bits in fixed and 64 in
 *     descriptor format
 * @param commandSpecific the COMMAND-SPECIFIC INFORMATION field, where it was sent; fixed format always sends it
 * @param fru the device's number for the part to replace, 1 to 255; 0 if it names none
 * @param keySpecific the sense key specific octets
 * @param flags conditions that were flagged
 * @param ata registers of the ATA device behind a translation layer
 * @param descriptors all whole descriptors in order, known or not; empty in fixed format
 * @param cut whether the device meant to send more than was received
 * @param raw the octets as received; none for bare codes
 */
public record SenseData(
        Format format,
        boolean deferred,
        SenseKey key,
        AdditionalSense additional,
        OptionalLong information,
        OptionalLong commandSpecific,
        int fru,
        Optional<SenseKeySpecific> keySpecific,
        Set<Flag> flags,
        Optional<AtaStatusReturn> ata,
        List<SenseDescriptor> descriptors,
        boolean cut,
        Octets raw) {

    /** How sense data came. */
    public enum Format {
        /** Response codes 70h and 71h. */
        FIXED,
        /** Response codes 72h and 73h. */
        DESCRIPTOR,
        /** Response code 7Fh, read as if it were fixed, as the Solaris disk driver does: take it with reserve. */
        VENDOR_SPECIFIC,
        /** Key, code and qualifier alone: kernel messages and trace events give no more. */
        CODES_ONLY
    }

    /** Conditions flagged beside the key. */
    public enum Flag {
        FILEMARK,
        END_OF_MEDIUM,
        INCORRECT_LENGTH,
        /** SDAT_OVFL: the device had more to say than fits. */
        SENSE_OVERFLOW
    }

    private static final int FIXED_LENGTH = 18;
    private static final long MAX_FIXED = 0xffff_ffffL;

    public SenseData {
        flags = flags.isEmpty() ? Set.of() : Set.copyOf(flags);
        descriptors = List.copyOf(descriptors);
    }

    /**
     * Decodes octets of any length and content; never throws.
     *
     * @return the sense data, or the rule that the octets break, which is the reference's idea of invalid sense (fewer
     *     than four octets, an error class other than 7, a response code other than 70h to 73h and 7Fh): telemetry of
     *     class {@code uderr} with {@code un-decode-info=sense-data}
     */
    public static Decoded<SenseData> parse(Octets sense) {
        return SenseDecoder.decode(sense);
    }

    /** The same from an array, which is copied. */
    public static Decoded<SenseData> parse(byte[] sense) {
        return parse(Octets.of(sense));
    }

    /** Sense data of which only the codes are known, taken to be current. */
    public static SenseData of(SenseKey key, AdditionalSense additional) {
        return of(key, additional, false);
    }

    /** Sense data of which only the codes are known, and whether the kernel said {@code [deferred]}. */
    public static SenseData of(SenseKey key, AdditionalSense additional, boolean deferred) {
        return new SenseData(
                Format.CODES_ONLY,
                deferred,
                key,
                additional,
                OptionalLong.empty(),
                OptionalLong.empty(),
                0,
                Optional.empty(),
                EnumSet.noneOf(Flag.class),
                Optional.empty(),
                List.of(),
                false,
                Octets.EMPTY);
    }

    /** The response code: 70h to 73h, 7Fh; for bare codes that of fixed format. */
    public int responseCode() {
        return switch (format) {
            case FIXED, CODES_ONLY -> deferred ? 0x71 : 0x70;
            case DESCRIPTOR -> deferred ? 0x73 : 0x72;
            case VENDOR_SPECIFIC -> 0x7f;
        };
    }

    /** Whether the INFORMATION field is there and the device vouches for it. */
    public boolean valid() {
        return information.isPresent();
    }

    /** The octets for a payload member {@code sense-data}: as received, or for bare codes {@link #toFixed()}. */
    public Octets payload() {
        return raw.length() > 0 ? raw : toFixed();
    }

    /**
     * The same in fixed format, 18 octets. A number that does not fit its four octets is left out, the INFORMATION
     * field with VALID zero (SPC-6 4.4.3); descriptors without a place in fixed format are lost.
     */
    public Octets toFixed() {
        int[] sense = new int[FIXED_LENGTH];
        sense[0] = deferred ? 0x71 : 0x70;
        sense[2] = key.number();
        for (Flag flag : flags) {
            sense[2] |= SenseDecoder.fixedBit(flag);
        }
        if (fits(information)) {
            sense[0] |= 0x80;
            put32(sense, 3, information.getAsLong());
        }
        sense[7] = FIXED_LENGTH - 8;
        if (fits(commandSpecific)) {
            put32(sense, 8, commandSpecific.getAsLong());
        }
        sense[12] = additional.asc();
        sense[13] = additional.ascq();
        sense[14] = fru;
        keySpecific.map(SenseKeySpecific::encode).ifPresent(specific -> {
            for (int i = 0; i < 3; i++) {
                sense[15 + i] = specific.u8(i);
            }
        });
        return Octets.of(sense);
    }

    private static boolean fits(OptionalLong number) {
        return number.isPresent() && number.getAsLong() >= 0 && number.getAsLong() <= MAX_FIXED;
    }

    private static void put32(int[] octets, int at, long value) {
        for (int i = 0; i < 4; i++) {
            octets[at + i] = (int) (value >> (8 * (3 - i))) & 0xff;
        }
    }

    /** In words: {@code Medium Error, Unrecovered read error (3/11/00)}. */
    public String describe() {
        return SenseText.describe(key, additional);
    }
}
