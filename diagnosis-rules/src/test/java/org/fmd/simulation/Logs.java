// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogReader;
import org.fmd.core.log.LogVerify;
import org.fmd.model.event.Event;
import org.fmd.model.event.ListEvent;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;

/** What stands in the logs on a disk that works. */
final class Logs {
    private Logs() {}

    static List<LogEntry> read(LogFiles files, LogLabel label) {
        try (LogReader reader = LogReader.history(files, label, damage -> {})) {
            List<LogEntry> entries = new ArrayList<>();
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(LogEntry entry) {
        return new String(entry.record().body(), StandardCharsets.UTF_8);
    }

    static String text(Event event) {
        return new String(TypedJson.write(event), StandardCharsets.UTF_8);
    }

    static ListEvent listEvent(String text) {
        try {
            return (ListEvent) TypedJson.readEvent(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonProblem e) {
            throw new AssertionError("no list event: " + text, e);
        }
    }

    static Event event(LogEntry entry) {
        try {
            return TypedJson.readEvent(entry.record().body());
        } catch (JsonProblem e) {
            throw new AssertionError("no event at " + entry.ref(), e);
        }
    }

    /** How many stretches of the files of all logs are damaged. */
    static List<String> damage(LogFiles files) {
        List<String> damage = new ArrayList<>();
        for (LogLabel label : LogLabel.values()) {
            try {
                for (LogVerify one : LogVerify.history(files, label)) {
                    one.damage().forEach(each -> damage.add(each.toString()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return damage;
    }
}
