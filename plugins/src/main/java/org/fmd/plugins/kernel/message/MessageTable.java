// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import static org.fmd.plugins.kernel.message.Row.address;
import static org.fmd.plugins.kernel.message.Row.says;
import static org.fmd.plugins.kernel.message.Row.step;
import static org.fmd.plugins.kernel.message.Row.stepOver;
import static org.fmd.plugins.kernel.observation.PartEvent.DEVICE_FAULT;
import static org.fmd.plugins.kernel.observation.PartEvent.DISK_REMOVED;
import static org.fmd.plugins.kernel.observation.PartEvent.FC_LINK_DOWN;
import static org.fmd.plugins.kernel.observation.PartEvent.FC_LINK_UP;
import static org.fmd.plugins.kernel.observation.PartEvent.FC_PORT_LOST;
import static org.fmd.plugins.kernel.observation.PartEvent.ISCSI_CONNECTION_ERROR;
import static org.fmd.plugins.kernel.observation.PartEvent.MD_ARRAY_LOST;
import static org.fmd.plugins.kernel.observation.PartEvent.MD_MEMBER_FAILED;
import static org.fmd.plugins.kernel.observation.PartEvent.MD_READ_CORRECTED;
import static org.fmd.plugins.kernel.observation.PartEvent.NO_RESPONSE;
import static org.fmd.plugins.kernel.observation.PartEvent.NVME_RESET;
import static org.fmd.plugins.kernel.observation.PartEvent.SAS_LINK_DOWN;
import static org.fmd.plugins.kernel.observation.PartEvent.SAS_LOG;
import static org.fmd.plugins.kernel.observation.PartEvent.SERVICE_DEGRADED;
import static org.fmd.plugins.kernel.observation.PartEvent.SERVICE_LOST;
import static org.fmd.plugins.kernel.observation.PartEvent.SERVICE_RESTORED;
import static org.fmd.plugins.kernel.observation.PartEvent.STALLED;

import java.util.ArrayList;
import java.util.List;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks, what is said, what it means: the messages of the kernel that only its log tells, other than those of the SCSI
 * layer and of libata. A table; the first row that fits counts. Covers kernels from 2.6.18 to 6.18, whose drivers have said
 * the same in several ways.
 */
public final class MessageTable {
    /** Fusion-MPT of the second and third SAS generation: mpt2sas, mpt3sas. */
    private static final List<Row> MPT_SAS = List.of(
            says(
                    "log_info(0x{log-info:x32}): originator({originator:word}), code(0x{code:x8}), sub_code(0x{sub-code:x16})",
                    SAS_LOG),
            says("fault_state(0x{code:x32})!", DEVICE_FAULT),
            says("coredump_state(0x{code:x32})!", DEVICE_FAULT),
            says("SAS host is non-operational !!!!", SERVICE_LOST),
            says("diag reset: SUCCESS", SERVICE_RESTORED),
            says("diag reset: FAILED", SERVICE_LOST),
            says("mpt3sas_base_hard_reset_handler: FAILED", SERVICE_LOST),
            says("mpt2sas_base_hard_reset_handler: FAILED", SERVICE_LOST),
            says("_base_fault_reset_work: hard reset: failed", SERVICE_LOST),
            says("host reset: FAILED*", SERVICE_LOST),
            step("attempting task abort! scmd(*", "task abort"),
            step("attempting device reset! scmd(*", "device reset"),
            step("attempting target reset! scmd(*", "target reset"),
            step("attempting host reset! scmd(*", "host reset"),
            says("removing handle(0x{:x32}), sas_addr(0x{sas-address:x64})*", DISK_REMOVED),
            says("expander_remove: handle(0x{:x32}), sas_addr(0x{part:word})*", SERVICE_LOST, "0x"),
            says("Command Timeout", NO_RESPONSE),
            says("{:word}: timeout", NO_RESPONSE),
            says("{:word}: command timeout", NO_RESPONSE),
            says("{:word}: failed due to timeout count({:d32}), *", NO_RESPONSE),
            says("{:word}: failed going to ready state (ioc_state=0x{code:x32})", SERVICE_LOST),
            says("{:word}: failed going to operational state (ioc_state=0x{code:x32})", SERVICE_LOST),
            says("doorbell handshake int failed (line={:d32})", NO_RESPONSE),
            says("doorbell ACK failed (line={:d32})", NO_RESPONSE));

