// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.observation.BlockErrorKind;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.AdditionalSenseReported;
import org.fmd.plugins.kernel.observation.Observation.BlockError;
import org.fmd.plugins.kernel.observation.Observation.CapacityReported;
import org.fmd.plugins.kernel.observation.Observation.CdbPiece;
import org.fmd.plugins.kernel.observation.Observation.CdbReported;
import org.fmd.plugins.kernel.observation.Observation.CommandFailed;
import org.fmd.plugins.kernel.observation.Observation.CommandLogged;
import org.fmd.plugins.kernel.observation.Observation.DeviceAdded;
import org.fmd.plugins.kernel.observation.Observation.DeviceFound;
import org.fmd.plugins.kernel.observation.Observation.DeviceOfflined;
import org.fmd.plugins.kernel.observation.Observation.DiskAttached;
import org.fmd.plugins.kernel.observation.Observation.MessagesSuppressed;
import org.fmd.plugins.kernel.observation.Observation.OfCommand;
import org.fmd.plugins.kernel.observation.Observation.OfHardware;
import org.fmd.plugins.kernel.observation.Observation.OwnCommandFailed;
import org.fmd.plugins.kernel.observation.Observation.PartReported;
import org.fmd.plugins.kernel.observation.Observation.RejectingIo;
import org.fmd.plugins.kernel.observation.Observation.ReservationConflict;
import org.fmd.plugins.kernel.observation.Observation.SenseReported;
import org.fmd.plugins.kernel.observation.Observation.UnitAttention;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.PartEvent;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Joins what was said about one command and concludes what is worth an ereport. Pure; belongs to one thread.
 *
 * <p>The block layer's line ends a command at once, as it is the last that the kernel prints for it; a command without one
 * is concluded 100 ms after its last line. A request may fail without a line of the SCSI layer before: then the device
 * refused it, or the kernel held its lines back.
 */
public final class CommandAssembler {
    private static final Pattern SCSI_DISK = Pattern.compile("sd[a-z]{1,8}");

    private static final long NCQ_FAIL_ALL_AFTER_ERROR = 0x31080000L;
    private static final long COLLATERAL_MICROS = 1_000_000;

    private final OpenCommands open = new OpenCommands(this::conclude);
    private final DeviceMemory devices = new DeviceMemory();
    private final PrintLimit limit = new PrintLimit();
    private final Function<String, @Nullable String> addressOfDisk;
    private List<Conclusion> concluded = new ArrayList<>();
    private @Nullable Stamp queueFailed;

    /**
     * @param addressOfDisk the SCSI address of a disk that no line has named yet, {@code sda} to {@code 0:0:0:0}; null for
     *     one that is not known
     */
    public CommandAssembler(Function<String, @Nullable String> addressOfDisk) {
        this.addressOfDisk = addressOfDisk;
    }

    /** Takes one statement and returns what is concluded by it. */
    public List<Conclusion> observe(Observed observed) {
        open.expireByKernel(observed.at());
        Observation what = observed.what();
        if (what instanceof OfCommand line) {
            observeCommand(line, observed.at());
        } else if (what instanceof BlockError block) {
            observeBlock(block, observed.at());
        } else {
            observeDevice(what, observed.at());
        }
        return take();
    }

    /** Takes a statement that was made before anything is to be concluded: only who is who is learnt from it. */
    public void learn(Observed observed) {
        if (observed.what() instanceof OfCommand line) {
            devices.of(line.device());
        } else if (observed.what() instanceof DiskAttached attached) {
            devices.of(attached.device());
        } else if (observed.what() instanceof CapacityReported capacity) {
            devices.of(capacity.device());
        } else if (observed.what() instanceof OfHardware hardware && hardware.device() != null) {
            devices.of(hardware.device());
        }
    }

    /**
     * Concludes the commands whose lines were overdue at a moment.
     *
     * @param readUpTo a moment before all that the kernel had said was read
     */
    public List<Conclusion> expire(Stamp readUpTo) {
        open.expireByArrival(readUpTo);
        return take();
    }

