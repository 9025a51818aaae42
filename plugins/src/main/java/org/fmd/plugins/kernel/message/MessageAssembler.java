// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.fmd.model.nv.NvList;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.plugins.kernel.assess.AssessmentTable;
import org.fmd.plugins.kernel.assess.Command;
import org.fmd.plugins.kernel.assess.Conclusion;
import org.fmd.plugins.kernel.assess.Fate;
import org.fmd.plugins.kernel.assess.RequestAssembler;
import org.fmd.plugins.kernel.observation.BlockErrorKind;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.AtaReported;
import org.fmd.plugins.kernel.observation.Observation.BlockError;
import org.fmd.plugins.kernel.observation.Observation.BufferError;
import org.fmd.plugins.kernel.observation.Observation.CdbReported;
import org.fmd.plugins.kernel.observation.Observation.CommandFailed;
import org.fmd.plugins.kernel.observation.Observation.DeviceOfflined;
import org.fmd.plugins.kernel.observation.Observation.EreportListed;
import org.fmd.plugins.kernel.observation.Observation.IscsiConnectionFailed;
import org.fmd.plugins.kernel.observation.Observation.IscsiSessionLost;
import org.fmd.plugins.kernel.observation.Observation.MdMemberFailed;
import org.fmd.plugins.kernel.observation.Observation.MultipathPath;
import org.fmd.plugins.kernel.observation.Observation.NvmeCommandFailed;
import org.fmd.plugins.kernel.observation.Observation.OfCommand;
import org.fmd.plugins.kernel.observation.Observation.OwnCommandFailed;
import org.fmd.plugins.kernel.observation.Observation.PartReported;
import org.fmd.plugins.kernel.observation.Observation.RecoveryStep;
import org.fmd.plugins.kernel.observation.Observation.RejectingIo;
import org.fmd.plugins.kernel.observation.Observation.SasAddressReported;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.PartEvent;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Concludes what the messages of drivers are worth: beside {@link
 * org.fmd.plugins.kernel.assess.CommandAssembler}, which takes the SCSI layer's. Pure; belongs to one thread.
 */
public final class MessageAssembler {
    private static final long JOIN_MICROS = 100_000;
    /** A conn error follows a ping that found no answer at once. */
    private static final long PING_MICROS = 1_000_000;
    /** A mapped device that fails so soon after the way to a disk did has lost its last path. */
    private static final long CONSEQUENCE_MICROS = 120_000_000;

    private static final long STEP_MICROS = 300_000_000;
    private static final long ESCALATION_MICROS = 60_000_000;

    private record Waiting<T>(T what, Stamp since) {}

    private final Function<String, @Nullable String> diskOfNumber;
    private final PartMemory memory = new PartMemory();
    private final AtaStories ata = new AtaStories(this::add, said -> part(said.part(), said.event(), said.facts()));
    private final NvmeErrors nvme = new NvmeErrors(this::add);
    private List<Conclusion> concluded = new ArrayList<>();
    private @Nullable Waiting<RecoveryStep> step;
    private @Nullable Waiting<IscsiConnectionFailed> ping;
    private @Nullable Stamp pathTrouble;
    private Stamp now = new Stamp(java.time.Instant.EPOCH, 0, Stamp.NOT_TOLD);

    /**
     * @param diskOfNumber the name of the disk with a number, {@code 8:16} to {@code sdb}; null where that is not known
     */
    public MessageAssembler(Function<String, @Nullable String> diskOfNumber) {
        this.diskOfNumber = diskOfNumber;
    }

    /** Takes one statement and returns what is concluded by it. */
    public List<Conclusion> observe(Observed observed) {
        now = observed.at();
        expireAll(now, Moments.KERNEL);
        Observation what = observed.what();
        if (what instanceof AtaReported line) {
            ata.observe(line, now);
        } else if (what instanceof OfCommand line) {
            ofCommand(line);
        } else if (what instanceof PartReported said) {
            part(said.part(), said.event(), said.facts());
        } else if (what instanceof RecoveryStep said) {
            step(said);
        } else {
            other(what);
        }
        return take();
    }

    /** Takes a statement that was made before anything is to be concluded. */
    public void learn(Observed observed) {
        if (observed.what() instanceof OfCommand line) {
            memory.named(line.device());
        } else if (observed.what() instanceof SasAddressReported said) {
            memory.standsAt(said.hctl(), said.sasAddress());
        }
    }

    /**
     * Concludes what is over at a moment.
     *
     * @param readUpTo a moment before all that the kernel had said was read
     */
    public List<Conclusion> expire(Stamp readUpTo) {
        now = readUpTo;
        expireAll(readUpTo, Moments.ARRIVAL);
        return take();
    }