    /** Fusion-MPT of the first generation: mptbase, mptscsih, mptsas, mptfc, mptspi. */
    private static final List<Row> MPT_BASE = List.of(
            says(
                    "LogInfo(0x{log-info:x32}): Originator={{{originator:word}}, Code={{{reason:text}}, SubCode(0x{sub-code:x16})*",
                    SAS_LOG),
            says("LogInfo(0x{log-info:x32}): *", SAS_LOG),
            says("WARNING - IOC is in FAULT state (0x{code:x32})!!!*", DEVICE_FAULT),
            says("WARNING - IOC is in FAULT state ({code:x32}h)!!!*", DEVICE_FAULT),
            says("IOC is in FAULT state (0x{code:x32})!!!*", DEVICE_FAULT),
            says("WARNING - Issuing Reset from {:word}!!*", SERVICE_DEGRADED),
            says("Initiating recovery", SERVICE_DEGRADED),
            says("Recovered from IOC FAULT", SERVICE_RESTORED),
            says("WARNING - Cannot recover rc = {:text}!", SERVICE_LOST),
            says("WARNING - IOC host reset failed*", SERVICE_LOST),
            step("attempting task abort! (sc=*", "task abort"),
            step("attempting device reset! (sc=*", "device reset"),
            step("attempting target reset! (sc=*", "target reset"),
            step("attempting bus reset! (sc=*", "bus reset"),
            step("attempting host reset! (sc=*", "host reset"),
            says(
                    "removing {:word} device: fw_channel {:d32}, fw_id {:d32}, phy {:d32}, sas_addr 0x{sas-address:x64}",
                    DISK_REMOVED),
            says(
                    "removing {:word} device, channel {:d32}, id {:d32}, phy {:d32}, sas_addr 0x{sas-address:x64}",
                    DISK_REMOVED));

    private static final List<Row> MEGARAID = List.of(
            says("FW in FAULT state Fault code:0x{code:x32} subcode:0x{sub-code:x32} func:{:word}", DEVICE_FAULT),
            says("Found FW in FAULT state, will reset adapter scsi{part:d32}.*", DEVICE_FAULT, "host"),
            says("Found FW in FAULT state, will reset adapter.*", DEVICE_FAULT),
            says("Iop2SysDoorbellInt for scsi{part:d32}", DEVICE_FAULT, "host"),
            says("FW detected to be in fault state, restarting it...", DEVICE_FAULT),
            says("FW detected to be in faultstate, restarting it...", DEVICE_FAULT),
            says("FW state [{:x32}] hasn't changed in {seconds:d32} secs", NO_RESPONSE),
            says("pending commands remain after waiting, will reset adapter scsi{part:d32}.*", STALLED, "host"),
            says("pending commands remain after waiting, will reset adapter*", STALLED),
            says("resetting fusion adapter scsi{:d32}.", SERVICE_DEGRADED),
            says("Reset successful for scsi{:d32}.", SERVICE_RESTORED),
            says("FW was restarted successfully, initiating next stage...", SERVICE_RESTORED),
            says("Failed to transition controller to ready for scsi{:d32}.*", SERVICE_LOST),
            says("Failed to transition controller to ready*", SERVICE_LOST),
            says("Diag reset adapter never cleared!*", SERVICE_LOST),
            says("hardware critical error, returning FAILED for scsi{:d32}.", SERVICE_LOST),
            says("hardware critical error, returning FAILED.", SERVICE_LOST),
            says("failed to do reset", SERVICE_LOST),
            says("cannot recover from previous reset failures", SERVICE_LOST),
            says("Reset not supported, killing adapter scsi{:d32}.", SERVICE_LOST),
            says("Reset not supported, killing adapter.", SERVICE_LOST),
            says("Iop2SysDoorbellInt is in dead state*", SERVICE_LOST));

