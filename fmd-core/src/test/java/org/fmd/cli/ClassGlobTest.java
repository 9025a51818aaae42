// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassGlobTest {

    @ParameterizedTest
    @CsvSource({
        "*, ereport.io, true",
        "ereport.*, ereport.io.scsi.cmd, true",
        "ereport.*, ereport, false",
        "e?eport, ereport, true",
        "[!a-d]*, ereport, true",
        "[!e]*, ereport, false",
        "[]x]*, x.y, true",
        "[x, [x, true",
        "a[, a[, true",
        "\\*, *, true",
        "\\*, x, false",
        "a\\, a\\, true",
        "'', '', true",
        "**x**, x, true",
    })
    void matchesAsAShellDoes(String pattern, String text, boolean expected) {
        assertEquals(expected, new ClassGlob(pattern).matches(text));
    }

    @Test
    void agreesWithARegularExpression() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            String pattern = random(random, "ab.*?", 8);
            String text = random(random, "ab.", 10);
            String regex = pattern.replace(".", "\\.").replace("*", ".*").replace("?", ".");
            assertEquals(
                    Pattern.matches(regex, text),
                    new ClassGlob(pattern).matches(text),
                    "seed " + seed + ": " + pattern + " " + text);
        }
    }

    private static String random(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
