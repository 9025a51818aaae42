// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.fmd.model.nv.NvList;
import org.fmd.model.scsi.Cdb;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.OpCode;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.assess.ByCommand.CommandKey;
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
 *
 * <p>The kernel's log tells of some of the same failures, and of sense where a trace event has none: {@link Log}.
 */
public final class RequestAssembler {
    /** As many as the busiest hosts have in flight on disks in trouble; beyond that the oldest is concluded. */
    static final int MAX_OPEN = 4096;

    /** More than the driver sd tries a request. */
    private static final int MAX_UNEXPLAINED = 16;

    private static final NvList INFERRED =
            NvList.builder().bool("sense-inferred", true).build();

    private static final long VERDICT = Duration.ofMillis(100).toNanos();
    private static final long QUIET = Duration.ofMillis(500).toNanos();
    /** Six attempts, as sd allows, each with the default time-out of 30 s, and an error handler that takes its time. */
    private static final long ALL_ATTEMPTS = Duration.ofMinutes(5).toNanos();
    /** How long after the trace the kernel's log may tell the same; a uevent can wait that long for its turn. */
    private static final long TOLD_TWICE = Duration.ofSeconds(5).toNanos();

    /** What is asked of the machine. */
    public interface Disks {
        /** The SCSI disk behind a device number; null if there is none, or nobody knows. */
        @Nullable
        ScsiDevice numbered(Request request);

        /** Whether the device number of a disk is known. */
        boolean isNumbered(ScsiDevice disk);

        /** Whether a disk has nothing to do at the moment; false if that is not known. */
        boolean isIdle(ScsiDevice disk);
    }

    /** What the kernel's log says of failures; it tells sense where a trace event does not. */
    public interface Log {
        /**
         * Returns what was said lately of an attempt that has no sense; null if nothing was.
         *
         * @param onlyTimedOut whether nothing is known but that it did not end in time
         */
        @Nullable
        Heard heard(ScsiDevice device, Command traced, boolean onlyTimedOut);
    }

    /**
     * What the log said of an attempt.
     *
     * @param more members for the payload of its ereport
     */
    public record Heard(Command facts, NvList more) {}

    /** An attempt whose consequence is not told yet. */
    private static final class Attempt {
        final ScsiDevice device;
        final Octets cdb;
        final int tag;
        final Stamp at;
        boolean timedOut;
        Command.Result result = Command.Result.NOT_TOLD;
        Command.Status status = Command.Status.NOT_TOLD;
        Command.@Nullable Sense sense;
        NvList more = NvList.EMPTY;

        Attempt(ScsiDevice device, Octets cdb, int tag, Stamp at) {
            this.device = device;
            this.cdb = cdb;
            this.tag = tag;
            this.at = at;
        }

        /** Whether the device reported something, and nobody told what. */
        boolean isUnexplained() {
            return sense == null && status.equals(Command.Status.CHECK_CONDITION) && !result.transportFailed();
        }

        boolean onlyTimedOut() {
            return timedOut && !result.told();
        }

        Command facts(Fate fate, @Nullable BlockError block) {
            Command.Result end = onlyTimedOut() && sense == null ? new Command.Result(true, HostByte.TIME_OUT) : result;
            return new Command(fate, end, status, sense, cdb, block);
        }
    }

    /** An attempt of which nobody told the sense yet, and how many attempts came before. */
    private record Unexplained(Attempt attempt, int retries) {}

    /**
     * A request that is being tried again.
     *
     * @param look when to see whether it has succeeded
     * @param unexplained its attempts that wait for the sense of a later one
     */
    private record Retried(
            long chain, Attempt last, int retries, long since, long look, List<Unexplained> unexplained) {
        Retried later(long when) {
            return new Retried(chain, last, retries, since, when, unexplained);
        }
    }

    /** A failure that was concluded, and whether the kernel's log told the same. */
    private static final class Told {
        final Command facts;
        final long at;
        boolean heard;

