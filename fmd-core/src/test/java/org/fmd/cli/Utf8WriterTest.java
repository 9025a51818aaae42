// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8WriterTest {
    private static final String[] TEXTS = {
        "a", "", "ereport.io.scsi", "ä", "€", "\uD83D\uDE00", "x\uD83D\uDE00y", "\n", "0".repeat(5000)
    };

    @Test
    void writesWhatTheLibraryWouldInWhateverPieces() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            StringBuilder whole = new StringBuilder();
            try (PrintWriter out = new PrintWriter(new Utf8Writer(bytes))) {
                for (int i = random.nextInt(60); i > 0; i--) {
                    String text = TEXTS[random.nextInt(TEXTS.length)];
                    whole.append(text);
                    if (random.nextInt(3) == 0) {
                        for (int at = 0; at < text.length(); at++) {
                            out.write(text.charAt(at)); // pairs in halves
                        }
                    } else if (random.nextBoolean()) {
                        out.write(text.toCharArray());
                    } else {
                        out.print(text);
                    }
                    if (random.nextInt(10) == 0) {
                        out.flush();
                    }
                }
            }
            assertEquals(whole.toString(), bytes.toString(StandardCharsets.UTF_8), "seed " + seed);
        }
    }

    @Test
    void halfOfAPairAtTheEndIsAQuestionMark() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Utf8Writer out = new Utf8Writer(bytes)) {
            out.write("a\uD83D");
        }
        assertEquals("a?", bytes.toString(StandardCharsets.UTF_8));
    }
}