    private static final List<Row> HPSA = List.of(
            stepOver("scsi {device:hctl}: reset logical  completed successfully*", "logical volume reset"),
            stepOver("scsi {device:hctl}: reset physical  completed successfully*", "device reset"),
            stepOver("scsi {device:hctl}: reset logical  failed*", "logical volume reset"),
            stepOver("scsi {device:hctl}: reset physical  failed*", "device reset"),
            step("scsi {device:hctl}: resetting logical *", "logical volume reset"),
            step("scsi {device:hctl}: resetting physical *", "device reset"),
            step("resetting device {device:hctl}", "device reset"),
            step("scsi {device:hctl}: Aborting command*", "task abort"),
            says("Controller lockup detected: 0x{code:x32} after {:d32}", DEVICE_FAULT),
            says("Controller lockup detected: 0x{code:x32}", DEVICE_FAULT),
            says("controller lockup detected: 0x{code:x32}*", DEVICE_FAULT),
            says("Controller lockup detected during reset wait", SERVICE_LOST),
            says("waiting {:d32} secs for device to become ready.", STALLED),
            says("giving up on device.", SERVICE_LOST));

    private static final List<Row> SMARTPQI = List.of(
            step("resetting scsi {device:hctl} SCSI cmd at {:word} due to cmd 0x{:x8}", "logical unit reset"),
            step("resetting scsi {device:hctl} due to cmd 0x{:x8}", "logical unit reset"),
            step("resetting scsi {device:hctl}", "logical unit reset"),
            stepOver("reset of scsi {device:hctl}: SUCCESS", "logical unit reset"),
            stepOver("reset of scsi {device:hctl}: FAILED", "logical unit reset"),
            says(
                    "scsi {:hctl}: waiting {seconds:d32} seconds for LUN reset to complete ({commands:d32} command(s) outstanding)",
                    STALLED),
            says("no heartbeat detected - last heartbeat count: {:d32}", NO_RESPONSE),
            says("controller is offline: status code 0x{code:x32}*", SERVICE_LOST),
            says("controller is offline: reason code 0x{code:x32}*", SERVICE_LOST),
            says("controller offline: reason code 0x{code:x32}*", SERVICE_LOST),
            says("controller is offline*", SERVICE_LOST),
            says("timed out waiting for an event acknowledgement*", NO_RESPONSE));

    private static final List<Row> AACRAID = List.of(
            step("Host adapter abort request ({host:d32},{channel:d32},{target:d32},{lun:d32})*", "task abort"),
            step("Host adapter abort request.", "task abort"),
            step("Outstanding commands on ({host:d32},{channel:d32},{target:d32},{lun:d32}):*", "task abort"),
            step("Host device reset request. SCSI hang ?", "device reset"),
            step("Host target reset request. SCSI hang ?", "target reset"),
            step("Host bus reset request. SCSI hang ?", "bus reset"),
            says("Host adapter reset request. SCSI hang ?", STALLED),
            says("SCSI bus appears hung", STALLED),
            says("Adapter kernel panic'd {code:x32}.*", DEVICE_FAULT),
            says("adapter kernel panic'd {code:x32}.*", DEVICE_FAULT),
            says("Adapter health - {:text}", DEVICE_FAULT),
            says("Issuing IOP reset*", SERVICE_DEGRADED),
            says("IOP reset succeeded", SERVICE_RESTORED),
            says("IOP reset failed", SERVICE_LOST),
            says("Controller reset failed*", SERVICE_LOST));