    /** Concludes all that is open, because nothing more will come. */
    public List<Conclusion> finish() {
        open.closeAll();
        return take();
    }

    /** Returns the arrival time at which {@link #expire} has something to do, empty if nothing is open. */
    public OptionalLong deadline() {
        return open.deadline();
    }

    /** Returns how many commands are open. */
    int waiting() {
        return open.size();
    }

    private List<Conclusion> take() {
        if (concluded.isEmpty()) {
            return List.of();
        }
        List<Conclusion> taken = concluded;
        concluded = new ArrayList<>();
        return taken;
    }

    private void observeCommand(OfCommand line, Stamp at) {
        DeviceMemory.Device device = devices.of(line.device());
        OpenCommands.Key key = new OpenCommands.Key(line.device().hctl(), line.tag(), false);
        if (line instanceof CommandFailed failed) {
            failed(failed, device, key, at);
        } else if (line instanceof CommandLogged) {
            open.open(key, new OpenCommand(line.device(), at, Fate.DELIVERED, Command.Result.NOT_TOLD, true));
        } else if (line instanceof SenseReported sense) {
            sense(sense, device, key, at);
        } else {
            OpenCommand command = open.get(key);
            if (command != null) {
                add(line, command, key, at);
            }
        }
    }

    private void failed(CommandFailed failed, DeviceMemory.Device device, OpenCommands.Key key, Stamp at) {
        boolean transport = failed.host() != HostByte.OK;
        if (transport) {
            // The command that took the device offline tells more than the line that says so.
            open.discard(refusalOf(key.hctl()));
        } else {
            device.answers();
        }
        limit.note(at.kernelMicros());
        if (limit.isNews(at.kernelMicros())) {
            lost(
                    at.tod(),
                    "kmsg-limit",
                    0,
                    "the kernel tells of ten failed commands in 5 s and no more: others may have failed");
        }
        Fate fate = failed.host() == HostByte.SOFT_ERROR && queueFailed != null && isNear(queueFailed, at)
                ? Fate.COLLATERAL
                : Fate.GIVEN_UP;
        OpenCommand command = open.open(
                key, new OpenCommand(device.asScsi(), at, fate, new Command.Result(true, failed.host()), false));
        if (device.takeConflict(at)) {
            command.status = Command.Status.RESERVATION_CONFLICT;
        } else if (failed.driverSense()) {
            command.status = Command.Status.CHECK_CONDITION;
        }
    }

    private void sense(SenseReported sense, DeviceMemory.Device device, OpenCommands.Key key, Stamp at) {
        device.answers();
        OpenCommand command = open.get(key);
        if (command == null || command.key != null) {
            command = open.open(
                    key, new OpenCommand(device.asScsi(), at, Fate.DELIVERED, Command.Result.NOT_TOLD, false));
        }
        command.key = sense.key();
        command.deferred = sense.deferred();
        open.touch(key, at);
    }

    private void add(OfCommand line, OpenCommand command, OpenCommands.Key key, Stamp at) {
        if (line instanceof AdditionalSenseReported additional && command.key != null && !command.additionalTold) {
            command.additionalTold = true;
            command.additional = additional.code();
            open.touch(key, at);
            if (command.endsWithSense() && !command.mute) {
                open.close(key);
            }
        } else if (line instanceof CdbReported cdb && !command.cdbTold) {
            command.cdbTold = true;
            command.cdb = cdb.octets();
            open.touch(key, at);
        } else if (line instanceof CdbPiece piece) {
            command.append(piece.offset(), piece.octets());
            open.touch(key, at);
        }
    }

