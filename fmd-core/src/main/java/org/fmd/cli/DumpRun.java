// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import org.fmd.core.log.LogException;
import org.fmd.core.log.LogHeader;
import org.fmd.core.log.LogLabel;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** One run of {@code fmdump}: goes through the logs that were asked for and shows what passes the filter. */
final class DumpRun {
    /** How many events are printed between two looks whether anybody still reads them. */
    private static final int LOOK_EVERY = 4096;

    /** Names of logs that {@code -A} is to leave out, as their labels or file names are. */
    private static final String IGNORE = "FMDUMP_AGGREGATE_IGNORE";

    /** An event that passed, to be read again. */
    private record Found(LogLane lane, LogRef ref) {}

    private final DumpRequest request;
    private final Surroundings surroundings;
    private final PrintWriter out;
    private final PrintWriter err;
    private final DamageReport damage;
    private final @Nullable Progress progress;
    private final DumpForms forms;
    private @Nullable String headed;
    private long shown;
    private boolean closed;

    DumpRun(DumpRequest request, Surroundings surroundings, PrintWriter out, PrintWriter err) {
        this.request = request;
        this.surroundings = surroundings;
        this.out = out;
        this.err = err;
        this.damage = new DamageReport(out, err);
        this.progress = surroundings.errorHasTerminal() ? new Progress(surroundings, err) : null;
        this.forms = new DumpForms(request, surroundings, err);
    }

    /** Shows all there is; {@code state} is the directory of the daemon's own logs. */
    ExitCode run(Path state) throws CommandFailure, IOException {
        List<LogSource> sources = sources(state);
        try {
            switch (request.form()) {
                case HEADERS -> new HeaderForm(request.json(), out).print(sources, damage);
                case COUNT -> count(sources);
                default -> showAll(sources);
            }
        } catch (AccessDeniedException e) {
            throw denied(Path.of(String.valueOf(e.getFile())), e);
        }
        if (progress != null) {
            progress.clear();
        }
        damage.close();
        return damage.isEmpty() ? ExitCode.DONE : ExitCode.SKIPPED;
    }

    private List<LogSource> sources(Path state) throws CommandFailure, IOException {
        List<LogSource> sources = new ArrayList<>();
        if (request.files().isEmpty()) {
            addDirectory(sources, state);
        }
        for (Path file : request.files()) {
            if (Files.isDirectory(file)) {
                request.requireFits(request.label());
                addDirectory(sources, file);
            } else {
                LogSource source = file(file);
                request.requireFits(request.merged() ? null : source.label());
                sources.add(source);
            }
        }
        return sources;
    }

    private void addDirectory(List<LogSource> sources, Path directory) throws CommandFailure {
        String ignored = request.merged() ? surroundings.variable(IGNORE) : "";
        for (LogLabel label : LogLabel.values()) {
            boolean wanted = request.merged() ? !names(ignored, label) : label == request.label();
            if (wanted) {
                LogSource source = LogSource.history(directory, label);
                if (Files.exists(source.path()) && !Files.isReadable(source.path())) {
                    throw denied(source.path(), null);
                }
                sources.add(source);
            }
        }
    }

