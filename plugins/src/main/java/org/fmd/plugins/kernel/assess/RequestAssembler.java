// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.fmd.model.scsi.Cdb;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.OpCode;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.observation.BlockErrorKind;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.AttemptEnded;
import org.fmd.plugins.kernel.observation.Observation.AttemptTimedOut;
import org.fmd.plugins.kernel.observation.Observation.BlockError;
import org.fmd.plugins.kernel.observation.Observation.Request;
import org.fmd.plugins.kernel.observation.Observation.RequestFailed;
import org.fmd.plugins.kernel.observation.Observation.RequestRequeued;
import org.fmd.plugins.kernel.observation.Observation.SenseChecked;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Joins what the trace events say of a request: its attempts, and what became of it (kernel channel reference §3). Pure; belongs
 * to one thread.
 *
 * <pre>
 *   attempt ended ─ sense checked ─┬─▶ requeued ──▶ RETRIED ──▶ … ─┬─▶ another attempt, same command
 *   or timed out    (by a probe)   │                               ├─▶ failed ──▶ GIVEN_UP
 *                                  ├─▶ failed ────▶ GIVEN_UP       └─▶ silence ─▶ RECOVERED
 *                                  └─▶ silence ───▶ key 1: DELIVERED, the data was good
 *                                                   data: GIVEN_UP, and whoever asked wants no noise
 *                                                   else: PASSED_THROUGH, no request of the block layer
 *                                                   timed out: slow, which is no error
 * </pre>
 *
 * <p>An attempt is known by its device and its command. Silence behind an attempt that ended is 100 ms: the block layer's word
 * comes with it. Silence behind a request that was requeued is half a second during which the disk has nothing in flight, or as
 * long as all attempts that are left may take.
 */
public final class RequestAssembler {
    /** As many as the busiest hosts have in flight on disks in trouble; beyond that the oldest is concluded. */
    static final int MAX_OPEN = 4096;

    private static final Duration VERDICT = Duration.ofMillis(100);
    private static final Duration QUIET = Duration.ofMillis(500);
    /** Six attempts, as sd allows, each with the default time-out of 30 s, and an error handler that takes its time. */
    private static final Duration ALL_ATTEMPTS = Duration.ofMinutes(5);

    /** What is asked of the machine. */
    public interface Disks {
        /** The SCSI disk behind a device number; null if there is none, or nobody knows. */
        @Nullable
        ScsiDevice numbered(int major, int minor);

        /** Whether a disk has nothing to do at the moment; false if that is not known. */
        boolean isIdle(ScsiDevice disk);
    }

    private record Key(String hctl, Octets cdb) {}

    /** An attempt whose consequence is not told yet. */
    private static final class Attempt {
        final ScsiDevice device;
        final Octets cdb;
        final Stamp at;
        boolean timedOut;
        Command.Result result = Command.Result.NOT_TOLD;
        Command.Status status = Command.Status.NOT_TOLD;
        Command.@Nullable Sense sense;

        Attempt(ScsiDevice device, Octets cdb, Stamp at) {
            this.device = device;
            this.cdb = cdb;
            this.at = at;
        }

        Command facts(Fate fate, @Nullable BlockError block) {
            return new Command(fate, result, status, sense, cdb, block);
        }
    }

    /** A request that is being tried again. */
    private record Retried(long chain, Attempt last, Stamp at) {}

    private final Disks disks;
    private final Map<Key, Attempt> attempts = new LinkedHashMap<>();
    private final Map<Key, Retried> requests = new LinkedHashMap<>();
    private List<Conclusion> concluded = new ArrayList<>();
    private long chains;

    /** Makes an assembler that knows of no request. */
    public RequestAssembler(Disks disks) {
        this.disks = disks;
    }

    /** Takes one statement and returns what is concluded by it; statements of other sources conclude nothing. */
    public List<Conclusion> observe(Observed observed) {
        Observation what = observed.what();
        Stamp at = observed.at();
        if (what instanceof AttemptEnded ended) {
            ended(ended, at);
        } else if (what instanceof AttemptTimedOut late) {
            Key key = new Key(late.device().hctl(), late.cdb());
            attempt(key, late.device(), late.cdb(), at).timedOut = true;
        } else if (what instanceof SenseChecked sense) {
            checked(sense);
        } else if (what instanceof RequestRequeued again) {
            requeued(again.request(), at);
        } else if (what instanceof RequestFailed failed) {
            failed(failed, at);
        }
        return take();
    }

