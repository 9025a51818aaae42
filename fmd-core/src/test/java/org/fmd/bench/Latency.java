// SPDX-License-Identifier: Apache-2.0
package org.fmd.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogReader;
import org.fmd.core.manager.OutcomeRecord;
import org.fmd.model.event.Event;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;

/**
 * Reads from the logs how long each case took: from the time of its ereport to the first answer of an agent. The answer's time
 * is taken after the agent has answered, so the durations hold two syncs and the agent's own work.
 */
final class Latency {
    /** One case whose ereport and answers are in the logs. */
    private record Told(Instant ereport, TreeMap<Instant, String> answers) {}

    private Latency() {}

    /** Arguments: the folder of the logs, how many cases at the beginning are the warm-up. */
    public static void main(String[] args) throws IOException, JsonProblem {
        LogFiles files = LogFiles.in(Path.of(args[0]));
        int warmUp = Integer.parseInt(args[1]);
        Map<LogRef, Instant> ereports = new HashMap<>();
        for (LogEntry entry : read(files, LogLabel.ERROR)) {
            ereports.put(entry.ref(), entry.record().tod());
        }
        Map<UUID, Told> cases = new HashMap<>();
        for (LogEntry entry : read(files, LogLabel.FAULT)) {
            if (event(entry) instanceof ListEvent list && list.kind() == ListKind.SUSPECT) {
                Instant first = list.ereports().stream()
                        .map(ereports::get)
                        .min(Instant::compareTo)
                        .orElseThrow();
                cases.put(list.uuid(), new Told(first, new TreeMap<>()));
            }
        }
        for (LogEntry entry : read(files, LogLabel.INFO)) {
            if (event(entry) instanceof Ireport ireport) {
                Told told = cases.get(ireport.uuid());
                Optional<OutcomeRecord> outcome = OutcomeRecord.read(ireport);
                if (told != null && outcome.isPresent()) {
                    told.answers.put(
                            outcome.get().answer().time(), outcome.get().agent());
                }
            }
        }
        List<Told> inOrder = new ArrayList<>(cases.values());
        inOrder.removeIf(told -> told.answers.isEmpty());
        inOrder.sort((a, b) -> a.ereport.compareTo(b.ereport));
        System.out.println("cases=" + cases.size() + " told=" + inOrder.size());
        int warm = Math.min(warmUp, inOrder.size());
        System.out.println("first " + Percentiles.line(nanos(inOrder.subList(0, Math.min(1, inOrder.size())))));
        System.out.println("warm-up " + Percentiles.line(nanos(inOrder.subList(0, warm))));
        System.out.println("then " + Percentiles.line(nanos(inOrder.subList(warm, inOrder.size()))));
        System.out.println("all " + Percentiles.line(nanos(inOrder)));
    }

    private static long[] nanos(List<Told> cases) {
        return cases.stream()
                .mapToLong(told ->
                        Duration.between(told.ereport, told.answers.firstKey()).toNanos())
                .toArray();
    }

    private static Event event(LogEntry entry) throws JsonProblem {
        return TypedJson.readEvent(entry.record().body());
    }

    private static List<LogEntry> read(LogFiles files, LogLabel label) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        try (LogReader reader = LogReader.history(files, label, damage -> System.err.println(damage))) {
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
        }
        return entries;
    }
}
