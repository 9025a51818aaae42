// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Program;

/**
 * The last ereports once more, by an engine of their own, to see what becomes of each: for somebody who asks why something was
 * not diagnosed. Its SERD engines begin empty, so they count only these.
 */
final class Rehearsal implements Ledger {
    private record Timer(long number, long due) {}

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::number));
    private final Set<Long> cancelled = new HashSet<>();
    private final List<Ended> ended = new ArrayList<>();
    private final DiagnosisCore core;

    private Rehearsal(Program program, Topology topology, Settings settings, DiagnosisCore.FaultOracle faults) {
        this.core = new DiagnosisCore(program, settings, faults, this::take, null, null, this);
        core.topologyChanged(topology);
    }

    /**
     * What becomes of the reports, in their order.
     *
     * @param now how far the clock goes, in nanoseconds since the epoch; what waits for longer is undecided
     */
    static List<Ended> of(
            List<Report> reports,
            long now,
            Program program,
            Topology topology,
            Settings settings,
            DiagnosisCore.FaultOracle faults) {
        Rehearsal rehearsal = new Rehearsal(program, topology, settings, faults);
        for (Report report : reports) {
            rehearsal.advance(report.nanos());
            rehearsal.core.receive(report.copy());
        }
        rehearsal.advance(now);
        rehearsal.ended.addAll(rehearsal.core.undecided());
        return rehearsal.ended;
    }

    private void advance(long to) {
        for (Timer timer = timers.peek(); timer != null && timer.due <= to; timer = timers.peek()) {
            timers.remove();
            if (!cancelled.remove(timer.number)) {
                core.timerDue(timer.number);
            }
        }
    }

    private void take(Outcome outcome) {
        if (outcome instanceof Outcome.TimerSet set) {
            timers.add(new Timer(set.timer(), set.due()));
        } else if (outcome instanceof Outcome.TimerCancelled gone) {
            cancelled.add(gone.timer());
        }
    }

    @Override
    public boolean keeps(Ended.How how) {
        return true;
    }

    @Override
    public void ended(Ended exercise) {
        ended.add(exercise);
    }
}
