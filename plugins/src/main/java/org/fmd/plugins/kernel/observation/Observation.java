// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.observation;

import org.fmd.model.event.EventClass;
import org.fmd.model.nv.NvList;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.ScsiResult;
import org.fmd.model.scsi.SenseData;
import org.fmd.model.scsi.SenseKey;
import org.jspecify.annotations.Nullable;

/** One statement of the kernel (kernel channel reference §4 and §5). */
public sealed interface Observation {

    /** A statement about one command of a disk; {@code tag} is {@link #NO_TAG} where the line has none. */
    sealed interface OfCommand extends Observation {
        int NO_TAG = -1;

        ScsiDevice device();

        int tag();
    }

    /**
     * The kernel gave a command up.
     *
     * @param host the host byte; null for one that no kernel is known to assign, which is a transport's all the same
     * @param driverSense whether the driver byte said that sense is valid; kernels since 5.14 never do
     * @param ageSeconds how long it took, -1 where it is not told
     */
    record CommandFailed(
            ScsiDevice device, int tag, @Nullable HostByte host, boolean driverSense, int ageSeconds)
            implements OfCommand {}

    /** A completion printed because somebody turned on the logging of the SCSI layer; its other lines prove no failure. */
    record CommandLogged(ScsiDevice device, int tag) implements OfCommand {}

    /**
     * The sense of a command.
     *
     * @param deferred the sense is about an earlier command
     */
    record SenseReported(ScsiDevice device, int tag, SenseKey key, boolean deferred) implements OfCommand {}

    /**
     * The additional sense of a command.
     *
     * @param code the code, null where the text is not known
     * @param text as it was said
     */
    record AdditionalSenseReported(
            ScsiDevice device, int tag, @Nullable AdditionalSense code, String text) implements OfCommand {}

    /**
     * What was asked of the disk.
     *
     * @param octets the whole command descriptor block; empty if it follows piece by piece
     */
    record CdbReported(ScsiDevice device, int tag, Octets octets) implements OfCommand {}

    /** Sixteen octets or fewer of a long command descriptor block. */
    record CdbPiece(ScsiDevice device, int tag, int offset, Octets octets) implements OfCommand {}

    /**
     * A command that the disk driver issued itself has failed: {@code Synchronize Cache(10) failed}, {@code Unit Not Ready}.
     *
     * @param host the host byte; null where it is not told or not known
     * @param resultTold whether the line gave a result, so that the command was given up
     */
    record OwnCommandFailed(
            ScsiDevice device, String command, @Nullable HostByte host, boolean resultTold) implements Observation {}

    /**
     * The block layer ended a request with an error.
     *
     * @param disk its device: {@code sda}, but also {@code dm-0}, {@code md0}, {@code nvme0n1}
     * @param sector in units of 512 bytes, relative to the whole disk
     * @param op the block layer's number of the operation, -1 where it is not told
     */
    record BlockError(String disk, BlockErrorKind kind, long sector, int op) implements Observation {}

    /** The error handler gave the device up. */
    record DeviceOfflined(ScsiDevice device) implements Observation {}

    /** A request was refused because the device is offline or gone. */
    record RejectingIo(ScsiDevice device) implements Observation {}

    /** A command met another initiator's reservation; the line stands before the one that tells the failure. */
    record ReservationConflict(ScsiDevice device) implements Observation {}

    /**
     * A unit attention.
     *
     * @param byUevent whether a uevent said so, which repeats the message of the kernel's log
     */
    record UnitAttention(ScsiDevice device, AdditionalSense what, boolean byUevent) implements Observation {}

    /** A logical unit answered to its first INQUIRY. */
    record DeviceFound(ScsiDevice device, String type, String vendor, String model, String revision)
            implements Observation {}

    /**
     * The size of a disk.
     *
     * @param blockSize bytes in a logical block
     */
    record CapacityReported(ScsiDevice device, int blockSize) implements Observation {}

    /** The disk driver took the device, and it has a name. */
    record DiskAttached(ScsiDevice device) implements Observation {}

    /** The disk driver lets the device go, or the host shuts down. */
    record DiskDetaching(ScsiDevice device) implements Observation {}

    /**
     * A line of the SATA layer.
     *
     * @param device the 1 of {@code ata3.01}, -1 for a line about the port
     */
    record AtaReported(int port, int device, String text) implements Observation {}

    /**
     * A command of an NVMe namespace failed; each retry is told.
     *
     * @param status status code type in bits 8 to 10, code below
     */
    record NvmeCommandFailed(String namespace, int opcode, long lba, long blocks, int status) implements Observation {}

    /** An md array dropped a member. */
    record MdMemberFailed(String array, String member) implements Observation {}

    /** Anything else that md says about an array or a member of it. */
    record MdReported(String array, String text) implements Observation {}

    /**
     * A path of a multipath map failed or came back.
     *
     * @param map major and minor number, {@code 254:0}; empty where not told
     * @param path major and minor number of the path's disk
     */
    record MultipathPath(String map, String path, boolean failed) implements Observation {}

