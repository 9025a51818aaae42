// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.analyse;

import java.util.List;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.syntax.Issue;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Analyser} found.
 *
 * @param issues warnings and notes, sorted by file as the program has them, then by place
 * @param waits one for each fault, defect and upset that leads to an ereport, in the order of declaration
 */
public record Analysis(List<Issue> issues, List<Wait> waits) {
    /**
     * How long after its first ereport an exercise may stay open for the sake of one problem; no exercise stays open longer
     * than the longest of its problems.
     *
     * @param nanos an upper bound, 0 for a problem that is decided at once
     * @param awaited what it waits for that long, null where it does not wait
     */
    public record Wait(Event problem, long nanos, @Nullable EventUse awaited) {}

    public Analysis {
        issues = List.copyOf(issues);
        waits = List.copyOf(waits);
    }
}
