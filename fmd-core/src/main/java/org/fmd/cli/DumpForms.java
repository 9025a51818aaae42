// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.fmd.core.daemon.Places;
import org.fmd.core.log.LogLabel;
import org.fmd.core.msg.MessageCatalog;
import org.jspecify.annotations.Nullable;

/** The printers of one run: one for each log, in the form that was asked for. */
final class DumpForms {
    private final DumpRequest request;
    private final Surroundings surroundings;
    private final PrintWriter err;
    private final Map<LogLane, RecordPrinter> printers = new HashMap<>();
    private @Nullable Map<LogLane, ErrorChains.Source> sources;
    private @Nullable ErrorChains chains;
    private @Nullable MessageCatalog catalog;
    private Instant now;
    private boolean ended;

    DumpForms(DumpRequest request, Surroundings surroundings, PrintWriter err) {
        this.request = request;
        this.surroundings = surroundings;
        this.err = err;
        this.now = surroundings.now();
    }

    /** Looks at the clock again: what is old depends on it. */
    void renew() {
        now = surroundings.now();
        printers.clear();
    }

    /** Nothing more will come, not even for a follower. */
    void end() {
        ended = true;
        printers.clear();
    }

    /** Returns the printer of a log where it may hold something back, else null. */
    @Nullable
    RecordPrinter holding(LogLane lane) throws IOException {
        return request.form() == DumpRequest.Form.HUMAN && lane.any() ? printer(lane) : null;
    }

    /** Returns the printer of a log, of which an event is current. */
    RecordPrinter printer(LogLane lane) throws IOException {
        RecordPrinter known = printers.get(lane);
        if (known == null) {
            known = make(lane);
            printers.put(lane, known);
        }
        return known;
    }

    private RecordPrinter make(LogLane lane) throws IOException {
        LogLabel label = lane.source().label();
        return switch (request.form()) {
            case JSON -> new JsonPrinter();
            case MESSAGE -> messages(lane);
            case DUMP ->
                new DumpPrinter(
                        now,
                        surroundings.zone(),
                        request.merged() ? LogLabel.INFO : label,
                        request.pretty(),
                        lane.evidence());
            case HUMAN -> human(lane, label);
            case VERBOSE -> lines(label, true);
            default -> lines(label, false);
        };
    }

    private RecordPrinter lines(LogLabel label, boolean verbose) {
        if (request.merged()) {
            return reports(verbose ? ReportPrinter.Detail.UUID_OR_ENA : ReportPrinter.Detail.NONE);
        }
        return switch (label) {
            case FAULT -> new ListPrinter(now, surroundings.zone(), verbose);
            case ERROR -> reports(verbose ? ReportPrinter.Detail.ENA : ReportPrinter.Detail.NONE);
            case INFO -> reports(verbose ? ReportPrinter.Detail.UUID : ReportPrinter.Detail.NONE);
        };
    }

    private RecordPrinter reports(ReportPrinter.Detail detail) {
        return new ReportPrinter(now, surroundings.zone(), detail);
    }

    private RecordPrinter human(LogLane lane, LogLabel label) throws IOException {
        Map<LogLane, ErrorChains.Source> known = sources;
        ErrorChains open = chains;
        if (known == null || open == null) {
            known = new HashMap<>();
            sources = known;
            open = new ErrorChains();
            chains = open;
        }
        ErrorChains.Source errors = known.get(lane);
        if (errors == null && label == LogLabel.ERROR) {
            errors = new ErrorChains.Source(lane.header().origin().host(), new Locations(lane.source()));
            known.put(lane, errors);
        }
        return new HumanPrinter(
                now, surroundings.zone(), open, errors, surroundings.nanos(), request.follow() && !ended);
    }

    private RecordPrinter messages(LogLane lane) throws IOException {
        MessageCatalog texts = catalog;
        if (texts == null) {
            texts = loadCatalog();
            catalog = texts;
        }
        return new MessagePrinter(texts, lane.header().origin().host(), surroundings.zone());
    }

    private MessageCatalog loadCatalog() {
        Path home = surroundings.home();
        if (home == null) {
            err.println(
                    "fmdump: warning: there are no message texts: set FMD_HOME to the folder that has 'dict' in it");
            return MessageCatalog.empty();
        }
        MessageCatalog loaded = MessageCatalog.load(Places.of(home, home).dict());
        for (String problem : loaded.problems()) {
            err.println("fmdump: warning: " + problem);
        }
        return loaded;
    }
}
