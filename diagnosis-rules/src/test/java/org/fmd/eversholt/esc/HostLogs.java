// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.fmd.api.topo.TopoPath;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogRecord;
import org.fmd.model.event.Event;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fault.SuspectStatus.Bit;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.json.EreportLines;
import org.fmd.model.json.TypedJson;

/** A directory of logs with what a text log tells: the first ereports in a file that was rotated, repairs in the fault log. */
final class HostLogs {
    private static final LogOrigin ORIGIN = new LogOrigin("fmd 1.0", "host7", "6.1", "#1 SMP", "amd64");
    private static final int ROTATED_AFTER = 9;

    private final Path directory;
    private long ids;

    HostLogs(Path directory) {
        this.directory = directory;
    }

    /** Writes them; returns how many ereports there are. */
    int write(Path lines) throws IOException {
        int count = 0;
        EventLog errlog = open(LogLabel.ERROR);
        try (EreportLines text = new EreportLines(Files.newInputStream(lines));
                EventLog fltlog = open(LogLabel.FAULT)) {
            for (EreportLines.Kind kind = text.next(); kind != EreportLines.Kind.END; kind = text.next()) {
                if (kind == EreportLines.Kind.OTHER) {
                    append(fltlog, repair(text.members()));
                } else if (kind == EreportLines.Kind.EREPORT) {
                    append(errlog, text.ereport());
                    if (++count == ROTATED_AFTER) {
                        errlog.close();
                        Files.move(directory.resolve("errlog"), directory.resolve("errlog.0"));
                        errlog = open(LogLabel.ERROR);
                    }
                }
            }
        } finally {
            errlog.close();
        }
        return count;
    }

    private EventLog open(LogLabel label) throws IOException {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
        return EventLog.open(
                LogFiles.in(directory), label, ORIGIN, new LogOptions(0, clock, () -> new UUID(0x4000, ++ids)));
    }

    private static void append(EventLog log, Event event) throws IOException {
        log.append(
                LogRecord.of(event.tod(), LogRecord.NO_UUID, event.eventClass().name(), TypedJson.write(event)));
    }

    /** The list event that a line of {@code fmdump -j} tells of, with the place of its first suspect. */
    private static ListEvent repair(Map<String, ?> members) {
        List<?> tod = (List<?>) members.get("__tod");
        Map<?, ?> suspect = (Map<?, ?>) ((List<?>) members.get("fault-list")).get(0);
        StringBuilder path = new StringBuilder();
        for (Object step : (List<?>) ((Map<?, ?>) suspect.get("resource")).get("hc-list")) {
            path.append(path.isEmpty() ? "" : "/")
                    .append(((Map<?, ?>) step).get("hc-name"))
                    .append(((Map<?, ?>) step).get("hc-id"));
        }
        EventClass suspectClass = new EventClass((String) suspect.get("class"));
        return new ListEvent(
                ListKind.REPAIRED,
                Instant.ofEpochSecond((Long) tod.get(0), (Long) tod.get(1)),
                UUID.fromString((String) members.get("uuid")),
                "DISK-8000-12",
                Instant.EPOCH,
                new FmdFmri("fmd", null),
                null,
                true,
                false,
                List.of(Suspect.of(
                        suspectClass,
                        TopoPath.parse(path.toString()).orElseThrow().toHc())),
                List.of(SuspectStatus.of(Bit.REPAIRED)),
                List.of());
    }
}