    private void observeBlock(BlockError block, Stamp at) {
        DeviceMemory.Device device = deviceNamed(block.disk());
        if (device == null) {
            return; // a consequence, or another module's matter
        }
        OpenCommands.Key key = open.oldest(c -> (c.fate == Fate.GIVEN_UP || c.fate == Fate.COLLATERAL)
                && c.device.hctl().equals(device.hctl)
                && BadBlock.canBelongTo(c.cdb, block));
        if (key == null) {
            OpenCommands.Key refusal = refusalOf(device.hctl);
            key = open.get(refusal) == null ? null : refusal;
        }
        OpenCommand command = key == null ? null : open.get(key);
        if (key != null && command != null) {
            command.block = block;
            if (block.kind() == BlockErrorKind.RESERVATION || block.kind() == BlockErrorKind.NEXUS) {
                command.status = Command.Status.RESERVATION_CONFLICT;
            }
            device.ended(block, at);
            open.close(key);
        } else if (!device.isRepeated(block, at)) {
            unexplained(block, device, at);
        }
    }

    /** Returns the disk of that name; null for what is no SCSI disk: dm, md, NVMe, loop. */
    private DeviceMemory.@Nullable Device deviceNamed(String disk) {
        DeviceMemory.Device named = devices.named(disk);
        if (named != null || !SCSI_DISK.matcher(disk).matches()) {
            return named;
        }
        // An address that nobody knows is left empty: then the name is all that there is.
        String address = addressOfDisk.apply(disk);
        return devices.of(new ScsiDevice(address == null ? "" : address, disk));
    }

    /** A request failed, and the SCSI layer said nothing of it. */
    private void unexplained(BlockError block, DeviceMemory.Device device, Stamp at) {
        device.ended(block, at);
        Command.Sense medium = new Command.Sense(SenseKey.MEDIUM_ERROR, null, false);
        Command.Sense space = new Command.Sense(SenseKey.DATA_PROTECT, new AdditionalSense(0x27, 0x07), false);
        switch (block.kind()) {
            // These error numbers come from one sense key only (kernel channel reference §3).
            case MEDIUM -> add(device, at.tod(), given(medium, Command.Status.CHECK_CONDITION, block));
            case SPACE -> add(device, at.tod(), given(space, Command.Status.CHECK_CONDITION, block));
            case TARGET, PROTECTION -> add(device, at.tod(), given(null, Command.Status.CHECK_CONDITION, block));
            case RESERVATION, NEXUS -> add(device, at.tod(), given(null, Command.Status.RESERVATION_CONFLICT, block));
            case NOT_SUPPORTED -> {} // normal for discard and write zeroes
            case IO, TRANSPORT, TIMEOUT, OFFLINE -> refused(block, device, at);
        }
    }

    private void refused(BlockError block, DeviceMemory.Device device, Stamp at) {
        if (!device.isRefusing() && limit.isReached(at.kernelMicros())) {
            lost(
                    at.tod(),
                    "kmsg-limit",
                    1,
                    "the kernel told that a request of " + block.disk() + " failed, but not why");
            return;
        }
        if (device.refuses(at.tod())) {
            Command facts = new Command(
                    Fate.REFUSED, Command.Result.NOT_TOLD, Command.Status.NOT_TOLD, null, Octets.EMPTY, block);
            add(device, at.tod(), facts);
        }
    }

    private static Command given(Command.@Nullable Sense sense, Command.Status status, BlockError block) {
        return new Command(Fate.GIVEN_UP, Command.Result.NOT_TOLD, status, sense, Octets.EMPTY, block);
    }

    private void observeDevice(Observation what, Stamp at) {
        if (what instanceof DeviceOfflined offlined) {
            refuses(offlined.device(), new Command.Result(true, HostByte.TIME_OUT), at);
        } else if (what instanceof RejectingIo rejecting) {
            refuses(rejecting.device(), Command.Result.NOT_TOLD, at);
        } else if (what instanceof ReservationConflict conflict) {
            devices.of(conflict.device()).conflicts(at);
        } else if (what instanceof OwnCommandFailed own) {
            ownCommandFailed(own, at);
        } else if (what instanceof UnitAttention attention) {
            attention(attention, at);
        } else if (what instanceof PartReported said && isQueueFailure(said)) {
            queueFailed = at;
        } else if (what instanceof MessagesSuppressed held) {
            lost(at.tod(), "kmsg-limit", held.count(), "the kernel held back messages of " + held.function());
        } else if (what instanceof DeviceFound found) {
            devices.of(found.device()).answers();
        } else if (what instanceof DiskAttached attached) {
            devices.of(attached.device()).answers();
        } else if (what instanceof CapacityReported capacity) {
            devices.of(capacity.device()).answers();
        } else if (what instanceof OfHardware hardware && hardware.device() != null) {
            DeviceMemory.Device device = devices.of(hardware.device());
            if (hardware instanceof DeviceAdded) {
                device.answers();
            }
        }
    }