    private static final List<Row> MPI3MR = List.of(
            says("fault code(0x{code:x32}): *", DEVICE_FAULT),
            says(
                    "loginfo(0x{log-info:x32}): originator({originator:word}), code(0x{code:x8}), sub_code(0x{sub-code:x16})*",
                    SAS_LOG),
            says(
                    "log_info(0x{log-info:x32}): originator({originator:word}), code(0x{code:x8}), sub_code(0x{sub-code:x16})*",
                    SAS_LOG),
            says("flush pending commands for unrecoverable controller", SERVICE_LOST),
            says("unrecoverable controller*", SERVICE_LOST),
            says("controller reset failed*", SERVICE_LOST),
            says("{:word}: command timeout", NO_RESPONSE),
            says("command timed out*", NO_RESPONSE));

    private static final List<Row> QLA = List.of(
            says("LOOP DOWN detected (*", FC_LINK_DOWN),
            says("LOOP UP detected (*", FC_LINK_UP),
            step("Abort command issued nexus={host:d32}:{target:d32}:{lun:d32} -- *", "task abort"),
            step("DEVICE RESET ISSUED nexus={host:d32}:{target:d32}:{lun:d32} cmd=*", "device reset"),
            step("TARGET RESET ISSUED nexus={host:d32}:{target:d32}:{lun:d32} cmd=*", "target reset"),
            step("BUS RESET ISSUED nexus={host:d32}:{target:d32}:{lun:d32}*", "bus reset"),
            step("ADAPTER RESET ISSUED nexus={host:d32}:{target:d32}:{lun:d32}*", "host reset"),
            says("ISP System Error - mbx1={:text}", DEVICE_FAULT),
            says("Performing ISP error recovery*", SERVICE_DEGRADED),
            says("ISP error recover failed - board disabled.", SERVICE_LOST),
            says("Adapter is disabled/failed*", SERVICE_LOST));

    private static final List<Row> LPFC = List.of(
            says("{:d32}:1305 Link Down Event *", FC_LINK_DOWN),
            says("{:d32}:({:d32}):1305 Link Down Event *", FC_LINK_DOWN),
            says("{:d32}:1303 Link Up Event *", FC_LINK_UP),
            says("{:d32}:({:d32}):1303 Link Up Event *", FC_LINK_UP),
            says("{:d32}:({:d32}):0203 Devloss timeout on WWPN {remote-port:text} NPort *", FC_PORT_LOST),
            step("{:d32}:({:d32}):0713 SCSI layer issued Device Reset *", "device reset"),
            step("{:d32}:({:d32}):0723 SCSI layer issued Target Reset *", "target reset"),
            step("{:d32}:({:d32}):0749 SCSI Layer I/O Abort Request *", "task abort"),
            says("{:d32}:0457 Adapter Hardware Error *", DEVICE_FAULT),
            says("{:d32}:0479 Deferred Adapter Hardware Error *", DEVICE_FAULT),
            says("{:d32}:0447 Adapter failed *", SERVICE_LOST),
            says("{:d32}:0440 Adapter failed *", SERVICE_LOST));

    private static final List<Row> REMOTE_PORT = List.of(says("blocked FC remote port time out: *", FC_PORT_LOST));

    private static final List<Row> LIBFC = List.of(
            says("libfc: Link down on port ({:text})", FC_LINK_DOWN),
            says("libfc: Link up on port ({:text})", FC_LINK_UP));

    private static final List<Row> ISCSI_CONNECTION =
            List.of(says("iscsi: detected conn error ({error:d32})", ISCSI_CONNECTION_ERROR));

    private static final List<Row> ISCSI_SESSION =
            List.of(says("iscsi: session recovery timed out after {seconds:d32} secs", SERVICE_LOST));