    /** Concludes what had waited long enough at a moment up to which everything has been read. */
    public List<Conclusion> expire(Stamp readUpTo) {
        for (Key key : overdue(attempts, readUpTo, a -> a.timedOut ? ALL_ATTEMPTS : VERDICT, a -> a.at)) {
            silent(key);
        }
        for (Key key : overdue(requests, readUpTo, r -> QUIET, Retried::at)) {
            Retried request = requests.get(key);
            if (request != null && (isOver(request, readUpTo) || disks.isIdle(request.last.device))) {
                recovered(key);
            }
        }
        return take();
    }

    private static boolean isOver(Retried request, Stamp now) {
        return now.arrival() - request.at.arrival() > ALL_ATTEMPTS.toNanos();
    }

    /** Concludes all that is open, because nothing more will come. */
    public List<Conclusion> finish() {
        List.copyOf(attempts.keySet()).forEach(this::silent);
        List.copyOf(requests.keySet()).forEach(this::recovered);
        return take();
    }

    /** Returns the arrival time at which {@link #expire} may have something to do; empty if nothing is open. */
    public OptionalLong deadline() {
        long next = Long.MAX_VALUE;
        for (Attempt attempt : attempts.values()) {
            next = Math.min(next, attempt.at.arrival() + (attempt.timedOut ? ALL_ATTEMPTS : VERDICT).toNanos());
        }
        for (Retried request : requests.values()) {
            next = Math.min(next, request.at.arrival() + QUIET.toNanos());
        }
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    // ---- attempts ------------------------------------------------------------------------------

    private void ended(AttemptEnded ended, Stamp at) {
        Key key = new Key(ended.device().hctl(), ended.cdb());
        Attempt before = attempts.get(key);
        if (before != null && !before.timedOut) {
            silent(key);
        }
        // One that timed out and then ended all the same is one attempt, and its end counts.
        attempts.remove(key);
        Attempt attempt = attempt(key, ended.device(), ended.cdb(), at);
        attempt.result = new Command.Result(true, ended.result().host().orElse(null));
        attempt.status = new Command.Status(ended.result().statusByte());
        attempt.sense = ended.sense() == null ? null : Command.Sense.of(ended.sense());
    }

    /** The kernel looks at the sense of an attempt right after its end; the probe has room for sixteen octets of the command. */
    private void checked(SenseChecked sense) {
        for (Attempt attempt : attempts.values()) {
            int known = Math.min(attempt.cdb.length(), sense.cdb().length());
            if (attempt.device.hctl().equals(sense.device().hctl())
                    && attempt.cdb.slice(0, known).equals(sense.cdb().slice(0, known))) {
                attempt.sense = Command.Sense.of(sense.sense());
            }
        }
    }

    private Attempt attempt(Key key, ScsiDevice device, Octets cdb, Stamp at) {
        bound(attempts, MAX_OPEN, this::silent);
        return attempts.computeIfAbsent(key, k -> new Attempt(device, cdb, at));
    }

    private static <V> void bound(Map<Key, V> open, int most, Consumer<Key> conclude) {
        if (open.size() >= most) {
            Key oldest = open.keySet().iterator().next();
            conclude.accept(oldest);
            open.remove(oldest);
        }
    }

    /** No request of the block layer was told to stand behind an attempt. */
    private void silent(Key key) {
        Attempt attempt = attempts.remove(key);
        if (attempt == null || (attempt.timedOut && !attempt.result.told())) {
            return; // it was slow, and the driver gave it more time
        }
        Retried before = requests.remove(key);
        add(attempt, fateOf(attempt), null, before == null ? 0 : before.chain);
    }

    /** Requests of device-mapper's paths and read-ahead are given up without a word; what moves no data is somebody's own. */
    private static Fate fateOf(Attempt attempt) {
        if (attempt.sense != null && attempt.sense.key() == SenseKey.RECOVERED_ERROR) {
            return Fate.DELIVERED;
        }
        OpCode.Access access =
                Cdb.parse(attempt.cdb).toOptional().map(Cdb::access).orElse(OpCode.Access.NONE);
        boolean data = access != OpCode.Access.NONE && access != OpCode.Access.FLUSH;
        return data ? Fate.GIVEN_UP : Fate.PASSED_THROUGH;
    }

    // ---- requests ------------------------------------------------------------------------------

    private void requeued(Request request, Stamp at) {
        Key key = find(attempts, request, a -> a.cdb);
        Attempt attempt = key == null ? null : attempts.remove(key);
        if (key == null || attempt == null) {
            return; // the queue was full, or it is no request of a disk that is known
        }
        if (attempt.timedOut && !attempt.result.told()) {
            attempt.result = new Command.Result(true, HostByte.TIME_OUT);
        }
        Retried before = requests.remove(key);
        long chain = before == null ? ++chains : before.chain;
        boolean told = add(attempt, Fate.RETRIED, block(request, BlockErrorKind.IO), chain);
        if (told && isError(attempt)) {
            bound(requests, MAX_OPEN, this::recovered);
            requests.put(key, new Retried(chain, attempt, at));
        } else if (before != null) {
            requests.put(key, before);
        }
    }

    /**
     * Whether success after an attempt is a recovery. A unit attention is news, no error, and what a kernel that tells no sense
     * calls CHECK CONDITION may be one.
     */
    private static boolean isError(Attempt attempt) {
        return attempt.sense == null
                ? !attempt.status.equals(Command.Status.CHECK_CONDITION)
                : attempt.sense.key() != SenseKey.UNIT_ATTENTION;
    }

    private void failed(RequestFailed failed, Stamp at) {
        Key key = find(attempts, failed.request(), a -> a.cdb);
        BlockError block = block(failed.request(), BlockErrorKind.ofErrno(failed.errno()));
        if (key != null) {
            Attempt attempt = attempts.remove(key);
            Retried before = requests.remove(key);
            if (attempt != null) {
                if (attempt.timedOut && !attempt.result.told()) {
                    attempt.result = new Command.Result(true, HostByte.TIME_OUT);
                }
                add(attempt, Fate.GIVEN_UP, block, before == null ? 0 : before.chain);
            }
            return;
        }
        Key waiting = find(requests, failed.request(), r -> r.last.cdb);
        Retried request = waiting == null ? null : requests.remove(waiting);
        if (request != null) {
            // It was to be tried again, and then its device was gone.
            Attempt refused = new Attempt(request.last.device, request.last.cdb, at);
            add(refused, Fate.REFUSED, block, request.chain);
        }
    }

    /** The request succeeded in the end. */
    private void recovered(Key key) {
        Retried request = requests.remove(key);
        if (request != null) {
            add(request.last, Fate.RECOVERED, null, request.chain);
        }
    }

    /** The oldest that the block layer's words can be about; null if none is. */
    private <V> @Nullable Key find(Map<Key, V> open, Request request, Function<V, Octets> cdb) {
        ScsiDevice disk = disks.numbered(request.major(), request.minor());
        if (disk == null) {
            return null;
        }
        BlockError block = block(request, BlockErrorKind.IO);
        for (Map.Entry<Key, V> entry : open.entrySet()) {
            if (entry.getKey().hctl.equals(disk.hctl()) && BadBlock.canBelongTo(cdb.apply(entry.getValue()), block)) {
                return entry.getKey();
            }
        }
        return null;
    }

    private BlockError block(Request request, BlockErrorKind kind) {
        ScsiDevice disk = disks.numbered(request.major(), request.minor());
        String name = disk == null || disk.disk() == null ? "" : disk.disk();
        return new BlockError(name, kind, request.sector(), -1);
    }

    private static <V> List<Key> overdue(
            Map<Key, V> open, Stamp now, Function<V, Duration> patience, Function<V, Stamp> since) {
        List<Key> overdue = new ArrayList<>();
        for (Map.Entry<Key, V> entry : open.entrySet()) {
            long waited = now.arrival() - since.apply(entry.getValue()).arrival();
            if (waited > patience.apply(entry.getValue()).toNanos()) {
                overdue.add(entry.getKey());
            }
        }
        return overdue;
    }

    /** Concludes an attempt; false if it is nothing worth telling. */
    private boolean add(Attempt attempt, Fate fate, @Nullable BlockError block, long chain) {
        Command facts = attempt.facts(fate, block);
        return AssessmentTable.assess(facts)
                .map(verdict -> concluded.add(
                        new Conclusion.DiskError(attempt.at.tod(), attempt.device, verdict, facts, chain)))
                .orElse(false);
    }

    private List<Conclusion> take() {
        if (concluded.isEmpty()) {
            return List.of();
        }
        List<Conclusion> taken = concluded;
        concluded = new ArrayList<>();
        return taken;
    }
}
