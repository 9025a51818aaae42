// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fmd.core.log.LogException;
import org.fmd.core.log.LogLabel;
import org.fmd.model.json.Json;
import org.fmd.model.text.EventTexts;
import org.fmd.model.text.TextEvent;
import org.fmd.model.text.TextItem;
import org.fmd.model.text.TextProblem;
import org.jspecify.annotations.Nullable;

/** {@code fmdump import}: makes logs of events that were printed, by {@code fmdump} here or elsewhere, or by {@code zpool events}. */
final class ImportCommand {
    private static final String STANDARD_INPUT = "-";

    private final Surroundings surroundings;
    private final boolean json;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Map<String, Long> leftOut = new TreeMap<>();
    private boolean skipped;

    ImportCommand(Surroundings surroundings, boolean json, PrintWriter out, PrintWriter err) {
        this.surroundings = surroundings;
        this.json = json;
        this.out = out;
        this.err = err;
    }

    /**
     * Reads the texts and writes the logs.
     *
     * @param texts {@code -} is standard input, and so are none
     * @param host the host that the events are from; empty for this one
     */
    ExitCode run(Path directory, List<Path> texts, String host) throws CommandFailure, IOException {
        List<Path> inputs = texts.isEmpty() ? List.of(Path.of(STANDARD_INPUT)) : texts;
        for (Path input : inputs) {
            if (!input.toString().equals(STANDARD_INPUT) && !Files.isReadable(input)) {
                throw CommandFailure.failed(
                        "cannot open '" + input + "': "
                                + (Files.exists(input) ? "permission denied" : "no such file or directory"),
                        null);
            }
        }
        Progress progress = surroundings.errorHasTerminal() ? new Progress(surroundings, err) : null;
        try (ImportLogs logs = ImportLogs.in(directory, host, surroundings)) {
            for (Path input : inputs) {
                read(input, logs, progress);
            }
            logs.finish();
            if (progress != null) {
                progress.clear();
            }
            report(logs, directory);
        } catch (LogException e) {
            throw CommandFailure.failed("cannot write to '" + directory + "': " + e.getMessage(), e);
        } catch (AccessDeniedException e) {
            throw CommandFailure.failed("cannot write to '" + directory + "': permission denied", e);
        }
        return skipped ? ExitCode.SKIPPED : ExitCode.DONE;
    }

    private void read(Path input, ImportLogs logs, @Nullable Progress progress) throws CommandFailure, IOException {
        boolean standard = input.toString().equals(STANDARD_INPUT);
        try (InputStream in = standard ? surroundings.input() : Files.newInputStream(input);
                EventTexts texts = new EventTexts(in, surroundings.zone())) {
            for (TextItem item = texts.next(); item != null; item = texts.next()) {
                String problem = item instanceof TextProblem found ? found.message() : null;
                if (item instanceof TextEvent event) {
                    problem = take(event, logs);
                }
                if (problem != null) {
                    skipped = true;
                    err.println("fmdump: skipping line " + item.line() + " of '" + input + "': " + problem);
                }
                if (progress != null) {
                    progress.step();
                }
            }
        } catch (NoSuchFileException e) {
            throw CommandFailure.failed("cannot open '" + input + "': no such file or directory", e);
        }
    }

    /** Takes an event; returns what is wrong with it, null if nothing is. */
    private @Nullable String take(TextEvent event, ImportLogs logs) throws IOException {
        LogLabel label = ImportLogs.label(event);
        if (label == null) {
            String name = event.eventClass().name();
            leftOut.merge(name.substring(0, name.indexOf('.')), 1L, Long::sum);
            return null;
        }
        if (event.event().isEmpty()) {
            return "the members are not those of a '" + event.eventClass() + "'";
        }
        return logs.add(label, event);
    }

    private void report(ImportLogs logs, Path directory) {
        if (json) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("directory", directory.toString());
            for (LogLabel label : LogLabel.values()) {
                members.put(label.fileName(), logs.count(label));
            }
            members.put("left-out", new LinkedHashMap<>(leftOut));
            out.println(Json.write(members));
            return;
        }
        out.print("imported " + counted(logs.count(LogLabel.ERROR), "ereport") + ", "
                + counted(logs.count(LogLabel.FAULT), "list") + ", "
                + counted(logs.count(LogLabel.INFO), "ireport") + " into '" + directory + "'\n");
        for (Map.Entry<String, Long> each : leftOut.entrySet()) {
            out.print("left out " + counted(each.getValue(), each.getKey()) + ": no log keeps such events\n");
        }
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
