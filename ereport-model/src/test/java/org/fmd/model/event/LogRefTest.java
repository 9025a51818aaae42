// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogRefTest {

    @Test
    void printsUuidAndUnsignedOffset() {
        UUID id = UUID.fromString("0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10");
        assertEquals("0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10:8192", new LogRef(id, 8192).toString());
        assertEquals("0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10:18446744073709551615", new LogRef(id, -1).toString());
    }

    @Test
    void readsBackWhatItPrints() {
        for (long seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            long offset = random.nextLong() >>> random.nextInt(64);
            LogRef ref = new LogRef(new UUID(random.nextLong(), random.nextLong()), offset);
            assertEquals(Optional.of(ref), LogRef.parse(ref.toString()), "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10",
                "0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10:",
                "0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10:-1",
                "0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10:007",
                "0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10:0x10",
                "0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10:18446744073709551616",
                "0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10:8192 ",
                "0D9F4A4E-8A53-4A43-9D4B-2F8A1F1F9A10:8192",
                "1-1-1-1-1:8192",
                "0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10:٣"
            })
    void readsNothingElse(String text) {
        assertEquals(Optional.empty(), LogRef.parse(text));
    }
}
