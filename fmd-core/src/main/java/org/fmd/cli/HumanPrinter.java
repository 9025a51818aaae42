// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code -e -h}: each error in words, on one line: when it ended, on which host, which device and where that is, what it was asked,
 * what it answered, how often that was tried, how it ended (fmd reference §8.8). The ereports of one ENA are one error.
 *
 * <pre>
 * Mar 04 11:32:06.9914 nas1 id1,sd@n5000c500a1b2c3d7 (Slot 07, ZC1A2B3C): READ(10) lba 3809152 len 128: Medium Error,
 *                          Unrecovered read error (3/11/00), at lba 3809154, 1 retry, failed (fatal)
 * </pre>
 */
final class HumanPrinter implements RecordPrinter {
    /** How long a follower waits for the outcome of an error. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final Instant now;
    private final ZoneId zone;
    private final ErrorChains chains;
    private final ErrorChains.@Nullable Source errors;
    private final long nanos;
    private final boolean patient;

    /**
     * Makes a printer.
     *
     * @param chains errors whose outcome is not known yet, and what must not be shown before them
     * @param errors the log; null for one that holds no errors
     * @param nanos a clock that only goes forward
     * @param patient whether more may come when all is printed
     */
    HumanPrinter(
            Instant now,
            ZoneId zone,
            ErrorChains chains,
            ErrorChains.@Nullable Source errors,
            long nanos,
            boolean patient) {
        this.now = now;
        this.zone = zone;
        this.chains = chains;
        this.errors = errors;
        this.nanos = nanos;
        this.patient = patient;
    }

    @Override
    public String heading() {
        return "";
    }

    @Override
    public void print(LoggedEvent event, PrintWriter out) throws IOException {
        List<ErrorChain> complete = errors == null
                ? chains.tell(event.tod(), StoryWords.of(event), nanos, patient)
                : chains.add(event, errors, nanos, patient);
        for (ErrorChain chain : complete) {
            print(chain, out);
        }
    }

    @Override
    public void finish(PrintWriter out) {
        for (ErrorChain chain : chains.rest(patient ? nanos - PATIENCE_NANOS : Long.MAX_VALUE)) {
            print(chain, out);
        }
    }

    private void print(ErrorChain chain, PrintWriter out) {
        StringBuilder line = new StringBuilder(160);
        line.append(Columns.left(Times.ofEvent(chain.last(), now, zone), 20)).append(' ');
        if (chain.story() != null) {
            out.print(line.append(chain.story()).append('\n'));
            return;
        }
        line.append(chain.host()).append(' ');
        line.append(String.join(", ", chain.devices())).append(": ");
        ErrorWords.append(line, chain.telling(), classes(chain));
        line.append(chain.ending());
        ErrorWords.appendRemark(line, chain.telling());
        out.print(line.append('\n'));
    }

    private static String classes(ErrorChain chain) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Integer> each : chain.classes().entrySet()) {
            text.append(text.length() == 0 ? "" : ", ").append(ErrorWords.withoutRoot(each.getKey()));
            if (each.getValue() > 1) {
                text.append(" x").append(each.getValue());
            }
        }
        return text.toString();
    }
}