    private static final List<Row> NVME = List.of(
            says("controller is down; will reset: CSTS=0x{csts:x32}*", NVME_RESET),
            says("I/O {:d32} QID {:d32} timeout, reset controller", NVME_RESET),
            says("I/O tag {:d32} ({:x32}) opcode 0x{:x8} ({:text}) QID {:d32} timeout, reset controller", NVME_RESET),
            says("frozen state error detected, reset controller", NVME_RESET),
            says("Disabling device after reset failure: -{:d32}", SERVICE_LOST),
            says("Removing after probe failure status: -{:d32}", SERVICE_LOST),
            says("Removing after probe failure", SERVICE_LOST),
            says("failed to mark controller live state", SERVICE_LOST),
            says("failed to mark controller {:word}", SERVICE_LOST),
            says("failed to mark controller state {:d32}", SERVICE_LOST),
            says("Identify Controller failed ({:text})", NO_RESPONSE),
            says("Device not ready; aborting reset*", NO_RESPONSE),
            says("Device not ready; aborting shutdown*", NO_RESPONSE),
            says("Device not ready; aborting initialisation*", NO_RESPONSE),
            says("Device shutdown incomplete; abort shutdown", NO_RESPONSE),
            says("I/O {:d32} QID {:d32} timeout, completion polled", STALLED),
            says("I/O tag {:d32} ({:x32}) QID {:d32} timeout, completion polled", STALLED),
            says("I/O tag {:d32} ({:x32}) opcode 0x{:x8} ({:text}) QID {:d32} timeout, completion polled", STALLED),
            says("I/O {:d32} QID {:d32} timeout, disable controller", SERVICE_LOST),
            says(
                    "I/O tag {:d32} ({:x32}) opcode 0x{:x8} ({:text}) QID {:d32} timeout, disable controller",
                    SERVICE_LOST),
            step("I/O {:d32} QID {:d32} timeout, aborting*", "abort"),
            step("I/O {:d32} ({:text}) QID {:d32} timeout, aborting*", "abort"),
            step("I/O tag {:d32} ({:x32}) opcode 0x{:x8} ({:text}) QID {:d32} timeout, aborting*", "abort"),
            says("starting error recovery", SERVICE_DEGRADED),
            says("Successfully reconnected ({:d32} attempt)", SERVICE_RESTORED),
            says("Successfully reconnected ({:d32} attempts)", SERVICE_RESTORED),
            says("Removing controller...", SERVICE_LOST),
            says("Removing ctrl: NQN *", SERVICE_LOST));

    private static final List<Row> NVME_HEAD = List.of(
            says("no available path - failing I/O", SERVICE_LOST),
            says("no usable path - requeuing I/O", SERVICE_DEGRADED));

    private static final List<Row> MD = List.of(
            says("Disk failure on {part:word} detected, failing array.", MD_ARRAY_LOST),
            says("Cannot continue operation ({:text} failed).", MD_ARRAY_LOST),
            says("not enough operational devices ({:text} failed)", MD_ARRAY_LOST),
            says("not enough operational mirrors.*", MD_ARRAY_LOST),
            says("failed to run raid set.", MD_ARRAY_LOST),
            says("read error corrected ({:d32} sectors at {sector:d64} on {part:word})", MD_READ_CORRECTED),
            says("{part:word}: Raid device exceeded read_error threshold *", MD_MEMBER_FAILED));

    private static final List<Row> MD_CORE =
            List.of(says("kicking non-fresh {part:word} from array!", MD_MEMBER_FAILED));

    private static final List<Row> MD_OLD = List.of(
            says("Disk failure on {part:word}, disabling device.*", MD_MEMBER_FAILED),
            says("not enough operational devices for {part:word} ({:text} failed)", MD_ARRAY_LOST),
            says("not enough operational mirrors for {part:word}*", MD_ARRAY_LOST),
            says("failed to run raid set {part:word}", MD_ARRAY_LOST));

