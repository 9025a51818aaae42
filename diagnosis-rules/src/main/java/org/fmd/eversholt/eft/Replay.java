// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import org.fmd.api.CaseKey;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.Value;
import org.fmd.eversholt.syntax.Decision;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.fmri.HcFmri;
import org.jspecify.annotations.Nullable;

/**
 * An error log diagnosed again, in simulated time, however long it is: what is kept are open exercises, SERD engines and open
 * faults, never what is over. The case manager is the daemon's: a diagnosis that shares a faulty suspect with an earlier one
 * is its duplicate, and clears those suspects of the earlier one that it does not name.
 *
 * <p>Before an ereport is taken the clock moves to its time, never back; timers that are due by then run first.
 */
public final class Replay {
    private static final long AFTERWARDS = 30L * 24 * 3600 * 1_000_000_000L;
    private static final UUID LINES = new UUID(0, 0);

    /** What becomes of ereports and cases, in numbers. */
    public enum Kind {
        NOT_SUBSCRIBED("not-subscribed", "no rule is about them"),
        DISCARDED("discarded", "about nothing in the topology"),
        OPENED("opened", "cases opened"),
        SOLVED("solved", "diagnosed"),
        DUPLICATE("duplicate", "diagnosed, known already"),
        UNDIAGNOSABLE("undiagnosable", "not diagnosable"),
        CLOSED("closed-no-suspects", "closed, nothing serious"),
        FIRED("engine-fired", "SERD engines fired"),
        REPAIRED("repaired", "repaired"),
        ERROR("evaluation-error", "rules in error"),
        UNFINISHED("unfinished", "cases open at the end");

        private final String word;
        private final String sentence;

        Kind(String word, String sentence) {
            this.word = word;
            this.sentence = sentence;
        }

        /** For programs. */
        public String word() {
            return word;
        }

        /** For people. */
        public String sentence() {
            return sentence;
        }
    }

    /** A suspect, and how certain it is, in per cent. */
    public record Named(String eventClass, String resource, int certainty) {
        @Override
        public String toString() {
            return eventClass + "@" + resource;
        }
    }

    /**
     * A diagnosis that is no duplicate, or the word that there is none.
     *
     * @param nanos when, since the epoch
     * @param ereport the ereport that opened the case, as the caller names it
     * @param suspects in the order of the engine
     */
    public record Verdict(long nanos, LogRef ereport, List<Named> suspects) {
        public Verdict {
            suspects = List.copyOf(suspects);
        }
    }

    /** Takes what a replay has to say, as soon as it says it. */
    public interface Listener {
        void concluded(Verdict verdict);

        /** A rule could not be evaluated; told once for each place. */
        void failed(String place, String problem);
    }

    private record Timer(long number, long due, long order) {}

