// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.fmd.core.daemon.Places;
import org.fmd.core.log.Damage;
import org.fmd.core.log.LogException;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogHeader;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogReader;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** One run of {@code fmdump}: goes through the logs that were asked for and shows what passes the filter. */
final class DumpRun implements Consumer<Damage> {
    /** How many events are printed between two looks whether anybody still reads them. */
    private static final int LOOK_EVERY = 256;

    private final DumpRequest request;
    private final Surroundings surroundings;
    private final PrintWriter out;
    private final PrintWriter err;
    private @Nullable String headed;
    private long seen;
    private long shown;
    private boolean skipped;
    private boolean closed;

    DumpRun(DumpRequest request, Surroundings surroundings, PrintWriter out, PrintWriter err) {
        this.request = request;
        this.surroundings = surroundings;
        this.out = out;
        this.err = err;
    }

    /** Shows all there is; {@code state} is the directory of the daemon's own logs. */
    ExitCode run(Path state) throws CommandFailure, IOException {
        if (request.files().isEmpty()) {
            showDirectory(state);
        }
        for (Path file : request.files()) {
            if (Files.isDirectory(file)) {
                request.requireFits(request.label());
                showDirectory(file);
            } else {
                showFile(file);
            }
        }
        return skipped ? ExitCode.SKIPPED : ExitCode.DONE;
    }

    /** Damage in a log: the reader goes on behind it. */
    @Override
    public void accept(Damage damage) {
        String why = damage.sentence();
        if (damage.length() == 0 && damage.reason().equals(damage.path())) {
            // The system's own message for a file that may not be read is its name.
            why = "'" + damage.path() + "' may not be read, or is gone";
        }
        skip(why);
    }

    private void skip(String why) {
        skipped = true;
        out.flush();
        err.println("fmdump: skipping record: " + why);
    }

    private void showDirectory(Path directory) throws CommandFailure, IOException {
        LogLabel label = request.label();
        Path current = directory.resolve(label.fileName());
        if (Files.exists(current) && !Files.isReadable(current)) {
            throw denied(current, null);
        }
        LogFiles files = LogFiles.in(directory);
        try (Evidence evidence = new Evidence(files, this)) {
            if (label == LogLabel.ERROR && !request.filter().uuids().isEmpty()) {
                showEvidence(evidence, printer(label, evidence, null));
                return;
            }
            long before = seen;
            try (LogReader reader = LogReader.history(files, label, this)) {
                show(reader, label, evidence);
            }
            if (seen == before && !skipped) {
                sayEmpty(current);
            }
        } catch (AccessDeniedException e) {
            throw denied(directory, e);
        } catch (NoSuchFileException e) {
            sayEmpty(current);
        }
    }

    private void sayEmpty(Path current) {
        if (!Files.exists(current)) {
            err.println("fmdump: warning: nothing is logged: there is no '" + current + "'");
        } else if (surroundings.hasTerminal()) {
            err.println("fmdump: warning: '" + current + "' is empty");
        }
    }

