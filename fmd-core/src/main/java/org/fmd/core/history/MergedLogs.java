// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.history;

import java.io.IOException;
import java.util.function.Consumer;
import org.fmd.api.EventHistory;
import org.fmd.core.log.Damage;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogReader;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.jspecify.annotations.Nullable;

/** Error log and fault log, read side by side. */
final class MergedLogs implements EventHistory.Reading {
    private final LogReader errors;
    private final LogReader faults;
    private final Consumer<String> damage;
    private boolean errorWaits;
    private boolean faultWaits;
    private long bytes;

    MergedLogs(LogFiles files, Consumer<String> damage) {
        this.damage = damage;
        this.errors = LogReader.history(files, LogLabel.ERROR, this::damaged);
        this.faults = LogReader.history(files, LogLabel.FAULT, this::damaged);
    }

    private void damaged(Damage found) {
        // The system's own message for a file that may not be read is its name.
        boolean nameless = found.length() == 0 && found.reason().equals(found.path());
        damage.accept(
                nameless
                        ? "'" + found.path() + "' is skipped: it may not be read, or is gone; read it as root"
                        : found.sentence());
    }

    @Override
    public EventHistory.@Nullable Entry next() throws IOException {
        while (true) {
            errorWaits = errorWaits || errors.advance();
            faultWaits = faultWaits || faults.advance();
            if (!errorWaits && !faultWaits) {
                return null;
            }
            LogReader next = faultIsNext() ? faults : errors;
            if (next == faults) {
                faultWaits = false;
            } else {
                errorWaits = false;
            }
            bytes += next.length();
            try {
                return new EventHistory.Entry(next.ref(), TypedJson.readEvent(next.body()));
            } catch (JsonProblem e) {
                damage.accept("the record at " + next.ref() + " is skipped: its body is no event: " + e.getMessage());
            }
        }
    }

    private boolean faultIsNext() {
        return !errorWaits || (faultWaits && Long.compareUnsigned(faults.timeNanos(), errors.timeNanos()) < 0);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try (faults) {
            errors.close();
        }
    }
}
