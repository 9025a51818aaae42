// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import org.fmd.api.EventHistory;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogRecord;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.Event;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedHistoryTest {
    private static final LogOrigin ORIGIN = new LogOrigin("fmd 1.0", "host7", "6.1", "#1 SMP", "amd64");

    @TempDir
    private Path folder;

    private final List<String> damage = new ArrayList<>();

    private void append(LogLabel label, LogRecord... records) throws IOException {
        try (EventLog log = EventLog.open(LogFiles.in(folder), label, ORIGIN, LogOptions.DEFAULT)) {
            for (LogRecord record : records) {
                log.append(record);
            }
        }
    }

    private static LogRecord record(Event event) {
        return LogRecord.of(event.tod(), LogRecord.NO_UUID, event.eventClass().name(), TypedJson.write(event));
    }

    private static LogRecord ereport(String name, int second) {
        return record(new Ereport(
                new EventClass("ereport.x." + name), Instant.ofEpochSecond(second), Ena.UNKNOWN, null, NvList.EMPTY));
    }

    private static LogRecord repaired(int second) {
        return record(new ListEvent(
                ListKind.REPAIRED,
                Instant.ofEpochSecond(second),
                new UUID(7, 7),
                "DISK-8000-12",
                Instant.EPOCH,
                new FmdFmri("fmd", null),
                null,
                true,
                false,
                List.of(),
                List.of(),
                List.of()));
    }

    private List<String> read() throws IOException {
        List<String> events = new ArrayList<>();
        EventHistory history =
                ServiceLoader.load(EventHistory.class).findFirst().orElseThrow();
        try (EventHistory.Reading reading = history.open(folder, damage::add)) {
            for (EventHistory.Entry entry = reading.next(); entry != null; entry = reading.next()) {
                events.add(
                        entry.event().eventClass() + " " + entry.event().tod().getEpochSecond());
            }
            assertTrue(reading.bytes() > 0);
        }
        return events;
    }

    @Test
    void bothLogsAreOneHistoryAndEachKeepsItsOrder() throws IOException {
        append(LogLabel.ERROR, ereport("a", 10), ereport("late", 5));
        Files.move(folder.resolve("errlog"), folder.resolve("errlog.0"));
        append(LogLabel.ERROR, ereport("b", 20), ereport("c", 30), ereport("d", 40));
        append(LogLabel.FAULT, repaired(30), repaired(31), repaired(50));
        assertEquals(
                List.of(
                        "ereport.x.a 10",
                        "ereport.x.late 5",
                        "ereport.x.b 20",
                        "ereport.x.c 30",
                        "list.repaired 30",
                        "list.repaired 31",
                        "ereport.x.d 40",
                        "list.repaired 50"),
                read());
        assertEquals(List.of(), damage);
    }

    @Test
    void aRecordThatIsNoEventIsToldOfWithItsPlace() throws IOException {
        byte[] body = "no JSON".getBytes(StandardCharsets.UTF_8);
        append(
                LogLabel.ERROR,
                ereport("a", 10),
                LogRecord.of(Instant.ofEpochSecond(11), LogRecord.NO_UUID, "ereport.x.odd", body),
                ereport("b", 12));
        assertEquals(List.of("ereport.x.a 10", "ereport.x.b 12"), read());
        assertEquals(1, damage.size());
        assertTrue(
                damage.get(0).matches("the record at [0-9a-f-]{36}:[0-9]+ is skipped: its body is no event: .*"),
                damage.toString());
    }

    @Test
    void aDirectoryWithoutAnErrorLogIsRefused() throws IOException {
        append(LogLabel.FAULT, repaired(1));
        Files.createFile(folder.resolve("errlog.torn.0"));
        IOException refused = assertThrows(IOException.class, this::read);
        assertEquals("there is no error log in '" + folder + "': no file 'errlog'", refused.getMessage());
    }
}
