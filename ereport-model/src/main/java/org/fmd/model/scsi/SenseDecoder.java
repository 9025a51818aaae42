// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fmd.model.scsi.SenseData.Flag;
import org.fmd.model.scsi.SenseData.Format;

/** From octets to {@link SenseData}, after SPC-6 4.4.2 (descriptor format) and 4.4.3 (fixed format). */
final class SenseDecoder {
    /** The least that carries a key; in descriptor format also code and qualifier. The reference's minimum too. */
    private static final int MIN_LENGTH = 4;

    private static final int HEADER = 8;

    private SenseDecoder() {}

    static Decoded<SenseData> decode(Octets sense) {
        if (sense.length() < MIN_LENGTH) {
            return Decoded.problem(DecodeProblem.TOO_SHORT, "sense data of " + sense.length() + " octets");
        }
        int code = sense.u8(0) & 0x7f;
        if ((code & 0x70) != 0x70) {
            return Decoded.problem(DecodeProblem.WRONG_ERROR_CLASS, String.format("first octet 0x%02x", sense.u8(0)));
        }
        return switch (code & 0x0f) {
            case 0, 1 -> Decoded.of(fixed(sense, Format.FIXED, code == 0x71));
            case 2, 3 -> Decoded.of(descriptor(sense, code == 0x73));
            case 0xf -> Decoded.of(fixed(sense, Format.VENDOR_SPECIFIC, false));
            default ->
                Decoded.problem(DecodeProblem.UNKNOWN_RESPONSE_CODE, String.format("response code 0x%02x", code));
        };
    }

    /** The bit of octet 2 in fixed format. */
    static int fixedBit(Flag flag) {
        return switch (flag) {
            case FILEMARK -> 0x80;
            case END_OF_MEDIUM -> 0x40;
            case INCORRECT_LENGTH -> 0x20;
            case SENSE_OVERFLOW -> 0x10;
        };
    }

    private static SenseData fixed(Octets received, Format format, boolean deferred) {
        Octets sense = meant(received);
        EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            if (sense.bit(2, fixedBit(flag))) {
                flags.add(flag);
            }
        }
        SenseKey key = SenseKey.of(sense.u8(2));
        boolean valid = sense.bit(0, 0x80);
        return new SenseData(
                format,
                deferred,
                key,
                new AdditionalSense(octet(sense, 12), octet(sense, 13)),
                valid ? number(sense, 3, 4) : OptionalLong.empty(),
                number(sense, 8, 4),
                octet(sense, 14),
                SenseKeySpecific.read(key, sense, 15),
                flags,
                Optional.empty(),
                List.of(),
                isCut(received),
                received);
    }

    private static SenseData descriptor(Octets received, boolean deferred) {
        Octets sense = meant(received);
        SenseKey key = SenseKey.of(sense.u8(1));
        Fields fields = new Fields(key);
        if (sense.has(4, 1) && sense.bit(4, 0x80)) {
            fields.flags.add(Flag.SENSE_OVERFLOW);
        }
        List<SenseDescriptor> descriptors = split(sense);
        descriptors.forEach(fields::take);
        return new SenseData(
                Format.DESCRIPTOR,
                deferred,
                key,
                new AdditionalSense(sense.u8(2), sense.u8(3)),
                fields.information,
                fields.commandSpecific,
                fields.fru,
                fields.keySpecific,
                fields.flags,
                fields.ata,
                descriptors,
                isCut(received),
                received);
    }

    /** Fields gathered from descriptors; the first of a kind wins, as SPC-6 wants each at most once. */
    private static final class Fields {
        final SenseKey key;
        final EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
        OptionalLong information = OptionalLong.empty();
        OptionalLong commandSpecific = OptionalLong.empty();
        int fru;
        Optional<SenseKeySpecific> keySpecific = Optional.empty();
        Optional<AtaStatusReturn> ata = Optional.empty();

        Fields(SenseKey key) {
            this.key = key;
        }

        void take(SenseDescriptor descriptor) {
            Octets d = descriptor.octets();
            switch (descriptor.type()) {
                case SenseDescriptor.INFORMATION -> information(d, 4);
                case SenseDescriptor.COMMAND_SPECIFIC -> commandSpecific(d, 4);
                case SenseDescriptor.SENSE_KEY_SPECIFIC -> keySpecific(d, 4);
                case SenseDescriptor.FIELD_REPLACEABLE_UNIT -> fru(d, 3);
                case SenseDescriptor.STREAM_COMMANDS -> {
                    flag(d, 3, 0x80, Flag.FILEMARK);
                    flag(d, 3, 0x40, Flag.END_OF_MEDIUM);
                    flag(d, 3, 0x20, Flag.INCORRECT_LENGTH);
                }
                case SenseDescriptor.BLOCK_COMMANDS -> flag(d, 3, 0x20, Flag.INCORRECT_LENGTH);
                case SenseDescriptor.ATA_STATUS_RETURN -> ata = ata.or(() -> AtaStatusReturn.read(descriptor));
                case SenseDescriptor.DIRECT_ACCESS_BLOCK_DEVICE -> {
                    flag(d, 2, 0x20, Flag.INCORRECT_LENGTH);
                    keySpecific(d, 4);
                    fru(d, 7);
                    information(d, 8);
                    commandSpecific(d, 16);
                }
                default -> {
                    // Kept in the list of descriptors; nothing here knows its meaning.
                }
            }
        }

        private void information(Octets d, int at) {
            if (information.isEmpty() && d.has(2, 1) && d.bit(2, 0x80)) {
                information = number(d, at, 8);
            }
        }

        private void commandSpecific(Octets d, int at) {
            if (commandSpecific.isEmpty()) {
                commandSpecific = number(d, at, 8);
            }
        }

        private void keySpecific(Octets d, int at) {
            keySpecific = keySpecific.or(() -> SenseKeySpecific.read(key, d, at));
        }

        private void fru(Octets d, int at) {
            if (fru == 0) {
                fru = octet(d, at);
            }
        }

        private void flag(Octets d, int at, int mask, Flag flag) {
            if (d.has(at, 1) && d.bit(at, mask)) {
                flags.add(flag);
            }
        }
    }

    /** The whole descriptors; one that is cut off ends the list. */
    private static List<SenseDescriptor> split(Octets sense) {
        List<SenseDescriptor> descriptors = new ArrayList<>();
        int at = HEADER;
        while (sense.has(at, 2)) {
            int end = at + 2 + sense.u8(at + 1);
            if (end > sense.length()) {
                break;
            }
            descriptors.add(new SenseDescriptor(sense.slice(at, end)));
            at = end;
        }
        return descriptors;
    }

    /** The part that the device filled in: drivers hand over buffers of 96 octets whatever the device sent. */
    private static Octets meant(Octets received) {
        if (received.length() < HEADER) {
            return received;
        }
        return received.slice(0, Math.min(received.length(), HEADER + received.u8(7)));
    }

    private static boolean isCut(Octets received) {
        return received.length() < HEADER || received.length() < HEADER + received.u8(7);
    }

    private static OptionalLong number(Octets octets, int at, int size) {
        return octets.has(at, size) ? OptionalLong.of(octets.uint(at, size)) : OptionalLong.empty();
    }

    private static int octet(Octets octets, int at) {
        return octets.has(at, 1) ? octets.u8(at) : 0;
    }
}
