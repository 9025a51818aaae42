// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.io.IOException;
import java.io.InputStream;
import org.fmd.eversholt.eft.Replay;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.EreportLines;
import org.jspecify.annotations.Nullable;

/** A log in lines of JSON, as {@code fmdump -e -j} prints it. */
public final class LineLog implements ErrorLog {
    private final EreportLines lines;

    /** Reads a stream, which may be compressed and is closed with this; throws {@link IOException} if it cannot be read at all. */
    public LineLog(InputStream in) throws IOException {
        this.lines = new EreportLines(in);
    }

    @Override
    public Kind next() throws IOException {
        return switch (lines.next()) {
            case EREPORT -> Kind.EREPORT;
            case OTHER -> Kind.OTHER;
            case UNREADABLE -> Kind.UNREADABLE;
            case END -> Kind.END;
        };
    }

    @Override
    public Ereport ereport() {
        return lines.ereport();
    }

    @Override
    public LogRef ref() {
        return Replay.line(lines.line());
    }

    /** {@code list.repaired} and {@code list.resolved}, as {@code fmdump -j} prints them. */
    @Override
    public @Nullable Repair repair() {
        return RepairLine.of(lines.members());
    }

    @Override
    public long line() {
        return lines.line();
    }

    @Override
    public String problem() {
        return lines.problem();
    }

    @Override
    public long bytes() {
        return lines.bytes();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
