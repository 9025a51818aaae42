// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.util.ArrayList;
import java.util.List;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogException;
import org.fmd.core.log.LogException.Condition;
import org.fmd.core.log.LogRecord;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that go into one log together, each of them once, however often that has to be tried. */
final class Batch {
    private static final Logger LOG = LoggerFactory.getLogger("fault-manager");

    private final EventLog log;
    private final List<LogRecord> records = new ArrayList<>();
    /** How many of them the log has taken. */
    private int appended;

    private boolean durable;
    private @Nullable LogRef last;

    /** @param log without a record that is not durable */
    Batch(EventLog log) {
        this.log = log;
    }

    void add(LogRecord record) {
        records.add(record);
    }

    /**
     * Makes them durable, unless they are; to be called again if it could not.
     *
     * @param before the last record of the log before these
     * @return the last record of the log now
     */
    @Nullable
    LogRef commit(@Nullable LogRef before) throws LogException {
        if (durable || records.isEmpty()) {
            return last == null ? before : last;
        }
        try {
            while (appended < records.size()) {
                try {
                    last = log.appendVital(records.get(appended));
                    appended++;
                } catch (LogException e) {
                    if (e.condition() != Condition.RECORD_TOO_LARGE) {
                        throw e;
                    }
                    LOG.error("an event is left out of the log: {}", e.getMessage());
                    records.remove(appended);
                }
            }
            log.sync();
            durable = true;
        } catch (LogException e) {
            if (e.condition() != Condition.LOG_MINFREE) {
                appended = 0; // the log has taken back what was not durable
            }
            throw e;
        }
        return last == null ? before : last;
    }
}
