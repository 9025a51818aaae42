// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.fmd.model.event.EventClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagCodeTest {

    @ParameterizedTest
    @CsvSource({
        "DISK, 0, 0X 12 2J 3E 4Q 5C 6R 74",
        "FMD, 0, 0W 11 2K 3F 4M 58 6U",
        "SENSOR, 0, 09 1N 26 3T 40 5V 6G 7L",
        "STORAGE, 1, 1Q 24 3R 42 5X 6E 7J 8S 95 AP CA DH ED FY G3 HR J4 KQ LC",
        "ZFS, 1, 14 2Q 3C 4J 5E 6X 72 8A 9P A5 CS D3 EY FD GH HC JQ K4",
    })
    void codesAreThoseThatAdministratorsKnow(String dictionary, long first, String endings) {
        long value = first;
        for (String ending : endings.split(" ")) {
            String code = dictionary + "-8000-" + ending;
            assertEquals(code, DiagCode.of(dictionary, value).toString());
            assertEquals(Optional.of(DiagCode.of(dictionary, value)), DiagCode.parse(dictionary, code));
            value++;
        }
    }

    @Test
    void largerValuesTakeMoreLetters() {
        assertEquals("DISK-A000-0000-1H", DiagCode.of("DISK", 2097152).toString());
        assertEquals("DISK-A000-0001-G5", DiagCode.of("DISK", 2097157).toString());
    }

    @Test
    void everySizeIsReadBack() {
        Random random = new Random(7);
        for (int bits = 1; bits <= 72; bits++) {
            for (int i = 0; i < 50; i++) {
                DiagCode code = new DiagCode("ZFS", new BigInteger(bits, random));
                assertEquals(
                        Optional.of(code), DiagCode.parse("ZFS", code.toString()), "of " + bits + " bits: " + code);
            }
        }
    }

    @Test
    void slipsOfTheTypistAreForgivenAndWrongCodesAreNot() {
        DiagCode medium = DiagCode.of("DISK", 4);
        assertEquals(Optional.of(medium), DiagCode.parse("DISK", "disk-8o00-4q"));
        assertEquals(Optional.of(medium), DiagCode.parse("DISK", "DISK80004Q"));
        assertEquals(Optional.of(medium), DiagCode.parse("DISK", "DISK-B000-4Q"));
        assertEquals(Optional.empty(), DiagCode.parse("DISK", "DISK-8000-4R"));
        assertEquals(Optional.empty(), DiagCode.parse("DISK", "DISK-8000-4"));
        assertEquals(Optional.empty(), DiagCode.parse("DISK", "DISK-8000-4$"));
        assertEquals(Optional.empty(), DiagCode.parse("ZFS", "DISK-8000-4Q"));
    }

    @Test
    void refusesWhatNoSizeHolds() {
        assertThrows(IllegalArgumentException.class, () -> DiagCode.of("DISK", -1));
        BigInteger tooLarge = BigInteger.ONE.shiftLeft(73);
        assertThrows(IllegalArgumentException.class, () -> new DiagCode("DISK", tooLarge));
    }

    @Test
    void theSetOfClassesDecides() {
        DiagDictionary.Parsed parsed = DiagDictionary.parse(
                "X.dict",
                List.of(
                        "# comment",
                        "FMDICT: name=X version=1 maxkey=2 dictid=0x5358",
                        "fault.a.x fault.b.y=0x9   # both",
                        "fault.a.x=010"));
        assertEquals(List.of(), parsed.problems());
        DiagDictionary dictionary = parsed.dictionary().orElseThrow();
        EventClass x = new EventClass("fault.a.x");
        EventClass y = new EventClass("fault.b.y");
        assertEquals(Optional.of(DiagCode.of("X", 9)), dictionary.codeOf(List.of(y, x, y)));
        assertEquals(Optional.of(DiagCode.of("X", 8)), dictionary.codeOf(List.of(x)));
        assertEquals(Optional.empty(), dictionary.codeOf(List.of(y)));
    }

    @Test
    void everyMistakeOfADictionaryIsToldWithItsPlace() {
        DiagDictionary.Parsed parsed = DiagDictionary.parse(
                "X.dict",
                List.of(
                        "FMDICT: name=X version=1 maxkey=1",
                        "fault.a.x",
                        "fault.a.x=z",
                        "fault.a.x fault.b.y=2",
                        "fault.c=3",
                        "fault.d=3",
                        "fault..e=4"));
        assertEquals(
                List.of(
                        "X.dict:2: an entry is 'CLASS [CLASS …]=NUMBER'",
                        "X.dict:3: 'z' is no number",
                        "X.dict:4: 2 classes in an entry, maxkey is 1",
                        "X.dict:6: number 3 is taken by 'fault.c'",
                        "X.dict:7: 'fault..e' is no event class"),
                parsed.problems());
        assertEquals(Optional.empty(), parsed.dictionary());
    }
}