    private static boolean names(String list, LogLabel label) {
        StringTokenizer words = new StringTokenizer(list, " ,:;");
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            if (word.equals(label.text()) || word.equals(label.fileName())) {
                return true;
            }
        }
        return false;
    }

    static LogSource file(Path file) throws CommandFailure, IOException {
        try {
            return LogSource.file(file);
        } catch (NoSuchFileException e) {
            throw CommandFailure.failed("cannot open '" + file + "': no such file or directory", e);
        } catch (AccessDeniedException e) {
            throw denied(file, e);
        } catch (LogException e) {
            String prefix = "'" + file.toAbsolutePath() + "' ";
            String why = String.valueOf(e.getMessage());
            throw CommandFailure.failed(
                    "cannot read '" + file + "': "
                            + (why.startsWith(prefix) ? "it " + why.substring(prefix.length()) : why),
                    e);
        }
    }

    private static CommandFailure denied(Path file, @Nullable IOException e) {
        return CommandFailure.failed("cannot open '" + file + "': permission denied; read it as root", e);
    }

    private void count(List<LogSource> sources) throws IOException {
        ClassCounts counts = new ClassCounts(surroundings.zone());
        for (LogSource source : sources) {
            try (LogLane lane = LogLane.open(source, request.filter(), true, 0, damage, progress)) {
                lane.count(counts);
            } catch (NoSuchFileException e) {
                sayNothingLogged(source);
            }
        }
        counts.print(out, request.json());
    }

    private void showAll(List<LogSource> sources) throws CommandFailure, IOException {
        List<LogLane> lanes = new ArrayList<>();
        try {
            for (LogSource source : sources) {
                boolean ofCases = !request.filter().uuids().isEmpty();
                if (ofCases && source.label() == LogLabel.ERROR) {
                    showEvidence(source);
                    continue;
                }
                lanes.add(open(source));
                if (!request.merged()) {
                    show(lanes);
                    lanes.remove(0).close();
                }
            }
            if (request.merged()) {
                show(lanes);
            }
        } finally {
            for (LogLane lane : lanes) {
                lane.close();
            }
        }
    }

    private LogLane open(LogSource source) throws CommandFailure, IOException {
        LogSource opened = source;
        DumpRequest.Start start = request.start();
        String file = source.file();
        if (request.follow() && file != null && file.equals(source.label().fileName())) {
            // A current log will be rotated away under its follower: its history goes on, from this file.
            LogHeader header = LogHeader.peek(source.files(), file);
            opened = LogSource.history(source.directory(), source.label());
            start = start == null ? new DumpRequest.Start(null, header.start()) : start;
        }
        boolean bodies = request.form() != DumpRequest.Form.SHORT || opened.label() == LogLabel.FAULT;
        LogLane lane = LogLane.open(opened, request.filter(), bodies, request.last(), damage, progress);
        if (start != null) {
            try {
                lane.begin(start);
            } catch (NoSuchFileException e) {
                throw CommandFailure.failed("cannot begin there: there is no '" + source.path() + "'", e);
            }
        }
        return lane;
    }

    /** Shows what passes of some logs, in order of time if they are several; goes on forever if that was asked for. */
    private void show(List<LogLane> lanes) throws IOException {
        boolean first = true;
        if (request.follow()) {
            sayWaiting(lanes);
        }
        do {
            forms.renew();
            try {
                if (first
                        && request.last() > 0
                        && !(lanes.size() == 1 && lanes.get(0).beginsAtLast())) {
                    showLast(lanes);
                } else {
                    showInOrder(lanes);
                }
                finish(lanes);
                first = false;
            } catch (NoSuchFileException e) {
                if (!request.follow()) {
                    sayNothingLogged(lanes.get(0).source());
                    return;
                }
            }
            if (!request.follow()) {
                sayEmpty(lanes);
                return;
            }
            closed |= out.checkError();
            err.flush();
        } while (!closed && surroundings.pause());
        forms.end();
        finish(lanes);
    }

    private void sayWaiting(List<LogLane> lanes) {
        for (LogLane lane : lanes) {
            Path current = lane.source().path();
            if (!Files.exists(current)) {
                err.println("fmdump: waiting for '" + current + "', which is not there yet");
                err.flush();
            }
        }
    }

    private void showInOrder(List<LogLane> lanes) throws IOException {
        for (LogLane lane : lanes) {
            lane.advance();
        }
        LogLane next = earliest(lanes);
        while (next != null && !closed) {
            show(current(next), next);
            next.advance();
            next = earliest(lanes);
        }
    }

    private static @Nullable LogLane earliest(List<LogLane> lanes) {
        LogLane earliest = null;
        for (LogLane lane : lanes) {
            if (lane.current() != null
                    && (earliest == null || Long.compareUnsigned(lane.timeNanos(), earliest.timeNanos()) < 0)) {
                earliest = lane;
            }
        }
        return earliest;
    }

    private static LoggedEvent current(LogLane lane) {
        LoggedEvent event = lane.current();
        if (event == null) {
            throw new IllegalStateException("advance() has not answered true");
        }
        return event;
    }

    /** Goes through all and shows the last ones; keeps no more than their places meanwhile. */
    private void showLast(List<LogLane> lanes) throws IOException {
        ArrayDeque<Found> last = new ArrayDeque<>();
        for (LogLane lane : lanes) {
            lane.advance();
        }
        LogLane next = earliest(lanes);
        while (next != null) {
            if (last.size() == request.last()) {
                last.removeFirst();
            }
            last.addLast(new Found(next, current(next).ref()));
            next.advance();
            next = earliest(lanes);
        }
        for (Found found : last) {
            Optional<LoggedEvent> event = found.lane().read(found.ref());
            if (event.isPresent() && !closed) {
                show(event.get(), found.lane());
            }
        }
    }

    private void sayEmpty(List<LogLane> lanes) {
        for (LogLane lane : lanes) {
            if (!lane.any()
                    && !request.filter().looksAtEnvelope()
                    && damage.isEmpty()
                    && !request.merged()
                    && request.start() == null) {
                sayEmpty(lane.source());
            }
        }
    }

    private void sayEmpty(LogSource source) {
        if (!Files.exists(source.path())) {
            sayNothingLogged(source);
        } else if (surroundings.hasTerminal()) {
            err.println("fmdump: warning: '" + source.path() + "' is empty");
        }
    }

    private void sayNothingLogged(LogSource source) {
        if (request.merged()) {
            err.println("fmdump: warning: nothing is logged: there is no '" + source.directory() + "'");
        } else {
            err.println("fmdump: warning: nothing is logged: there is no '" + source.path() + "'");
        }
    }

    /** Shows the ereports that the cases asked for were diagnosed from. */
    private void showEvidence(LogSource source) throws IOException {
        try (LogLane lane = LogLane.open(source, request.filter(), true, 0, damage, progress)) {
            NvList references = lane.evidence().ofCases(request.filter().uuids());
            List<LoggedEvent> found = lane.evidence().of(references);
            List<LoggedEvent> passed = new ArrayList<>();
            for (LoggedEvent event : found) {
                if (accepts(event)) {
                    passed.add(event);
                }
            }
            int first = request.last() == 0 ? 0 : Math.max(0, passed.size() - request.last());
            for (LoggedEvent event : passed.subList(first, passed.size())) {
                show(event, lane);
            }
            finish(List.of(lane));
            int missing = Evidence.count(references) - found.size();
            if (missing > 0) {
                err.println("fmdump: warning: " + missing + " ereports of the case are no longer in the error log");
            }
        } catch (NoSuchFileException e) {
            sayNothingLogged(source);
        }
    }

    private boolean accepts(LoggedEvent event) {
        try {
            return request.filter().acceptsEvidence(event);
        } catch (JsonProblem e) {
            damage.skip("the body at " + event.ref() + " is no event: " + e.getMessage());
            return false;
        }
    }

    private void show(LoggedEvent event, LogLane lane) throws IOException {
        RecordPrinter printer = forms.printer(lane);
        if (progress != null) {
            progress.clear();
        }
        if (!printer.heading().equals(headed)) {
            headed = printer.heading();
            if (!headed.isEmpty()) {
                out.print(headed + "\n");
            }
        }
        try {
            printer.print(event, out);
        } catch (JsonProblem e) {
            damage.skip("the body at " + event.ref() + " is no event: " + e.getMessage());
        }
        shown++;
        if (shown % LOOK_EVERY == 0 && out.checkError()) {
            closed = true;
        }
    }

    private void finish(List<LogLane> lanes) throws IOException {
        for (LogLane lane : lanes) {
            RecordPrinter printer = forms.holding(lane);
            if (printer != null) {
                printer.finish(out);
            }
        }
    }
}
