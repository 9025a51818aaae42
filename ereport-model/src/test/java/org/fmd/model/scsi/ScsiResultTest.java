// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScsiResultTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0x00000000 | DID_OK, good                              | cmplt
            0x00000002 | DID_OK, check condition                   | cmplt
            0x00010000 | DID_NO_CONNECT, good                      | gone
            0x00030000 | DID_TIME_OUT, good                        | timeout
            0x00050002 | DID_ABORT, check condition                | aborted
            0x00080000 | DID_RESET, good                           | reset
            0x000e0000 | DID_TRANSPORT_DISRUPTED, good             | tran_err
            0x00140000 | DID_TRANSPORT_MARGINAL, good              | tran_err
            0x00000018 | DID_OK, reservation conflict              | cmplt
            0x00150003 | hostbyte=0x15, status 0x03                | tran_err
            """)
    void splitsTheResult(String hex, String text, String reason) {
        ScsiResult result = new ScsiResult(Integer.decode(hex));
        assertEquals(text, result.toString());
        assertEquals(reason, result.pktReason().toString());
    }

    @Test
    void readsTheDriverByteOfOldKernels() {
        ScsiResult old = new ScsiResult(0x08000002);
        assertEquals(8, old.driverByte());
        assertTrue(old.isCheckCondition());
        assertFalse(old.isGood());
        assertEquals(0xff, new ScsiResult(0xff00_0000).driverByte());
        assertEquals(0x0d, new ScsiResult(0x0000_0d00).messageByte());
    }

    @ParameterizedTest
    @EnumSource
    void hostBytesLeadBack(HostByte host) {
        assertEquals(Optional.of(host), HostByte.of(host.number()));
        assertEquals(Optional.of(host), HostByte.parse(host.kernelName()));
        assertEquals(Optional.of(host), HostByte.parse(String.format("0x%02x", host.number())));
        assertEquals(Optional.of(host), ScsiResult.of(host, StatusByte.GOOD).host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DID_", "OK", "0x15", "0xff", "DID_WHATEVER"})
    void answersNothingForOtherHostBytes(String text) {
        assertEquals(Optional.empty(), HostByte.parse(text));
    }

    @Test
    void hostBytesHaveTheNumbersOfTheKernel() {
        assertEquals(0x07, HostByte.ERROR.number());
        assertEquals(0x0b, HostByte.SOFT_ERROR.number());
        assertEquals(0x0f, HostByte.TRANSPORT_FAILFAST.number());
        assertEquals(0x13, HostByte.MEDIUM_ERROR.number());
        assertEquals(0x14, HostByte.TRANSPORT_MARGINAL.number());
    }

    @Test
    void hostBytesTellTheirPktStatistics() {
        assertEquals(0x40, HostByte.TIME_OUT.pktStatistics());
        assertEquals(0x20, HostByte.ABORT.pktStatistics());
        assertEquals(0x08, HostByte.RESET.pktStatistics());
        assertEquals(0x04, HostByte.PARITY.pktStatistics());
        assertEquals(0, HostByte.OK.pktStatistics());
    }

    @ParameterizedTest
    @EnumSource
    void statusesLeadBack(StatusByte status) {
        assertEquals(Optional.of(status), StatusByte.of(status.number()));
    }

    @Test
    void unknownStatusIsNothing() {
        assertEquals(Optional.empty(), StatusByte.of(0x01));
        assertEquals("TASK SET FULL", StatusByte.of(0x28).orElseThrow().t10Text());
    }

    @ParameterizedTest
    @EnumSource
    void pktReasonsLeadBack(PktReason reason) {
        assertEquals(Optional.of(reason), PktReason.of(reason.number()));
    }

    @Test
    void pktReasonsHaveTheNumbersOfSolaris() {
        assertEquals(6, PktReason.TIMEOUT.number());
        assertEquals(20, PktReason.UNX_BUS_FREE.number());
        assertEquals(24, PktReason.DEV_GONE.number());
        assertEquals(Optional.empty(), PktReason.of(25));
        assertEquals(Optional.empty(), PktReason.of(-1));
    }
}
