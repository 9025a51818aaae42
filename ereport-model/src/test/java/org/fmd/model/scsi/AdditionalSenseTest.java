// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdditionalSenseTest {
    /** Codes with a text, by ASC, counted in T10's list; ranges (40, 41, 42, 4D, 70) hold 256 each. */
    private static final Map<Integer, Integer> PER_ASC = counts(
            "00=27 01=1 02=1 03=3 04=37 05=1 06=1 07=1 08=5 09=6 0a=1 0b=21 0c=19 0d=6 0e=4 10=6 11=22 12=1 13=1 14=8"
                    + " 15=3 16=5 17=10 18=9 19=4 1a=1 1b=1 1c=3 1d=2 1e=1 1f=1 20=16 21=10 22=1 23=11 24=10 25=1"
                    + " 26=23 27=9 28=4 29=8 2a=21 2b=1 2c=20 2d=1 2e=4 2f=4 30=18 31=6 32=2 33=1 34=1 35=6 36=1 37=1"
                    + " 38=6 39=1 3a=5 3b=29 3d=1 3e=5 3f=27 40=256 41=256 42=256 43=1 44=3 45=1 46=1 47=8 48=1 49=1"
                    + " 4a=1 4b=22 4c=1 4d=256 4e=1 50=3 51=2 52=1 53=14 54=1 55=18 57=1 58=1 59=1 5a=4 5b=4 5c=3 5d=85"
                    + " 5e=16 60=1 61=3 62=1 63=2 64=2 65=1 66=4 67=14 68=2 69=3 6a=1 6b=3 6c=1 6d=1 6e=1 6f=11 70=256"
                    + " 71=1 72=8 73=10 74=28");

    private static Map<Integer, Integer> counts(String text) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (String pair : text.split(" ")) {
            String[] parts = pair.split("=");
            counts.put(Integer.parseInt(parts[0], 16), Integer.parseInt(parts[1]));
        }
        return counts;
    }

    @Test
    void knowsEveryAssignedCode() {
        Map<Integer, Integer> found = AdditionalSense.assigned().stream()
                .collect(Collectors.toMap(AdditionalSense::asc, code -> 1, Integer::sum, TreeMap::new));
        assertEquals(PER_ASC, found);
        long outsideRanges = AdditionalSense.assigned().stream()
                .filter(code -> PER_ASC.get(code.asc()) != 256)
                .count();
        assertEquals(759, outsideRanges);
    }

    @Test
    void everyTextLeadsBackToItsCodeAlone() {
        List<String> wrong = new ArrayList<>();
        for (AdditionalSense code : AdditionalSense.assigned()) {
            String text = code.text();
            for (String spelling :
                    List.of(text, text.toUpperCase(Locale.ROOT), "Add. Sense: " + text, " " + text + ".")) {
                if (!AdditionalSense.parse(spelling).equals(Optional.of(code))) {
                    wrong.add(code + " '" + spelling + "' -> " + AdditionalSense.candidates(spelling));
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void textsAreInSentenceCase() {
        for (AdditionalSense code : AdditionalSense.assigned()) {
            String text = code.text();
            assertTrue(Character.isUpperCase(text.charAt(0)) || text.startsWith("iSCSI"), text);
            assertEquals(text.strip(), text);
        }
    }

    @Test
    void resolvesEveryLineThatKernelsPrinted() throws IOException {
        for (String[] row : Hex.rows("kernel-sense-lines.txt")) {
            assertEquals(
                    row[0],
                    AdditionalSense.parse(row[1]).map(AdditionalSense::toString).orElse("nothing"),
                    row[1]);
        }
    }

    @Test
    void obsoleteStandsForThreeCodes() {
        assertEquals(Optional.empty(), AdditionalSense.parse("Add. Sense: Obsolete"));
        assertEquals(
                "[20/05, 24/02, 24/03]", AdditionalSense.candidates("Obsolete").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Add. Sense: ",
                "<<vendor>>",
                "Unrecovered read error of some kind",
                "Diagnostic failure on component",
                "Diagnostic failure on component (7f)",
                "Diagnostic failure on component (100)",
                "Ram failure (80)",
                "ASC=0x11",
                "ASC=0x123 ASCQ=0x0"
            })
    void answersNothingForOtherText(String text) {
        assertEquals(Optional.empty(), AdditionalSense.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00 | 23 | Overlapping atomic command in progress
            04 | 24 | Depopulation in progress
            0b | 14 | Warning - physical element status change
            10 | 00 | ID CRC or ECC error
            24 | 00 | Invalid field in CDB
            29 | 07 | I_T nexus loss occurred
            2c | 13 | Well known logical unit access required
            3f | 14 | iSCSI IP address changed
            40 | 00 | RAM failure (should use 40 NN)
            40 | 9c | Diagnostic failure on component 9C
            4d | 07 | Tagged overlapped commands (task tag 07)
            5d | 1d | Hardware impending failure power loss protection circuit
            5d | 90 | Vendor specific
            70 | 0a | Decompression exception short algorithm ID of 0A
            74 | 79 | Security conflict in translated device
            7f | 00 | Unassigned
            80 | 00 | Vendor specific
            """)
    void namesCodes(String asc, String ascq, String text) {
        AdditionalSense code = new AdditionalSense(Integer.parseInt(asc, 16), Integer.parseInt(ascq, 16));
        assertEquals(text, code.text());
        assertEquals("Vendor specific".equals(text), code.isVendorSpecific());
    }

    @Test
    void anAssignedCodeWithAHighQualifierIsNotTheVendors() {
        assertFalse(new AdditionalSense(0x5d, 0xff).isVendorSpecific());
    }

    @Test
    void refusesWhatIsNoOctet() {
        assertThrows(IllegalArgumentException.class, () -> new AdditionalSense(256, 0));
        assertThrows(IllegalArgumentException.class, () -> new AdditionalSense(0, -1));
    }
}