    /**
     * Returns what libata said of a command that has failed, and does not tell it again.
     *
     * @param isPart whether a name of libata's is the disk
     * @return null if it said nothing
     */
    public RequestAssembler.@Nullable Heard takeAta(Octets cdb, Predicate<String> isPart) {
        return ata.take(cdb, isPart);
    }

    /** Concludes all that is open, because nothing more will come. */
    public List<Conclusion> finish() {
        endStep();
        endPing();
        ata.closeAll();
        nvme.closeAll();
        return take();
    }

    /** Returns the arrival time at which {@link #expire} has something to do, empty if nothing waits. */
    public OptionalLong deadline() {
        long earliest = ata.isWaiting() ? ata.deadline() : Long.MAX_VALUE;
        if (nvme.isWaiting()) {
            earliest = Math.min(earliest, nvme.deadline());
        }
        if (step != null) {
            earliest = Math.min(earliest, step.since().arrival() + JOIN_MICROS * 1000 + 1000);
        }
        if (ping != null) {
            earliest = Math.min(earliest, ping.since().arrival() + PING_MICROS * 1000 + 1000);
        }
        return earliest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(earliest);
    }

    private void expireAll(Stamp at, Moments moments) {
        if (step != null && moments.between(step.since(), at) > JOIN_MICROS) {
            endStep();
        }
        if (ping != null && moments.between(ping.since(), at) > PING_MICROS) {
            endPing();
        }
        if (ata.isWaiting()) {
            ata.expire(at, moments);
        }
        if (nvme.isWaiting()) {
            nvme.expire(at, moments);
        }
    }

    private List<Conclusion> take() {
        if (concluded.isEmpty()) {
            return List.of();
        }
        List<Conclusion> taken = concluded;
        concluded = new ArrayList<>();
        return taken;
    }

    private void add(Conclusion conclusion) {
        concluded.add(conclusion);
    }

    // ---- steps of error handlers ----------------------------------------------------------------------

    private void step(RecoveryStep said) {
        endStepOf(said);
        if (said.device() != null) {
            if (said.over()) {
                if (!memory.takeStep(said.device().hctl(), now, STEP_MICROS)) {
                    concludeStep(said, said.device(), Octets.EMPTY, now);
                }
            } else {
                memory.step(said.device().hctl(), now);
                concludeStep(said, said.device(), Octets.EMPTY, now);
            }
        } else if (said.adapter().startsWith("nvme")) {
            concludeStep(said, new ScsiDevice("", said.adapter()), Octets.EMPTY, now);
        } else {
            step = new Waiting<>(said, now);
        }
    }

    /** The same step told in two lines, of which the second names the disk, is one. */
    private void endStepOf(RecoveryStep next) {
        if (step != null && next.device() != null && step.what().adapter().equals(next.adapter())) {
            step = null;
        }
        endStep();
    }

    private void endStep() {
        Waiting<RecoveryStep> open = step;
        step = null;
        if (open != null) {
            // An escalation goes on with the disk that it began with.
            String hctl = memory.lastStepOf(open.what().adapter(), open.since(), ESCALATION_MICROS);
            ScsiDevice device = hctl != null
                    ? new ScsiDevice(hctl, null)
                    : new ScsiDevice("", open.what().adapter());
            concludeStep(open.what(), device, Octets.EMPTY, open.since());
        }
    }

    private void concludeStep(RecoveryStep said, ScsiDevice device, Octets cdb, Stamp at) {
        Command facts = new Command(
                Fate.RETRIED, new Command.Result(true, HostByte.TIME_OUT), Command.Status.NOT_TOLD, null, cdb, null);
        NvList step = NvList.builder().string("recovery-step", said.step()).build();
        AssessmentTable.assess(facts)
                .ifPresent(verdict -> add(new Conclusion.ToldError(
                        new Conclusion.DiskError(at.tod(), memory.known(device), verdict, facts), step)));
    }

    private void ofCommand(OfCommand line) {
        memory.named(line.device());
        if (line instanceof CdbReported cdb) {
            Waiting<RecoveryStep> open = step;
            if (open != null) {
                step = null;
                memory.step(line.device().hctl(), now);
                memory.stepOf(open.what().adapter(), line.device().hctl(), now);
                concludeStep(open.what(), line.device(), cdb.octets(), open.since());
            } else {
                ata.scsiTold(cdb.octets());
            }
        } else if (line instanceof CommandFailed failed && failed.host() != HostByte.OK) {
            pathTrouble = now;
            if (failed.host() == HostByte.NO_CONNECT) {
                memory.isGone(line.device(), now);
            }
        }
    }