    private static final List<Row> HISI = List.of(
            says("phydown: phy{phy:d32} phy_state=0x{:x32}", SAS_LINK_DOWN),
            says("phy{phy:d32} link lost", SAS_LINK_DOWN),
            says("internal task abort: timeout and not done.", NO_RESPONSE),
            says("controller reset failed ({:text})", SERVICE_LOST),
            says("controller reset complete", SERVICE_RESTORED));

    private static final List<Row> ENCLOSURE = List.of(
            says("Failed to get diagnostic page 0x{:x8}", NO_RESPONSE),
            says("Failed to bind enclosure -{:d32}", NO_RESPONSE),
            says("Wrong diagnostic page; asked for {:d32} got {:d32}", NO_RESPONSE));

    /** What a driver says of a device in the name of the disk driver, {@code sd 0:0:1:0: [sdb] tag#1 …}. */
    private static final List<Row> OF_DEVICE = List.of(
            step("attempting task abort!*", "task abort"),
            step("attempting device reset!*", "device reset"),
            step("attempting target reset!*", "target reset"),
            step("attempting host reset!*", "host reset"),
            step("megasas: RESET cmd={:x8} retries={:d32}*", "reset"),
            step("megasas: RESET -{:d64} cmd={:x8} retries={:d32}*", "reset"),
            step("Target Reset is issued to handle(0x{:x32})*", "target reset"),
            step("Device(lun) Reset is issued to handle(0x{:x32})*", "device reset"),
            step("Attempting to queue abort for*", "task abort"),
            address("{:word}: handle(0x{:x32}), sas_addr(0x{sas-address:word}), *"));

    private static final List<Row> BUFFER = List.of(Row.buffer("{part:word}, logical block {:d64}*"));

    private static final List<Speaker> SPEAKERS = List.of(
            Speaker.of("", "Buffer I/O error on dev ", BUFFER),
            Speaker.of("", "Buffer I/O error on device ", BUFFER),
            Speaker.of("mpt3sas_cm", "mpt3sas_cm{part:d32}: ", MPT_SAS),
            Speaker.of("mpt2sas_cm", "mpt2sas_cm{part:d32}: ", MPT_SAS),
            Speaker.of("mpt3sas", "mpt3sas{part:d32}: ", MPT_SAS),
            Speaker.of("mpt2sas", "mpt2sas{part:d32}: ", MPT_SAS),
            Speaker.of("ioc", "mptbase: ioc{part:d32}: ", MPT_BASE),
            Speaker.of("ioc", "mptscsih: ioc{part:d32}: ", MPT_BASE),
            Speaker.of("ioc", "mptsas: ioc{part:d32}: ", MPT_BASE),
            Speaker.of("ioc", "mptfc: ioc{part:d32}: ", MPT_BASE),
            Speaker.of("ioc", "mptspi: ioc{part:d32}: ", MPT_BASE),
            Speaker.of("", "megaraid_sas {part:pci}: ", MEGARAID),
            Speaker.of("megaraid_sas", "megaraid_sas: ", MEGARAID),
            Speaker.of("megasas", "megasas: ", MEGARAID),
            Speaker.of("", "hpsa {part:pci}: ", HPSA),
            Speaker.of("hpsa", "hpsa{part:d32}: ", HPSA),
            Speaker.of("", "smartpqi {part:pci}: ", SMARTPQI),
            Speaker.of("", "aacraid {part:pci}: ", AACRAID),
            Speaker.of("aacraid", "aacraid: ", AACRAID),
            Speaker.of("AAC", "AAC{part:d32}: ", AACRAID),
            Speaker.of("mpi3mr", "mpi3mr{part:d32}: ", MPI3MR),
            Speaker.of("", "mpi3mr {part:pci}: ", MPI3MR),
            Speaker.of("", "qla2xxx [{part:pci}]-{:x32}:{:d32}: ", QLA),
            Speaker.of("", "qla2xxx {part:pci}: ", QLA),
            Speaker.of("", "lpfc {part:pci}: ", LPFC),
            Speaker.of("rport-", " rport-{part:text}: ", REMOTE_PORT),
            Speaker.of("rport-", "rport-{part:text}: ", REMOTE_PORT),
            Speaker.of("host", "host{part:d32}: ", LIBFC),
            Speaker.of("connection", " connection{part:devt}: ", ISCSI_CONNECTION),
            Speaker.of("connection", "connection{part:devt}: ", ISCSI_CONNECTION),
            Speaker.of("session", " session{part:d32}: ", ISCSI_SESSION),
            Speaker.of("session", "session{part:d32}: ", ISCSI_SESSION),
            Speaker.of("nvme", "nvme nvme{part:d32}: ", NVME),
            Speaker.of("", "nvme {part:pci}: ", NVME),
            Speaker.of("nvme", "block nvme{part:word}: ", NVME_HEAD),
            Speaker.of("nvme", "nvme{part:word}: ", NVME_HEAD),
            Speaker.of("", "md/{:word}:{part:word}: ", MD),
            Speaker.of("md", "md: ", MD_CORE),
            Speaker.of("md", "raid1: ", MD_OLD),
            Speaker.of("md", "raid5: ", MD_OLD),
            Speaker.of("md", "raid10: ", MD_OLD),
            Speaker.of("", "hisi_sas_v3_hw {part:pci}: ", HISI),
            Speaker.of("", "hisi_sas_v2_hw {part:text}: ", HISI),
            Speaker.of("", "ses {part:hctl}: ", ENCLOSURE));

