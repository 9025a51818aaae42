// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.fmd.model.nv.NvList;
import org.fmd.model.scsi.Octets;
import org.fmd.plugins.kernel.observation.Observation.OfTrace;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * What the trace and the kernel's log say, told once. Pure; belongs to one thread.
 *
 * <pre>
 *   trace events ──▶ RequestAssembler ───────────────────────────────────────▶ conclusions
 *                      │ told?  ▲ sense
 *   kmsg, uevents ─▶ CommandAssembler ──▶ held, 100 ms ── not told by trace ─▶ conclusions
 * </pre>
 *
 * <p>The trace tells every failed attempt, so where it is read what the log says of a command is dropped if the trace has it. It
 * is held for a moment, since the two sources are not read at one time. What the trace did not have, because it was lost or is
 * not a command's, is told by the log's word. That the log holds messages back is no loss then.
 */
public final class TelemetryJoin {
    /** Longer than it takes to read all sources once. */
    private static final long HOLD = Duration.ofMillis(100).toNanos();

    /** The log tells of ten failures in 5 s, and of some news beside them. */
    private static final int MAX_HELD = 1024;

    /** The most that {@link #waiting} ever is. */
    public static final int MAX_WAITING = 3 * RequestAssembler.MAX_OPEN + OpenCommands.MAX_OPEN + MAX_HELD;

    /** What the log said and when, and when to see whether the trace tells it. */
    private record Held(Conclusion whole, Conclusion.DiskError error, Stamp at, long look) {}

    /** What libata says of its commands; it lets one that failed time out, and makes up sense. */
    @FunctionalInterface
    public interface Libata {
        /** Returns what was said of a command of a disk, and forgets it; null if nothing was. */
        RequestAssembler.@Nullable Heard told(ScsiDevice disk, Octets cdb);
    }

    private final CommandAssembler log;
    private final RequestAssembler trace;
    private final Libata libata;
    private final Deque<Held> held = new ArrayDeque<>();
    private boolean traced;
    private Stamp latest = new Stamp(Instant.EPOCH, 0, Stamp.NOT_TOLD);

    /**
     * @param addressOfDisk see {@link CommandAssembler}
     * @param disks see {@link RequestAssembler}
     */
    public TelemetryJoin(
            Function<String, @Nullable String> addressOfDisk, RequestAssembler.Disks disks, Libata libata) {
        this.libata = libata;
        this.log = new CommandAssembler(addressOfDisk);
        this.trace = new RequestAssembler(disks, this::heard);
    }

    /** Says whether failed attempts are traced from now on. */
    public void traced(boolean isTraced) {
        traced = isTraced;
    }

    /** Takes one statement and returns what is concluded by it. */
    public List<Conclusion> observe(Observed observed) {
        latest = observed.at();
        if (!(observed.what() instanceof OfTrace)) {
            return joined(log.observe(observed), observed.at());
        }
        List<Conclusion> concluded = trace.observe(observed);
        forgetTold();
        return concluded;
    }

    private void forgetTold() {
        held.removeIf(h -> trace.hasTold(h.error, h.at));
    }

    /** What the log said of an attempt; a given-up command has its own words, a unit attention is told beside it. */
    private RequestAssembler.@Nullable Heard heard(ScsiDevice device, Command traced, boolean onlyTimedOut) {
        for (Held one : held) {
            Command line = one.error.command();
            boolean news = !onlyTimedOut && traced.fate() != Fate.GIVEN_UP;
            boolean fits = line.cdb().length() > 0
                    ? !news && line.cdb().equals(traced.cdb())
                    : news == (line.fate() == Fate.DELIVERED);
            if (line.sense() != null && fits && one.error.device().hctl().equals(device.hctl())) {
                return new RequestAssembler.Heard(
                        line, one.whole instanceof Conclusion.ToldError told ? told.facts() : NvList.EMPTY);
            }
        }
        return onlyTimedOut ? libata.told(device, traced.cdb()) : null;
    }

    /** Takes a statement that was made before anything is to be concluded: only who is who is learnt from it. */
    public void learn(Observed observed) {
        log.learn(observed);
    }

    /** Concludes what had waited long enough at a moment up to which everything has been read. */
    public List<Conclusion> expire(Stamp readUpTo) {
        latest = readUpTo;
        List<Conclusion> concluded = new ArrayList<>(joined(log.expire(readUpTo), readUpTo));
        concluded.addAll(trace.expire(readUpTo));
        if (!held.isEmpty()) {
            forgetTold();
            release(readUpTo.arrival(), concluded);
        }
        return concluded;
    }

    private void release(long now, List<Conclusion> concluded) {
        for (int left = held.size(); left > 0; left--) {
            Held one = held.removeFirst();
            if (now <= one.look) {
                held.addLast(one);
            } else if (trace.mayTell(one.error)) {
                held.addLast(new Held(one.whole, one.error, one.at, now + HOLD));
            } else {
                concluded.add(one.whole);
            }
        }
    }

    /**
     * Concludes all that is open, because nothing more will come.
     *
     * @param messages the last conclusions of messages of drivers
     */
    public List<Conclusion> finish(List<Conclusion> messages) {
        List<Conclusion> concluded = new ArrayList<>(joined(log.finish(), latest));
        concluded.addAll(logged(messages, latest));
        concluded.addAll(trace.finish(latest));
        forgetTold();
        held.forEach(h -> concluded.add(h.whole));
        held.clear();
        return concluded;
    }

    /** Returns the arrival time at which {@link #expire} may have something to do; empty if nothing is open. */
    public OptionalLong deadline() {
        long next =
                Math.min(log.deadline().orElse(Long.MAX_VALUE), trace.deadline().orElse(Long.MAX_VALUE));
        for (Held one : held) {
            next = Math.min(next, one.look + 1);
        }
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** Returns how much waits for more to be told: commands of the log, what is held, attempts and requests of the trace. */
    public int waiting() {
        return log.waiting() + held.size() + trace.waiting();
    }

    /** Takes what messages of drivers were worth; of commands of SCSI disks the trace tells as well. */
    public List<Conclusion> logged(List<Conclusion> messages, Stamp at) {
        if (!traced || messages.isEmpty()) {
            return messages;
        }
        List<Conclusion> passed = new ArrayList<>();
        for (Conclusion one : messages) {
            if (one instanceof Conclusion.ToldError error
                    && !error.error().device().hctl().isEmpty()) {
                hold(one, error.error(), at, passed);
            } else {
                passed.add(one);
            }
        }
        return passed;
    }

    private List<Conclusion> joined(List<Conclusion> logged, Stamp at) {
        if (!traced || logged.isEmpty()) {
            return logged;
        }
        List<Conclusion> passed = new ArrayList<>();
        for (Conclusion one : logged) {
            if (one instanceof Conclusion.DiskError error) {
                hold(error, error, at, passed);
            } else if (!(one instanceof Conclusion.TelemetryLost)) {
                passed.add(one);
            }
        }
        return passed;
    }

    private void hold(Conclusion whole, Conclusion.DiskError error, Stamp at, List<Conclusion> passed) {
        if (trace.hasTold(error, at)) {
            return;
        }
        if (held.size() >= MAX_HELD) {
            passed.add(held.removeFirst().whole);
        }
        held.addLast(new Held(whole, error, at, at.arrival() + HOLD));
    }
}