    /** An iSCSI connection failed with an error number of the kernel's, 0 where it was a ping that found no answer. */
    record IscsiConnectionFailed(String connection, int error) implements Observation {}

    /** The time in which an iSCSI session may come back is over: its devices go. */
    record IscsiSessionLost(String session, int seconds) implements Observation {}

    /**
     * The kernel says how often it held a message back.
     *
     * @param function who held back
     */
    record MessagesSuppressed(String function, long count) implements Observation {}

    /**
     * What a driver says about a part in words of its own.
     *
     * @param part the part's name as the kernel says it: {@code mpt3sas_cm0}, {@code 0000:18:00.0}, {@code md0}
     * @param facts what else the message tells, by the names that the payload of an ereport gives them
     */
    record PartReported(String part, PartEvent event, NvList facts) implements Observation {}

    /**
     * The error handler takes a step for a command that did not end: abort, reset of the logical unit, of the target …
     *
     * @param device whose command; null where a later line tells, {@link CdbReported}
     * @param adapter who says so, empty where that is not told
     * @param over whether the step is told when it is over: then it may have been told before
     */
    record RecoveryStep(@Nullable ScsiDevice device, String adapter, String step, boolean over)
            implements Observation {}

    /**
     * A listing of another program counts an error of a part.
     *
     * @param facts what the listing tells beside that, by the names that the payload of an ereport gives it
     */
    record EreportListed(String part, EventClass eventClass, NvList facts) implements Observation {}

    /** A buffer of a mapped device could not be read or written: what lies below it has failed. */
    record BufferError(String disk) implements Observation {}

    /** Where a disk stands: the SAS address that the adapter knows it by. */
    record SasAddressReported(String hctl, String sasAddress) implements Observation {}

    // ---- what the trace events say; an attempt is one try of a command, a request all of them --------

    /** A statement of a trace event. */
    sealed interface OfTrace extends Observation {}

    /**
     * An attempt ended, and not well.
     *
     * @param tag what the I/O scheduler knows the request by, the same at each attempt; -1 without a scheduler
     * @param sense null where the kernel does not tell it, or there is none
     */
    record AttemptEnded(
            ScsiDevice device,
            int tag,
            ScsiResult result,
            @Nullable SenseData sense,
            Octets cdb) implements OfTrace {}

    /** An attempt did not end in time; the driver may grant it more, or give it to the error handler. */
    record AttemptTimedOut(ScsiDevice device, int tag, Octets cdb) implements OfTrace {}

    /** The error handler of a host begins; all commands of the host wait for it. */
    record ErrorHandlerWoke(int host) implements OfTrace {}

    /**
     * The kernel looked at the sense of an attempt.
     *
     * @param retries how many attempts came before
     * @param allowed how many more than one there may be
     */
    record SenseChecked(ScsiDevice device, ScsiResult result, int retries, int allowed, SenseData sense, Octets cdb)
            implements OfTrace {}

    /** A device went from one state of {@code enum scsi_device_state} to another. */
    record DeviceStateSet(ScsiDevice device, int from, int to) implements OfTrace {}

    /**
     * A request to a block device, any block device.
     *
     * @param sector the first one, in units of 512 bytes; -1 for a flush
     * @param sectors how many
     */
    record Request(int major, int minor, long sector, long sectors) {
        /** Whether its device is one of the driver sd: {@code Documentation/admin-guide/devices.txt} of Linux. */
        public boolean isOfScsiDisk() {
            return major == 8 || (major >= 65 && major <= 71) || (major >= 128 && major <= 135);
        }
    }

    /**
     * A request was given up.
     *
     * @param errno the error number, positive
     */
    record RequestFailed(Request request, int errno) implements OfTrace {}

    /** A request will be tried again. */
    record RequestRequeued(Request request) implements OfTrace {}

    /**
     * An attempt of an NVMe command ended, and not well.
     *
     * @param namespace the disk's name; empty for a command of the controller
     * @param status code in bits 0 to 7, status code type in 8 to 10, and flags
     * @param retries how many attempts came before
     */
    record NvmeAttemptEnded(String namespace, int controller, int queue, int status, int retries) implements OfTrace {}

    /** What a uevent says about a device; {@code device} is null where it is no SCSI disk's. */
    sealed interface OfHardware extends Observation {
        String subsystem();

        String devicePath();

        @Nullable
        ScsiDevice device();
    }

    /** A device appeared, or a driver took it. */
    record DeviceAdded(
            String subsystem, String devicePath, @Nullable ScsiDevice device) implements OfHardware {}

    /** A device went, or its driver let it go. */
    record DeviceRemoved(
            String subsystem, String devicePath, @Nullable ScsiDevice device) implements OfHardware {}

    /** A device is not what it was. */
    record DeviceChanged(
            String subsystem, String devicePath, @Nullable ScsiDevice device) implements OfHardware {}
}