    private final Program program;
    private final Listener listener;
    private final DiagnosisCore core;
    private final OpenFaults faults = new OpenFaults();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::due).thenComparingLong(Timer::order));
    private final Set<Long> cancelled = new HashSet<>();
    private final Map<Kind, long[]> counts = new EnumMap<>(Kind.class);
    private @Nullable SerdWatch watch;
    private long clock = Long.MIN_VALUE;
    private long order;

    public Replay(Program program, Topology topology, Settings settings, Listener listener) {
        this.program = program;
        this.listener = listener;
        this.core = new DiagnosisCore(
                program, settings, (component, pattern) -> faults.at(component.path(), pattern), this::take);
        core.topologyChanged(topology);
    }

    /** Tells somebody of every record of a SERD engine. */
    public void watch(SerdWatch newWatch) {
        watch = newWatch;
        core.watch(newWatch);
    }

    /** Names an ereport that is not in a log by the number of its line. */
    public static LogRef line(long number) {
        return new LogRef(LINES, number);
    }

    /** Whether {@link #line} has made that name. */
    public static boolean isLine(LogRef ereport) {
        return ereport.logId().equals(LINES);
    }

    /**
     * Takes an ereport.
     *
     * @param ref what the caller knows it by
     */
    public void ereport(Ereport ereport, LogRef ref) {
        long nanos = nanos(ereport.tod());
        advance(nanos);
        String eventClass = ereport.eventClass().name();
        if (!core.subscribes(eventClass)) {
            note(Kind.NOT_SUBSCRIBED);
            return;
        }
        Fmri detector = ereport.detector();
        Component at = core.find(detector);
        core.receive(new Report(
                ref,
                eventClass,
                at == null ? place(detector) : at.path(),
                at,
                nanos,
                ereport.payload(),
                words(detector)));
    }

    /** A time in nanoseconds since the epoch; one that 64 bits do not hold is the first or last that they do. */
    public static long nanos(Instant tod) {
        long seconds = tod.getEpochSecond();
        if (Math.abs(seconds) >= Long.MAX_VALUE / 1_000_000_000L) {
            return seconds < 0 ? Long.MIN_VALUE + 1 : Long.MAX_VALUE;
        }
        return seconds * 1_000_000_000L + tod.getNano();
    }

    /** Where the name of something that is not there leads to. */
    private static @Nullable TopoPath place(@Nullable Fmri detector) {
        return detector instanceof HcFmri hc ? TopoPath.of(hc).orElse(null) : null;
    }

    private static Object words(@Nullable Fmri detector) {
        if (detector instanceof DevFmri dev) {
            return dev.devid() == null ? dev.devicePath() : dev.devid();
        }
        return detector == null ? "a detector without a name" : detector;
    }

    /** Declares that what is at these places was repaired, at that time. */
    public void repaired(long nanos, List<TopoPath> places) {
        advance(nanos);
        for (OpenFaults.Faulty fault : faults.repair(places)) {
            note(Kind.REPAIRED);
            TopoPath path = fault.path();
            if (path != null) {
                core.repaired(fault.eventClass(), path);
                if (watch != null) {
                    watch.repaired(fault.eventClass(), path, program.dialect().has(Decision.RESET_FED_ENGINES));
                }
            }
        }
    }

    /** Lets the time pass that open cases wait for. Nothing may be taken after that. */
    public void finish() {
        if (clock > Long.MIN_VALUE) {
            advance(clock > Long.MAX_VALUE - AFTERWARDS ? Long.MAX_VALUE : clock + AFTERWARDS);
        }
        number(Kind.UNFINISHED)[0] = count(Kind.OPENED)
                - count(Kind.SOLVED)
                - count(Kind.DUPLICATE)
                - count(Kind.UNDIAGNOSABLE)
                - count(Kind.CLOSED);
    }

    public long count(Kind kind) {
        return number(kind)[0];
    }

    private long[] number(Kind kind) {
        long[] number = counts.get(kind);
        if (number == null) {
            number = new long[1];
            counts.put(kind, number);
        }
        return number;
    }

    private void note(Kind kind) {
        number(kind)[0]++;
    }

    private void advance(long to) {
        for (Timer timer = timers.peek(); timer != null && timer.due <= Math.max(to, clock); timer = timers.peek()) {
            timers.remove();
            if (!cancelled.remove(timer.number)) {
                clock = Math.max(clock, timer.due);
                core.timerDue(timer.number);
            }
        }
        clock = Math.max(clock, to);
    }

    private void take(Outcome outcome) {
        if (outcome instanceof Outcome.Opened) {
            note(Kind.OPENED);
        } else if (outcome instanceof Outcome.Closed) {
            note(Kind.CLOSED);
        } else if (outcome instanceof Outcome.Solved solved) {
            List<OpenFaults.Faulty> suspects = new ArrayList<>(solved.suspects().size());
            for (Diagnosis suspect : solved.suspects()) {
                suspects.add(faulty(suspect));
            }
            conclude(Kind.SOLVED, solved.key(), suspects);
        } else if (outcome instanceof Outcome.Undiagnosable undiagnosable) {
            conclude(Kind.UNDIAGNOSABLE, undiagnosable.key(), unexpected(undiagnosable));
        } else if (outcome instanceof Outcome.TimerSet set) {
            timers.add(new Timer(set.timer(), set.due(), order++));
        } else if (outcome instanceof Outcome.TimerCancelled gone) {
            cancelled.add(gone.timer());
        } else if (outcome instanceof Outcome.Discarded) {
            note(Kind.DISCARDED);
        } else if (outcome instanceof Outcome.Fired) {
            note(Kind.FIRED);
        } else if (outcome instanceof Outcome.EvaluationError error) {
            note(Kind.ERROR);
            listener.failed(error.place().toString(), error.problem());
        }
    }

    private void conclude(Kind kind, CaseKey key, List<OpenFaults.Faulty> suspects) {
        if (faults.isKnown(suspects)) {
            note(Kind.DUPLICATE);
            return;
        }
        note(kind);
        listener.concluded(new Verdict(
                clock,
                key.principal(),
                suspects.stream().map(OpenFaults.Faulty::named).toList()));
    }

    /** A block of a disk is another resource than the disk and its other blocks. */
    private static OpenFaults.Faulty faulty(Diagnosis diagnosis) {
        TopoPath path = diagnosis.at().path();
        Value offset = diagnosis.payload().get("offset");
        String rest = offset instanceof Value.Num number ? "/offset=" + Long.toUnsignedString(number.bits()) : "";
        return new OpenFaults.Faulty(diagnosis.eventClass(), path, rest, diagnosis.certainty());
    }

    private static List<OpenFaults.Faulty> unexpected(Outcome.Undiagnosable undiagnosable) {
        String eventClass = "defect.fmd.eft.unexpected-telemetry";
        Outcome.Observed first = undiagnosable.observed().get(0);
        TopoPath path = first.event() == null || undiagnosable.reason() == Reason.TOO_MANY
                ? null
                : first.event().path();
        String rest = (path == null ? first.detector() : "") + " ("
                + undiagnosable.reason().word() + ")";
        return List.of(new OpenFaults.Faulty(eventClass, path, rest, 100));
    }
}
