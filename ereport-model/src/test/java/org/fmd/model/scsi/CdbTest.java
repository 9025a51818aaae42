// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.fmd.model.scsi.OpCode.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CdbTest {
    private static final String READ_32 =
            "7f 00 00 00 00 00 00 18 00 09 00 00 00 00 00 00 00 00 12 34 00 00 00 00 00 00 00 00 00 00 00 08";

    @Test
    void readsEveryLineThatKernelsPrinted() throws IOException {
        for (String[] row : Hex.rows("kernel-cdb-lines.txt")) {
            Cdb cdb = Cdb.parseNamed(row[3]).toOptional().orElseThrow();
            String opcode = String.format("%02x", cdb.opcode());
            String action = cdb.serviceAction().isPresent()
                    ? "/" + Integer.toHexString(cdb.serviceAction().getAsInt())
                    : "";
            assertEquals(row[0], opcode + action, row[3]);
            assertEquals(row[1], text(cdb.lba()), row[3]);
            assertEquals(row[2], text(cdb.blocks()), row[3]);
            String name = row[3].substring(0, row[3].length() - cdb.toString().length());
            assertEquals(
                    cdb.command(),
                    OpCode.parse(name.replaceAll("[: ]+$", ""))
                            .flatMap(op -> op.serviceAction().isPresent()
                                            || cdb.serviceAction().isEmpty()
                                    ? Optional.of(op)
                                    : OpCode.of(op.opcode(), cdb.serviceAction().getAsInt())),
                    row[3]);
        }
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? Long.toUnsignedString(number.getAsLong()) : "-";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            08 1f ff ff 00 00                                     | READ(6)               | 2097151          | 256
            0a e0 00 10 08 00                                     | WRITE(6)              | 16               | 8
            28 00 ff ff ff ff 00 ff ff 00                         | READ(10)              | 4294967295       | 65535
            28 00 00 00 00 10 00 00 00 00                         | READ(10)              | 16               | 0
            2f 00 00 00 00 10 00 00 04 00                         | VERIFY(10)            | 16               | 4
            41 00 00 00 00 10 00 00 04 00                         | WRITE SAME(10)        | 16               | 4
            3e 00 00 00 00 10 00 02 08 00                         | READ LONG(10)         | 16               | 1
            2b 00 00 00 00 10 00 00 00 00                         | SEEK(10)              | 16               | -
            a8 00 00 00 00 10 00 01 00 00 00 00                   | READ(12)              | 16               | 65536
            88 00 ff ff ff ff ff ff ff ff 00 00 00 01 00 00       | READ(16)              | 18446744073709551615 | 1
            89 00 00 00 00 00 00 00 00 10 00 00 00 02 00 00       | COMPARE AND WRITE     | 16               | 2
            9c 00 00 00 00 00 00 00 00 10 00 00 00 08 00 00       | WRITE ATOMIC(16)      | 16               | 8
            9e 11 00 00 00 00 00 00 00 10 00 00 02 08 00 00       | READ LONG(16)         | 16               | 1
            9e 12 00 00 00 00 00 00 00 10 00 00 00 20 00 00       | GET LBA STATUS(16)    | 16               | -
            9f 51 00 00 00 00 00 00 00 10 00 00 00 00 00 00       | WRITE LONG(16)        | 16               | 1
            95 00 00 00 00 00 00 08 00 00 00 00 10 00 00 00       | REPORT ZONES          | 524288           | -
            42 00 00 00 00 00 00 00 18 00                         | UNMAP                 | -                | -
            48 03 00 00 00 00 00 00 00 00                         | SANITIZE, CRYPTOGRAPHIC ERASE | -        | -
            12 00 00 00 24 00                                     | INQUIRY               | -                | -
            a3 0c 00 00 00 00 00 00 00 20 00 00                   | REPORT SUPPORTED OPERATION CODES | -     | -
            a3 1f 00 00 00 00 00 00 00 20 00 00                   | MAINTENANCE IN        | -                | -
            c5 01 02                                              | operation code 0xc5   | -                | -
            """)
    void knowsAddressAndCountOfEveryLayout(String hex, String name, String lba, String blocks) {
        Cdb cdb = Hex.cdb(hex);
        assertEquals(name, cdb.name());
        assertEquals(lba, text(cdb.lba()));
        assertEquals(blocks, text(cdb.blocks()));
        assertEquals(!"-".equals(lba), cdb.addressesBlocks());
        assertEquals(hex, cdb.toString());
    }

    @Test
    void readsThirtyTwoOctets() {
        Cdb cdb = Hex.cdb(READ_32);
        assertEquals(Optional.of(OpCode.READ_32), cdb.command());
        assertEquals(OptionalInt.of(9), cdb.serviceAction());
        assertEquals(OptionalLong.of(0x1234), cdb.lba());
        assertEquals(OptionalLong.of(8), cdb.blocks());
        assertEquals(Access.READ, cdb.access());
    }

    @Test
    void joinsTheRowsOfALongCdb() {
        String joined = READ_32.substring(0, 47) + " \n" + READ_32.substring(48);
        assertEquals(Hex.cdb(READ_32), Hex.cdb(joined));
    }

    @ParameterizedTest
    @CsvSource({
        "'', TOO_SHORT",
        "28 00 00 00 12 30 00 00 10, WRONG_LENGTH",
        "28 00 00 00 12 30 00 00 10 00 00, WRONG_LENGTH",
        "00 00 00 00 00, WRONG_LENGTH",
        "88 00 00 00 00 00 00 00 00 00, WRONG_LENGTH",
        "7f 00 00 00, WRONG_LENGTH",
        "7f 00 00 00 00 00 00 18 00 09, WRONG_LENGTH",
        "28 zz, NOT_HEX",
        "2800, NOT_HEX",
        "hello, NOT_HEX"
    })
    void namesWhatIsWrong(String hex, DecodeProblem expected) {
        assertEquals(expected, Cdb.parse(hex).problem().orElseThrow().kind());
    }

    @Test
    void aLineCutShortIsNotTakenForAnotherCommand() {
        assertEquals(
                DecodeProblem.WRONG_LENGTH,
                Cdb.parseNamed("Read(10) 28 00 00 00 12 30 00")
                        .problem()
                        .orElseThrow()
                        .kind());
        assertEquals(
                DecodeProblem.NOT_HEX,
                Cdb.parseNamed("Read(10)").problem().orElseThrow().kind());
        assertThrows(IllegalArgumentException.class, () -> new Cdb(Octets.of(0x28, 0)));
    }

    @Test
    void coversTheBlocksItAddresses() {
        Cdb read = Hex.cdb("28 00 00 00 12 30 00 00 10 00");
        assertFalse(read.covers(0x122f));
        assertTrue(read.covers(0x1230));
        assertTrue(read.covers(0x123f));
        assertFalse(read.covers(0x1240));
        assertFalse(Hex.cdb("12 00 00 00 24 00").covers(0));
    }

    @Test
    void coversByUnsignedNumbers() {
        Cdb high = Hex.cdb("88 00 ff ff ff ff ff ff ff f0 00 00 00 10 00 00");
        assertTrue(high.covers(-1));
        assertFalse(high.covers(5));
    }

    @Test
    void aFlushOfZeroBlocksReachesToTheEnd() {
        Cdb flush = Hex.cdb("35 00 00 00 00 10 00 00 00 00");
        assertTrue(flush.reachesToEnd());
        assertTrue(flush.covers(1L << 40));
        assertFalse(flush.covers(0));
        assertFalse(Hex.cdb("28 00 00 00 00 10 00 00 00 00").covers(16));
        assertFalse(Hex.cdb("35 00 00 00 00 10 00 00 01 00").reachesToEnd());
    }

    @Test
    void anyOctetsParseToSomething() {
        for (long seed = 0; seed < 50_000; seed++) {
            Random random = new Random(seed);
            byte[] octets = new byte[random.nextInt(36)];
            random.nextBytes(octets);
            Decoded<Cdb> decoded = Cdb.parse(octets);
            decoded.toOptional().ifPresent(cdb -> {
                assertEquals(Optional.of(cdb), Cdb.parse(cdb.toString()).toOptional());
                assertNotNull(cdb.name());
                assertEquals(cdb.addressesBlocks(), cdb.lba().isPresent());
                assertNotNull(cdb.blocks());
                assertNotNull(cdb.serviceAction());
            });
            assertTrue(decoded.toOptional().isPresent() != decoded.problem().isPresent(), "seed " + seed);
        }
    }
}