    // ---- parts ----------------------------------------------------------------------------------------

    private void part(String part, PartEvent event, NvList facts) {
        String named = part;
        if (event == PartEvent.DISK_REMOVED) {
            named = facts.number("sas-address").isPresent()
                    ? memory.diskAt(facts.number("sas-address").getAsLong(), now)
                    : part;
        } else if (event == PartEvent.FC_LINK_DOWN
                || event == PartEvent.FC_PORT_LOST
                || event == PartEvent.PATH_FAILED) {
            pathTrouble = now;
        }
        if (memory.isNews(named, event, now)) {
            add(new Conclusion.PartError(now.tod(), named, event, facts));
        }
    }

    private void other(Observation what) {
        if (what instanceof IscsiConnectionFailed failed) {
            iscsi(failed);
        } else if (what instanceof IscsiSessionLost lost) {
            pathTrouble = now;
            part(
                    lost.session(),
                    PartEvent.SERVICE_LOST,
                    NvList.builder().uint32("seconds", lost.seconds()).build());
        } else if (what instanceof MultipathPath path) {
            path(path);
        } else if (what instanceof MdMemberFailed failed) {
            part(
                    failed.member(),
                    PartEvent.MD_MEMBER_FAILED,
                    NvList.builder().string("array", failed.array()).build());
        } else if (what instanceof OwnCommandFailed own) {
            own(own);
        } else if (what instanceof RejectingIo || what instanceof DeviceOfflined) {
            pathTrouble = now;
        } else if (what instanceof EreportListed listed) {
            add(new Conclusion.ListedError(now.tod(), listed.part(), listed.eventClass(), listed.facts()));
        } else if (what instanceof BufferError error) {
            mapped(error.disk());
        } else if (what instanceof NvmeCommandFailed failed) {
            nvme.failed(failed, now);
        } else if (what instanceof BlockError error) {
            block(error);
        } else if (what instanceof SasAddressReported said) {
            memory.standsAt(said.hctl(), said.sasAddress());
        }
    }

    private void block(BlockError error) {
        if (error.kind() == BlockErrorKind.TRANSPORT || error.kind() == BlockErrorKind.OFFLINE) {
            pathTrouble = now;
        }
        if (NvmeErrors.isNamespace(error.disk())) {
            nvme.ended(error, now, Moments.KERNEL);
        }
        mapped(error.disk());
    }

    /** A mapped device fails: a consequence, but the service of the device is lost if that is because its disks cannot be reached. */
    private void mapped(String disk) {
        if (disk.startsWith("dm-")
                && pathTrouble != null
                && Math.abs(Moments.KERNEL.between(pathTrouble, now)) <= CONSEQUENCE_MICROS) {
            part(disk, PartEvent.SERVICE_LOST, NvList.EMPTY);
        }
    }

    private void iscsi(IscsiConnectionFailed failed) {
        if (failed.error() == 0) {
            endPing();
            ping = new Waiting<>(failed, now);
            return;
        }
        if (ping != null && ping.what().connection().equals(failed.connection())) {
            ping = null;
        }
        part(
                failed.connection(),
                PartEvent.ISCSI_CONNECTION_ERROR,
                NvList.builder().uint32("error", failed.error()).build());
    }

    private void endPing() {
        Waiting<IscsiConnectionFailed> open = ping;
        ping = null;
        if (open != null) {
            part(open.what().connection(), PartEvent.ISCSI_CONNECTION_ERROR, NvList.EMPTY);
        }
    }

    private void path(MultipathPath path) {
        String disk = diskOfNumber.apply(path.path());
        NvList facts = path.map().isEmpty()
                ? NvList.EMPTY
                : NvList.builder().string("map", path.map()).build();
        part(disk != null ? disk : path.path(), path.failed() ? PartEvent.PATH_FAILED : PartEvent.PATH_RESTORED, facts);
    }

    /** Without its size a disk cannot be made use of. That sense stood in the way is told by the sense. */
    private void own(OwnCommandFailed own) {
        memory.named(own.device());
        boolean transport = own.resultTold() && own.host() != HostByte.OK;
        if (own.host() == HostByte.NO_CONNECT) {
            memory.isGone(own.device(), now);
        }
        if (transport && own.command().startsWith("Read Capacity")) {
            ScsiDevice device = memory.known(own.device());
            part(
                    device.disk() != null ? device.disk() : device.hctl(),
                    PartEvent.ATTACH_FAILED,
                    NvList.builder().string("msg", own.command() + " failed").build());
        }
    }
}