    /** Fusion-MPT: a queued command of a SATA disk failed, and the adapter gives back all the others of that disk. */
    private static boolean isQueueFailure(PartReported said) {
        return said.event() == PartEvent.SAS_LOG
                && said.facts().number("log-info").orElse(0) == NCQ_FAIL_ALL_AFTER_ERROR;
    }

    private static boolean isNear(Stamp before, Stamp now) {
        return before.kernelMicros() == Stamp.NOT_TOLD
                || now.kernelMicros() == Stamp.NOT_TOLD
                || Math.abs(now.kernelMicros() - before.kernelMicros()) <= COLLATERAL_MICROS;
    }

    private void refuses(ScsiDevice said, Command.Result result, Stamp at) {
        DeviceMemory.Device device = devices.of(said);
        OpenCommands.Key key = refusalOf(said.hctl());
        if (device.refuses(at.tod()) && open.get(key) == null) {
            open.open(key, new OpenCommand(device.asScsi(), at, Fate.REFUSED, result, false));
        }
    }

    private void ownCommandFailed(OwnCommandFailed own, Stamp at) {
        ScsiDevice device = devices.of(own.device()).asScsi();
        Command.Result result = own.resultTold() ? new Command.Result(true, own.host()) : Command.Result.NOT_TOLD;
        Fate fate = own.resultTold() ? ownFate(own) : Fate.DELIVERED;
        open.open(
                new OpenCommands.Key(device.hctl(), OfCommand.NO_TAG, false),
                new OpenCommand(device, at, fate, result, false));
    }

    /** Whether a disk is ready is asked to know what to ask next: the driver goes on with its other commands all the same. */
    private static Fate ownFate(OwnCommandFailed own) {
        return own.command().equals("Test Unit Ready") && own.host() != HostByte.OK ? Fate.RETRIED : Fate.OWN_GIVEN_UP;
    }

    private void attention(UnitAttention attention, Stamp at) {
        DeviceMemory.Device device = devices.of(attention.device());
        device.answers();
        if (!device.isTold(attention, at.tod())) {
            Command.Sense sense = new Command.Sense(SenseKey.UNIT_ATTENTION, attention.what(), false);
            add(
                    device,
                    at.tod(),
                    new Command(
                            Fate.DELIVERED,
                            Command.Result.NOT_TOLD,
                            Command.Status.CHECK_CONDITION,
                            sense,
                            Octets.EMPTY,
                            null));
        }
    }

    private static OpenCommands.Key refusalOf(String hctl) {
        return new OpenCommands.Key(hctl, OfCommand.NO_TAG, true);
    }

    private void conclude(OpenCommand command) {
        if (!command.mute) {
            add(command.device, command.first.tod(), command.facts());
        }
    }

    private void add(DeviceMemory.Device device, Instant tod, Command facts) {
        add(device.asScsi(), tod, facts);
    }

    private void add(ScsiDevice device, Instant tod, Command facts) {
        Optional<AssessmentTable.Verdict> verdict = AssessmentTable.assess(facts);
        verdict.ifPresent(v -> concluded.add(new Conclusion.DiskError(tod, device, v, facts)));
    }

    private void lost(Instant tod, String source, long count, String message) {
        concluded.add(new Conclusion.TelemetryLost(tod, source, count, message));
    }
}
