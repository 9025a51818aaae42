// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.eversholt.workload.Workload;
import org.fmd.eversholt.workload.WorkloadFiles;
import org.fmd.model.event.Ereport;
import org.fmd.model.json.EreportLines;

/**
 * Ereports that never end: those of a workload as a reader of its lines makes them, sharing what is alike, and then the same
 * again, later.
 */
final class Feed {
    private final Ereport[] ereports;
    private final Duration round;
    private Duration shift = Duration.ZERO;
    private int next;

    Feed(Workload workload) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        ereports = new Ereport[(int) workload.ereports()];
        try {
            WorkloadFiles.writeEreports(workload, lines);
            try (EreportLines reader = new EreportLines(new ByteArrayInputStream(lines.toByteArray()))) {
                for (int i = 0; i < ereports.length; i++) {
                    if (reader.next() != EreportLines.Kind.EREPORT) {
                        throw new IllegalStateException("line " + reader.line() + " is no ereport");
                    }
                    ereports[i] = reader.ereport();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        round = Duration.between(ereports[0].tod(), ereports[ereports.length - 1].tod())
                .plusMinutes(2);
    }

    Ereport next() {
        if (next == ereports.length) {
            next = 0;
            shift = shift.plus(round);
        }
        Ereport one = ereports[next++];
        return shift.isZero()
                ? one
                : new Ereport(one.eventClass(), one.tod().plus(shift), one.ena(), one.detector(), one.payload());
    }

    int size() {
        return ereports.length;
    }

    /** The rules for disks as they are shipped. */
    static Program rules() {
        Path file = Path.of(System.getProperty("fmd.rules"), "disk.esc");
        try {
            SourceFile source = new SourceFile(file.toString(), Files.readString(file));
            return new Compiler(Dialect.OURS, Sources.none(), List.of())
                    .compile(List.of(source))
                    .programOrThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read '" + file + "'; give its folder with -Dfmd.rules", e);
        }
    }
}
