// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SenseKeyTest {
    @ParameterizedTest
    @EnumSource
    void numberAndBothTextsLeadBack(SenseKey key) {
        assertEquals(key, SenseKey.of(key.number()));
        assertEquals(Optional.of(key), SenseKey.parse(key.kernelText()));
        assertEquals(Optional.of(key), SenseKey.parse(key.t10Text()));
        assertEquals(Optional.of(key), SenseKey.parse("0x" + Integer.toHexString(key.number())));
    }

    @ParameterizedTest
    @CsvSource({
        "'Medium Error [current] ', MEDIUM_ERROR",
        "'Aborted Command [deferred] [descriptor] ', ABORTED_COMMAND",
        "'0x3 [current] ', MEDIUM_ERROR",
        "'Vendor Specific(9) [current] ', VENDOR_SPECIFIC",
        "'0xf ', COMPLETED"
    })
    void readsWhatKernelsPrint(String text, SenseKey expected) {
        assertEquals(Optional.of(expected), SenseKey.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[current]", "0x", "0x10", "Medium", "3"})
    void answersNothingForOtherText(String text) {
        assertEquals(Optional.empty(), SenseKey.parse(text));
    }

    @Test
    void hasTheNumbersOfTheStandard() {
        assertEquals(3, SenseKey.MEDIUM_ERROR.number());
        assertEquals(0xb, SenseKey.ABORTED_COMMAND.number());
        assertEquals(0xd, SenseKey.VOLUME_OVERFLOW.number());
        assertEquals(0xf, SenseKey.COMPLETED.number());
        assertEquals(16, SenseKey.values().length);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3 | 11 | 00 | Medium Error, Unrecovered read error (3/11/00)
            4 | 44 | f9 | Hardware Error, Vendor specific (4/44/f9)
            9 | 80 | 01 | Vendor Specific, Vendor specific (9/80/01)
            b | 00 | 00 | Aborted Command (b/00/00)
            5 | 0f | 00 | Illegal Request, Unassigned (5/0f/00)
            """)
    void describesSenseInWords(String key, String asc, String ascq, String expected) {
        assertEquals(
                expected,
                SenseText.describe(Integer.parseInt(key, 16), Integer.parseInt(asc, 16), Integer.parseInt(ascq, 16)));
    }
}
