// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.junit.jupiter.api.Test;

class QueryJsonTest {

    @Test
    void printsTimesAsTheLibrarysFormatterDoes() {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'")
                .withZone(ZoneOffset.UTC);
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            Instant time = Instant.ofEpochSecond(
                    random.nextLong(-10_000_000_000L, 18_446_744_073L), random.nextInt(1_000_000_000));
            assertEquals(formatter.format(time), QueryJson.time(time), "seed " + seed);
        }
    }

    @Test
    void numbersKeepTheirValueInEveryReader() {
        NvList list = NvList.builder()
                .uint64("ena", 0x0d21c04a1f901c01L)
                .uint64("vdev-guid", 7)
                .uint64("lba", -1L)
                .uint64("exact", 1L << 53)
                .uint64("inexact", (1L << 53) + 1)
                .int64("negative", -(1L << 53) - 1)
                .uint8("key", 3)
                .put("__tod", new NvValue.Ints(NvType.UINT64, 1, -1L))
                .flag("seen")
                .build();
        assertEquals(
                "{\"ena\":\"0x0d21c04a1f901c01\",\"vdev-guid\":\"0x0000000000000007\",\"lba\":\"18446744073709551615\","
                        + "\"exact\":9007199254740992,\"inexact\":\"9007199254740993\",\"negative\":\"-9007199254740993\","
                        + "\"key\":3,\"__tod\":[1,\"18446744073709551615\"],\"seen\":true}",
                Json.write(QueryJson.plain(list)));
    }
}
