// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fmd.model.scsi.OpCode.Access;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpCodeTest {
    @ParameterizedTest
    @EnumSource
    void numbersAndSpellingsLeadBack(OpCode op) {
        assertEquals(
                Optional.of(op),
                op.serviceAction().isPresent()
                        ? OpCode.of(op.opcode(), op.serviceAction().getAsInt())
                        : OpCode.of(op.opcode()));
        for (String spelling : op.spellings()) {
            assertEquals(Optional.of(op), OpCode.parse(spelling), spelling);
            assertEquals(Optional.of(op), OpCode.parse(spelling.toUpperCase(Locale.ROOT)), spelling);
        }
    }

    @Test
    void noTwoCommandsShareANumberOrAName() {
        Map<String, OpCode> seen = new HashMap<>();
        for (OpCode op : OpCode.values()) {
            assertNull(seen.put(op.opcode() + "/" + op.serviceAction(), op), op.name());
            assertNull(seen.put(op.t10Name(), op), op.name());
        }
    }

    @Test
    void onlyOpCodesWithServiceActionsHaveRowsForThem() {
        for (OpCode op : OpCode.values()) {
            assertTrue(op.serviceAction().isEmpty() || OpCode.hasServiceActions(op.opcode()), op.name());
            assertTrue(OpCode.of(op.opcode()).isPresent(), "no row for the operation code of " + op.name());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Read(10)                            | READ_10
            Read (6)                            | READ_6
            Write Verify(10)                    | WRITE_AND_VERIFY_10
            Write an verify(32)                 | WRITE_AND_VERIFY_32
            Synchronize Cache(10)               | SYNCHRONIZE_CACHE_10
            Test Unit Ready                     | TEST_UNIT_READY
            Unmap/Read sub-channel              | UNMAP
            Memory Export Out(16)               | COMPARE_AND_WRITE
            Extended copy                       | EXTENDED_COPY_LID1
            opcode=0x28                         | READ_10
            opcode=0x9e, sa=0x12                | GET_LBA_STATUS_16
            cdb[0]=0xa3, sa=0xa                 | REPORT_TARGET_PORT_GROUPS
            Service action in(16), sa=0x17      | GET_PHYSICAL_ELEMENT_STATUS
            Variable length, sa=0xf             | WRITE_ATOMIC_32
            """)
    void parsesNamesOfAllKernels(String text, OpCode expected) {
        assertEquals(Optional.of(expected), OpCode.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Read", "opcode=0xc1 (vendor)", "opcode=0x60 (reserved)", "Load unload", "opcode=0x123"})
    void answersNothingForOtherNames(String text) {
        assertEquals(Optional.empty(), OpCode.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WRITE_16               | Write(16)
            READ_CAPACITY_16       | Read capacity(16)
            STREAM_CONTROL         | Service action in(16), sa=0x14
            ORWRITE_32             | Variable length, sa=0xe
            SANITIZE_BLOCK_ERASE   | Sanitize/Play audio track/index
            WRITE_ATOMIC_16        | opcode=0x9c
            RESET_WRITE_POINTER    | opcode=0x94
            """)
    void tellsWhatCurrentKernelsPrint(OpCode op, String expected) {
        assertEquals(expected, op.kernelName());
    }

    @ParameterizedTest
    @CsvSource({
        "READ_6, READ",
        "READ_32, READ",
        "WRITE_SAME_16, WRITE",
        "COMPARE_AND_WRITE, WRITE",
        "UNMAP, WRITE",
        "WRITE_AND_VERIFY_16, WRITE",
        "SANITIZE_OVERWRITE, WRITE",
        "VERIFY_12, VERIFY",
        "SYNCHRONIZE_CACHE_16, FLUSH",
        "INQUIRY, NONE",
        "PRE_FETCH_10, NONE"
    })
    void knowsWhatACommandDoesToData(OpCode op, Access expected) {
        assertEquals(expected, op.access());
    }
}
