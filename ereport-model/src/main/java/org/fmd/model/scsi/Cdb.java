// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A command descriptor block of a disk: what was asked of it (SPC-6 4.2; layouts of SBC-5).
 *
 * <p>Its length is the one that its operation code prescribes: 6, 10, 12 or 16 octets by group, 8 plus its own count
 * for 7Fh. Operation codes of the vendor (C0h to FFh), reserved ones and extended CDBs (7Eh) may have any length up to
 * 260.
 *
 * @param octets the block, at least one octet
 */
public record Cdb(Octets octets) {
    private static final int MAX_LENGTH = 260;
    private static final int VARIABLE = 0x7f;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern OCTET = Pattern.compile("\\p{XDigit}{2}");

    public Cdb {
        Optional<String> fault = fault(octets);
        if (fault.isPresent()) {
            throw new IllegalArgumentException(fault.get());
        }
    }

    /** Takes octets of any length and content; never throws. A wrong length is a problem. */
    public static Decoded<Cdb> parse(Octets octets) {
        if (octets.length() == 0) {
            return Decoded.problem(DecodeProblem.TOO_SHORT, "command descriptor block of 0 octets");
        }
        Optional<String> fault = fault(octets);
        return fault.isPresent()
                ? Decoded.problem(DecodeProblem.WRONG_LENGTH, fault.get())
                : Decoded.of(new Cdb(octets));
    }

    /** The same from an array, which is copied. */
    public static Decoded<Cdb> parse(byte[] octets) {
        return parse(Octets.of(octets));
    }

    /** Reads hex octets as kernel messages and {@link #toString()} have them: {@code 28 00 00 00 12 30 00 00 10 00}. */
    public static Decoded<Cdb> parse(String hex) {
        return Octets.parse(hex).then(Cdb::parse);
    }

    /**
     * Reads what follows {@code CDB:} in a kernel message, the name of the command before the octets:
     * {@code Read(10) 28 00 …}, {@code Read(10): 28 00 …}, {@code opcode=0x28 28 00 …}.
     */
    public static Decoded<Cdb> parseNamed(String text) {
        String[] words = BLANKS.split(text.strip(), -1);
        int first = words.length;
        while (first > 0 && OCTET.matcher(words[first - 1]).matches()) {
            first--;
        }
        return first == words.length
                ? Decoded.problem(DecodeProblem.NOT_HEX, "'" + text + "'")
                : parse(String.join(" ", List.of(words).subList(first, words.length)));
    }

    private static Optional<String> fault(Octets octets) {
        int length = octets.length();
        if (length == 0 || length > MAX_LENGTH) {
            return Optional.of(length + " octets");
        }
        int opcode = octets.u8(0);
        if (opcode == VARIABLE && length < 10) {
            return Optional.of("operation code 0x7f with " + length + " octets, expected 10 or more");
        }
        int expected = expectedLength(octets);
        return expected == 0 || expected == length
                ? Optional.empty()
                : Optional.of(
                        String.format("operation code 0x%02x with %d octets, expected %d", opcode, length, expected));
    }

    /** The length the operation code prescribes; 0 if any will do. */
    private static int expectedLength(Octets octets) {
        int opcode = octets.u8(0);
        if (opcode == VARIABLE) {
            return 8 + octets.u8(7);
        }
        return switch (opcode >> 5) {
            case 0 -> 6;
            case 1, 2 -> 10;
            case 4 -> 16;
            case 5 -> 12;
            default -> 0;
        };
    }

    /** The operation code, 0 to 255: payload member {@code op-code}. */
    public int opcode() {
        return octets.u8(0);
    }

    /** The service action, for operation codes that have them: 16 bits for 7Fh, else 5 bits. */
    public OptionalInt serviceAction() {
        if (!OpCode.hasServiceActions(opcode())) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(opcode() == VARIABLE ? (int) octets.uint(8, 2) : octets.u8(1) & 0x1f);
    }

    /** The command, if a standard for disks knows it. */
    public Optional<OpCode> command() {
        OptionalInt action = serviceAction();
        return action.isPresent() ? OpCode.of(opcode(), action.getAsInt()) : OpCode.of(opcode());
    }

    /** T10's name of the command, or its operation code in hex. */
    public String name() {
        return command().map(OpCode::t10Name).orElseGet(() -> String.format("operation code 0x%02x", opcode()));
    }

    /** What the command does to data on the medium; {@code NONE} for an unknown one. */
    public OpCode.Access access() {
        return command().map(OpCode::access).orElse(OpCode.Access.NONE);
    }

    /** Whether the command is about a certain block or run of blocks, so that {@link #lba()} is there. */
    public boolean addressesBlocks() {
        return lba().isPresent();
    }

    /** The first logical block, an unsigned number of up to 64 bits; empty if the command addresses none. */
    public OptionalLong lba() {
        return range().lba(octets);
    }

    /**
     * How many logical blocks. READ(6) and WRITE(6) say 0 for 256; elsewhere 0 is 0, see {@link #reachesToEnd()}. Empty
     * if the command addresses no blocks, or one without a number of them (SEEK, zones).
     */
    public OptionalLong blocks() {
        return range().blocks(octets);
    }

    /** Whether {@link #blocks()} is a 0 that means "up to the last block": SYNCHRONIZE CACHE, WRITE SAME, PRE-FETCH. */
    public boolean reachesToEnd() {
        return range().reachesToEnd(octets);
    }

    /** Whether the block lies in the run that the command addresses. */
    public boolean covers(long block) {
        OptionalLong first = lba();
        if (first.isEmpty() || Long.compareUnsigned(block, first.getAsLong()) < 0) {
            return false;
        }
        long distance = block - first.getAsLong();
        return reachesToEnd() || Long.compareUnsigned(distance, blocks().orElse(1)) < 0;
    }

    private BlockRange range() {
        return command().map(OpCode::range).orElse(BlockRange.NONE);
    }

    /** The octets in hex: {@code 28 00 00 00 12 30 00 00 10 00}. */
    @Override
    public String toString() {
        return octets.toString();
    }
}