    private static final List<List<Speaker>> BY_FIRST_CHARACTER = byFirstCharacter();

    private MessageTable() {}

    private static List<List<Speaker>> byFirstCharacter() {
        List<List<Speaker>> index = new ArrayList<>();
        for (int c = 0; c < 128; c++) {
            char first = (char) c;
            index.add(SPEAKERS.stream()
                    .filter(s -> s.head().beginning().charAt(0) == first)
                    .toList());
        }
        return index;
    }

    /** Returns the templates of all rows, so that a test can ask for a line of each. */
    static List<Row> rows() {
        List<Row> rows = new ArrayList<>(OF_DEVICE);
        SPEAKERS.forEach(speaker -> rows.addAll(speaker.rows()));
        return rows;
    }

    /** Returns who speaks, in the order in which they are asked. */
    static List<Speaker> speakers() {
        return SPEAKERS;
    }

    /** Returns what a driver may say of a device in the name of the disk driver. */
    static List<Row> rowsOfDevice() {
        return OF_DEVICE;
    }

    /** Returns what a line says, null if it is none that is known. */
    public static @Nullable Observation read(String line) {
        if (line.isEmpty() || line.charAt(0) >= 128) {
            return null;
        }
        List<Speaker> speakers = BY_FIRST_CHARACTER.get(line.charAt(0));
        if (speakers.isEmpty()) {
            return null;
        }
        int to = end(line);
        for (int i = 0; i < speakers.size(); i++) {
            Speaker speaker = speakers.get(i);
            if (line.startsWith(speaker.head().beginning())) {
                Observation said = speaker.read(line, to);
                if (said != null) {
                    return said;
                }
            }
        }
        return null;
    }

    /** Returns what a driver says of a disk, null if that is not known. */
    public static @Nullable Observation readOfDevice(ScsiDevice device, String text) {
        int to = end(text);
        for (Row row : OF_DEVICE) {
            if (text.startsWith(row.beginning())) {
                Observation said = row.read(text, 0, to, "", device);
                if (said != null) {
                    return said;
                }
            }
        }
        return null;
    }

    private static int end(String line) {
        int newline = line.indexOf('\n');
        int to = newline < 0 ? line.length() : newline;
        while (to > 0 && line.charAt(to - 1) == ' ') {
            to--;
        }
        return to;
    }
}