        Told(Command facts, long at) {
            this.facts = facts;
            this.at = at;
        }
    }

    private final Disks disks;
    private final Log log;
    private final ByCommand<Attempt> ended = new ByCommand<>();
    private final ByCommand<Attempt> late = new ByCommand<>();
    private final ByCommand<Retried> requests = new ByCommand<>();
    private final ByCommand<Told> told = new ByCommand<>();
    private List<Conclusion> concluded = new ArrayList<>();
    private long chains;

    /** Makes an assembler that knows of no request. */
    public RequestAssembler(Disks disks, Log log) {
        this.disks = disks;
        this.log = log;
    }

    /** Takes one statement and returns what is concluded by it; statements of other sources conclude nothing. */
    public List<Conclusion> observe(Observed observed) {
        Observation what = observed.what();
        Stamp at = observed.at();
        if (what instanceof AttemptEnded end) {
            ended(end, at);
        } else if (what instanceof AttemptTimedOut out) {
            timedOut(out, at);
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
        long now = readUpTo.arrival();
        Predicate<Attempt> silent = a -> now > a.at.arrival() + VERDICT;
        for (var first = ended.eldest(silent); first != null; first = ended.eldest(silent)) {
            silent(first.getKey(), now);
        }
        Predicate<Attempt> slow = a -> now > a.at.arrival() + ALL_ATTEMPTS;
        for (var first = late.eldest(slow); first != null; first = late.eldest(slow)) {
            late.remove(first.getKey());
        }
        Map<String, Boolean> idle = new HashMap<>();
        Predicate<Retried> quiet = r -> now > r.look;
        for (var first = requests.eldest(quiet); first != null; first = requests.eldest(quiet)) {
            Retried request = first.getValue();
            if (now - request.since > ALL_ATTEMPTS
                    || idle.computeIfAbsent(first.getKey().hctl(), h -> disks.isIdle(request.last.device))) {
                recovered(first.getKey(), now);
            } else {
                requests.put(first.getKey(), request.later(now + QUIET));
            }
        }
        return take();
    }

    /** Concludes all that is open, because nothing more will come. */
    public List<Conclusion> finish(Stamp now) {
        for (var first = ended.eldest(); first != null; first = ended.eldest()) {
            silent(first.getKey(), now.arrival());
        }
        for (var first = requests.eldest(); first != null; first = requests.eldest()) {
            recovered(first.getKey(), now.arrival());
        }
        return take();
    }

    /** Returns the arrival time at which {@link #expire} may have something to do; empty if nothing is open. */
    public OptionalLong deadline() {
        long next = Long.MAX_VALUE;
        var attempt = ended.eldest();
        if (attempt != null) {
            next = attempt.getValue().at.arrival() + VERDICT + 1;
        }
        var slow = late.eldest();
        if (slow != null) {
            next = Math.min(next, slow.getValue().at.arrival() + ALL_ATTEMPTS + 1);
        }
        var request = requests.eldest();
        if (request != null) {
            next = Math.min(next, request.getValue().look + 1);
        }
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** Returns how many attempts and requests are open. */
    int waiting() {
        return ended.size() + late.size() + requests.size();
    }

    // ---- the kernel's log ----------------------------------------------------------------------

    /** Whether a failure that the kernel's log tells of was told already; the same one is not found again. */
    boolean hasTold(Conclusion.DiskError logged, Stamp at) {
        Command line = logged.command();
        var before = told.first(logged.device().hctl(), e -> {
            Told one = e.getValue();
            return Math.abs(at.arrival() - one.at) <= TOLD_TWICE
                    && ((!one.heard && isSame(one.facts, line)) || isCause(one.facts, line));
        });
        if (before != null) {
            before.getValue().heard = true;
        }
        return before != null;
    }

    /** Whether a failure that the kernel's log tells of may yet be told. */
    boolean mayTell(Conclusion.DiskError logged) {
        String hctl = logged.device().hctl();
        Command line = logged.command();
        return ended.first(hctl, e -> isSame(e.getValue().facts(Fate.GIVEN_UP, null), line)) != null
                || (line.fate() != Fate.DELIVERED && late.first(hctl, e -> isSameLate(e.getValue(), line)) != null);
    }

    /** What libata ends has no result of its own in the trace: it lets the command time out, and makes up sense later. */
    private void complete(Attempt attempt, Fate fate) {
        boolean senseMissing = attempt.onlyTimedOut() || attempt.status.equals(Command.Status.CHECK_CONDITION);
        Heard heard = attempt.sense != null || !senseMissing
                ? null
                : log.heard(attempt.device, attempt.facts(fate, null), attempt.onlyTimedOut());
        if (heard == null) {
            return;
        }
        Command line = heard.facts;
        attempt.more = heard.more;
        if (attempt.onlyTimedOut()) {
            attempt.result = line.result();
            attempt.status = line.statusTold();
        }
        if (line.sense() != null) {
            attempt.sense = line.sense();
            attempt.status = Command.Status.CHECK_CONDITION;
        }
    }

    /** Whether lines of the log can be about what the trace told. */
    private static boolean isSame(Command traced, Command line) {
        boolean lastWord = line.fate() == Fate.REFUSED
                || (line.fate() == Fate.GIVEN_UP && (line.cdb().length() > 0 || line.block() != null));
        if (lastWord && (traced.fate() == Fate.RETRIED || traced.fate() == Fate.RECOVERED)) {
            return false; // that was an earlier attempt
        }
        if (line.cdb().length() > 0) {
            return line.cdb().equals(traced.cdb());
        }
        if (line.fate() != Fate.REFUSED && line.sense() != null) {
            return traced.sense() == null
                    ? traced.statusTold().equals(Command.Status.CHECK_CONDITION)
                    : agree(traced.sense(), line.sense());
        }
        if (line.block() != null) {
            return BadBlock.canBelongTo(traced.cdb(), line.block());
        }
        return line.fate() != Fate.REFUSED
                && line.result().told()
                && line.result().equals(traced.result());
    }

    /** The log tells sense of a command that timed out only if libata ended it; a driver's error handler tells of its steps. */
    private static boolean isSameLate(Attempt traced, Command line) {
        boolean step = line.fate() == Fate.RETRIED && line.result().host() == HostByte.TIME_OUT;
        return line.cdb().length() > 0
                ? line.cdb().equals(traced.cdb)
                : step || (line.sense() != null && line.fate() == Fate.GIVEN_UP);
    }

    /** Whether a device refuses requests because of a failure that was told. */
    private static boolean isCause(Command traced, Command line) {
        return line.fate() == Fate.REFUSED
                && (traced.fate() == Fate.REFUSED
                        || (traced.fate() == Fate.GIVEN_UP && traced.result().transportFailed()));
    }

    /** The log has one sentence for all resets, and one for all parameters that changed (drivers/scsi/scsi_error.c). */
    private static boolean agree(Command.Sense traced, Command.Sense line) {
        boolean sentence = line.key() == SenseKey.UNIT_ATTENTION
                && ((line.hasCode(0x29) && traced.hasCode(0x29)) || (line.hasCode(0x2a) && traced.hasCode(0x2a)));
        return traced.key() == line.key()
                && (sentence || line.additional() == null || line.additional().equals(traced.additional()));
    }

    // ---- attempts ------------------------------------------------------------------------------

    private void ended(AttemptEnded end, Stamp at) {
        CommandKey key = CommandKey.of(end.device(), end.cdb());
        if (ended.get(key) != null) {
            silent(key, at.arrival());
        }
        // One that timed out and then ended all the same is one attempt, and its end counts.
        late.remove(key);
        another(key, end.tag(), at);
        bound(ended, () -> silent(eldest(ended), at.arrival()));
        Attempt attempt = new Attempt(end.device(), end.cdb(), end.tag(), at);
        attempt.result = new Command.Result(true, end.result().host().orElse(null));
        attempt.status = new Command.Status(end.result().statusByte());
        attempt.sense = end.sense() == null ? null : Command.Sense.of(end.sense());
        ended.put(key, attempt);
    }

    private void timedOut(AttemptTimedOut out, Stamp at) {
        CommandKey key = CommandKey.of(out.device(), out.cdb());
        if (ended.get(key) == null) {
            another(key, out.tag(), at);
            bound(late, () -> late.remove(eldest(late)));
            Attempt attempt = new Attempt(out.device(), out.cdb(), out.tag(), at);
            attempt.timedOut = true;
            late.put(key, attempt);
        }
    }

    /** A request keeps the I/O scheduler's tag over all attempts; with another tag the one before has succeeded. */
    private void another(CommandKey key, int tag, Stamp at) {
        Retried before = requests.get(key);
        if (before != null && before.last.tag >= 0 && tag >= 0 && before.last.tag != tag) {
            recovered(key, at.arrival());
        }
    }

    /** The kernel looks at the sense of an attempt right after its end; the probe has room for sixteen octets of the command. */
    private void checked(SenseChecked sense) {
        var attempt = ended.first(sense.device().hctl(), e -> {
            Octets cdb = e.getKey().cdb();
            int known = Math.min(cdb.length(), sense.cdb().length());
            return cdb.slice(0, known).equals(sense.cdb().slice(0, known));
        });
        if (attempt != null) {
            attempt.getValue().sense = Command.Sense.of(sense.sense());
        }
    }

    private static <V> void bound(ByCommand<V> open, Runnable conclude) {
        if (open.size() >= MAX_OPEN) {
            conclude.run();
        }
    }

    private static <V> CommandKey eldest(ByCommand<V> open) {
        return Objects.requireNonNull(open.eldest()).getKey();
    }

    /** No request of the block layer was told to stand behind an attempt. */
    private void silent(CommandKey key, long now) {
        Attempt attempt = ended.remove(key);
        if (attempt != null) {
            Retried before = requests.remove(key);
            complete(attempt, Fate.DELIVERED);
            explain(key, before, attempt, now);
            add(key, attempt, fateOf(attempt), null, before == null ? 0 : before.chain, retries(before), now);
        }
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
        CommandKey key = attemptOf(request);
        Attempt attempt = key == null ? null : remove(key);
        if (key == null || attempt == null) {
            return; // the queue was full, or it is no request of a disk that is known
        }
        Retried before = requests.remove(key);
        long chain = before == null ? ++chains : before.chain;
        BlockError block = block(request, BlockErrorKind.IO);
        long now = at.arrival();
        complete(attempt, Fate.RETRIED);
        List<Unexplained> unexplained = before == null ? new ArrayList<>() : before.unexplained;
        boolean waits = attempt.isUnexplained() && unexplained.size() < MAX_UNEXPLAINED;
        if (waits) {
            unexplained.add(new Unexplained(attempt, retries(before)));
        } else {
            explain(key, before, attempt, now);
        }
        if (waits || add(key, attempt, Fate.RETRIED, block, chain, retries(before), now)) {
            bound(requests, () -> recovered(eldest(requests), now));
            requests.put(key, new Retried(chain, attempt, retries(before) + 1, now, now + QUIET, unexplained));
        } else if (before != null) {
            requests.put(key, before);
        }
    }

    /**
     * Tells the attempts that waited, with the sense of the one that followed: a kernel that tells no sense of an attempt tells
     * that of the last one, in its log, and what was asked is the same.
     *
     * @param last null if nothing failed after them
     */
    private void explain(CommandKey key, @Nullable Retried before, @Nullable Attempt last, long now) {
        if (before == null) {
            return;
        }
        for (Unexplained one : before.unexplained) {
            if (last != null && last.sense != null && last.sense.key() != SenseKey.UNIT_ATTENTION) {
                one.attempt.sense = last.sense;
                one.attempt.more = INFERRED;
            }
            add(key, one.attempt, Fate.RETRIED, null, before.chain, one.retries, now);
        }
        before.unexplained.clear();
    }

    private static int retries(@Nullable Retried before) {
        return before == null ? 0 : before.retries;
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
        BlockError block = block(failed.request(), BlockErrorKind.ofErrno(failed.errno()));
        CommandKey key = attemptOf(failed.request());
        if (key != null) {
            Attempt attempt = remove(key);
            Retried before = requests.remove(key);
            if (attempt != null) {
                long chain = before == null ? 0 : before.chain;
                complete(attempt, Fate.GIVEN_UP);
                explain(key, before, attempt, at.arrival());
                add(key, attempt, Fate.GIVEN_UP, block, chain, retries(before), at.arrival());
            }
            return;
        }
        CommandKey waiting = find(requests, failed.request());
        Retried request = waiting == null ? null : requests.remove(waiting);
        if (waiting != null && request != null) {
            // It was to be tried again, and then its device was gone.
            explain(waiting, request, null, at.arrival());
            Attempt refused = new Attempt(request.last.device, request.last.cdb, request.last.tag, at);
            add(waiting, refused, Fate.REFUSED, block, request.chain, request.retries, at.arrival());
        }
    }

    /** The request succeeded in the end. */
    private void recovered(CommandKey key, long now) {
        Retried request = requests.remove(key);
        explain(key, request, null, now);
        if (request != null && isError(request.last)) {
            add(key, request.last, Fate.RECOVERED, null, request.chain, request.retries, now);
        }
    }

    /** The attempt that the block layer's words are about: the oldest that ended, else the oldest that timed out. */
    private @Nullable CommandKey attemptOf(Request request) {
        CommandKey key = find(ended, request);
        return key != null ? key : find(late, request);
    }

    private @Nullable Attempt remove(CommandKey key) {
        Attempt attempt = ended.remove(key);
        return attempt != null ? attempt : late.remove(key);
    }

    private <V> @Nullable CommandKey find(ByCommand<V> open, Request request) {
        if (open.size() == 0 || !request.isOfScsiDisk()) {
            return null;
        }
        ScsiDevice disk = disks.numbered(request);
        BlockError block = block(request, BlockErrorKind.IO);
        // A disk that nobody has seen yet is known by what it was asked.
        var found = disk == null
                ? open.first(e -> !disks.isNumbered(new ScsiDevice(e.getKey().hctl(), null))
                        && BadBlock.canBelongTo(e.getKey().cdb(), block))
                : open.first(disk.hctl(), e -> BadBlock.canBelongTo(e.getKey().cdb(), block));
        return found == null ? null : found.getKey();
    }

    private BlockError block(Request request, BlockErrorKind kind) {
        ScsiDevice disk = disks.numbered(request);
        String name = disk == null || disk.disk() == null ? "" : disk.disk();
        return new BlockError(name, kind, request.sector(), -1);
    }

    /** Concludes an attempt; false if it is nothing worth telling. */
    private boolean add(
            CommandKey key, Attempt attempt, Fate fate, @Nullable BlockError block, long chain, int retries, long now) {
        complete(attempt, fate);
        Command facts = attempt.facts(fate, block);
        Optional<AssessmentTable.Verdict> verdict = AssessmentTable.assess(facts);
        verdict.map(v -> new Conclusion.DiskError(
                        attempt.at.tod(), attempt.device, v, facts, new Conclusion.Chain(chain, retries)))
                .ifPresent(error ->
                        concluded.add(attempt.more.isEmpty() ? error : new Conclusion.ToldError(error, attempt.more)));
        bound(told, () -> told.remove(eldest(told)));
        told.put(key, new Told(facts, now));
        return verdict.isPresent();
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
