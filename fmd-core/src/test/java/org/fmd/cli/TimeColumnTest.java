// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeColumnTest {
    private static final Instant NOW = Instant.parse("2026-03-10T09:00:00.25Z");
    private static final long NOW_NANOS = NOW.getEpochSecond() * 1_000_000_000L + NOW.getNano();
    private static final long DAY = 86_400_000_000_000L;

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "+01:00", "Africa/Monrovia"})
    void saysOfEachEventWhatIsSaidOfOne(String name) {
        ZoneId zone = ZoneId.of(name);
        TimeColumn column = new TimeColumn(NOW, zone);
        Random random = new Random(name.hashCode());
        long nanos = NOW_NANOS - 181 * DAY;
        for (int i = 0; i < 20_000; i++) {
            nanos = switch (random.nextInt(8)) {
                case 0 -> random.nextLong(); // to 2554, unsigned
                case 1 -> NOW_NANOS - random.nextLong(400 * DAY);
                case 2 -> NOW_NANOS - 180 * DAY + random.nextInt(3) - 1;
                case 3 -> NOW_NANOS + 60_000_000_000L + random.nextInt(3) - 1;
                case 4 -> nanos + random.nextLong(2 * DAY);
                default -> nanos + random.nextLong(1_500_000_000L);
            };
            Instant time = Instant.ofEpochSecond(
                    Long.divideUnsigned(nanos, 1_000_000_000L), Long.remainderUnsigned(nanos, 1_000_000_000L));
            String expected = Columns.left(Times.ofEvent(time, NOW, zone), 20) + " ";
            assertEquals(expected, column.text(nanos), time + " in " + name + ", " + i);
        }
    }
}