    private void showFile(Path file) throws CommandFailure, IOException {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        Path directory = parent == null ? absolute : parent;
        try {
            LogFiles files = LogFiles.in(directory);
            LogHeader header = LogHeader.peek(files, String.valueOf(absolute.getFileName()));
            LogLabel label = LogLabel.of(header.label()).orElse(LogLabel.INFO);
            request.requireFits(label);
            try (Evidence evidence = new Evidence(files, this)) {
                if (label == LogLabel.ERROR && !request.filter().uuids().isEmpty()) {
                    showEvidence(evidence, printer(label, evidence, header));
                    return;
                }
                long before = seen;
                try (LogReader reader = LogReader.file(absolute, this)) {
                    show(reader, label, evidence);
                }
                if (seen == before && !skipped) {
                    sayEmpty(file);
                }
            }
        } catch (NoSuchFileException e) {
            throw CommandFailure.failed("cannot open '" + file + "': no such file or directory", e);
        } catch (AccessDeniedException e) {
            throw denied(file, e);
        } catch (LogException e) {
            String prefix = "'" + absolute + "' ";
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

    private void show(LogReader reader, LogLabel label, Evidence evidence) throws IOException {
        EventFilter filter = request.filter();
        // What the envelope rules out needs no sound body, and reading past it is much faster.
        boolean byEnvelope = filter.looksAtEnvelope();
        if (byEnvelope) {
            reader.headersOnly();
        }
        RecordPrinter printer = null;
        while (!closed && reader.advance()) {
            seen++;
            LoggedEvent event = LoggedEvent.currentOf(reader);
            if (!filter.acceptsEnvelope(event, label)) {
                continue;
            }
            if (byEnvelope && !reader.bodyValid()) {
                skip("the body at " + event.ref() + " is damaged");
                continue;
            }
            if (printer == null) {
                printer = printer(label, evidence, reader.header());
            }
            show(event, label, printer);
        }
    }

    /** Shows the ereports that the cases asked for were diagnosed from. */
    private void showEvidence(Evidence evidence, RecordPrinter printer) throws IOException {
        NvList references = evidence.ofCases(request.filter().uuids());
        int found = 0;
        for (LoggedEvent event : evidence.of(references)) {
            found++;
            if (request.filter().acceptsEnvelope(event, LogLabel.ERROR)) {
                show(event, LogLabel.ERROR, printer);
            }
        }
        int missing = Evidence.count(references) - found;
        if (missing > 0) {
            err.println("fmdump: warning: " + missing + " ereports of the case are no longer in the error log");
        }
    }

    private void show(LoggedEvent event, LogLabel label, RecordPrinter printer) throws IOException {
        try {
            if (!request.filter().acceptsMembers(event, label)) {
                return;
            }
            if (!printer.heading().equals(headed)) {
                headed = printer.heading();
                if (!headed.isEmpty()) {
                    out.print(headed + "\n");
                }
            }
            printer.print(event, out);
        } catch (JsonProblem e) {
            skip("the body at " + event.ref() + " is no event: " + e.getMessage());
        }
        shown++;
        if (shown % LOOK_EVERY == 0 && out.checkError()) {
            closed = true;
        }
    }

    private RecordPrinter printer(LogLabel label, Evidence evidence, @Nullable LogHeader header) {
        return switch (request.form()) {
            case JSON -> new JsonPrinter();
            case MESSAGE -> messages(header);
            case DUMP -> new DumpPrinter(surroundings.now(), surroundings.zone(), label, request.pretty(), evidence);
            case HUMAN -> new HumanPrinter(surroundings.now(), surroundings.zone());
            case VERBOSE -> lines(label, true);
            case SHORT -> lines(label, false);
        };
    }

    private RecordPrinter lines(LogLabel label, boolean verbose) {
        return switch (label) {
            case FAULT -> new ListPrinter(surroundings.now(), surroundings.zone(), verbose);
            case ERROR -> reports(verbose ? ReportPrinter.Detail.ENA : ReportPrinter.Detail.NONE);
            case INFO -> reports(verbose ? ReportPrinter.Detail.UUID : ReportPrinter.Detail.NONE);
        };
    }

    private RecordPrinter reports(ReportPrinter.Detail detail) {
        return new ReportPrinter(surroundings.now(), surroundings.zone(), detail);
    }

    private RecordPrinter messages(@Nullable LogHeader header) {
        Path home = surroundings.home();
        MessageCatalog catalog = MessageCatalog.empty();
        if (home == null) {
            err.println(
                    "fmdump: warning: there are no message texts: set FMD_HOME to the folder that has 'dict' in it");
        } else {
            catalog = MessageCatalog.load(Places.of(home, home).dict());
            for (String problem : catalog.problems()) {
                err.println("fmdump: warning: " + problem);
            }
        }
        return new MessagePrinter(
                catalog, header == null ? "-" : header.origin().host(), surroundings.zone());
    }
}
