// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.util.Optional;
import org.fmd.model.nv.NvList;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.SenseData;
import org.fmd.model.scsi.StatusByte;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a disk's ereport (fmd reference §2.3).
 *
 * <p>Differences from Solaris: {@code pkt-state} is a uint32 in every class; the identity of the disk stands in {@code derr}
 * too; {@code lba} stands in every class where a block is known, with the boolean {@code lba-exact} beside it. What was not
 * told is left out, not invented: {@code op-code}, {@code cdb} and {@code lba} where no command was told, {@code stat-code}
 * where the status is not known. Where the key is known and the additional sense is not, {@code asc} and {@code ascq} are 0,
 * SPC's word for "no additional sense information", and there is no {@code sense-data}.
 */
public final class EreportPayload {
    private static final String UNKNOWN = "unknown";

    private EreportPayload() {}

    /** Returns the payload of an error of that disk. */
    public static NvList of(Conclusion.DiskError error, DiskIdentity disk) {
        return builder(error, disk).build();
    }

    /**
     * Returns the payload of an error of that disk.
     *
     * @param part the name under which the telemetry knows the disk
     * @param more what else is told
     */
    public static NvList of(Conclusion.DiskError error, DiskIdentity disk, String part, NvList more) {
        return builder(error, disk).string("part", part).putAll(more).build();
    }

    private static NvList.Builder builder(Conclusion.DiskError error, DiskIdentity disk) {
        AssessmentTable.Verdict verdict = error.verdict();
        Command command = error.command();
        PacketCodes packet = PacketCodes.of(command);
        NvList.Builder list = NvList.builder()
                .uint8("version", 0)
                .string("devid", known(disk.devid()))
                .string("driver-assessment", verdict.assessment().toString())
                .string("devtype", "disk")
                .string("vendor", known(disk.vendor()))
                .string("product", known(disk.product()))
                .string("revision", known(disk.revision()))
                .string("serial", known(disk.serial()));
        if (command.cdb().length() > 0) {
            list.uint8("op-code", command.cdb().u8(0))
                    .bytes("cdb", command.cdb().toArray());
        }
        list.uint8("pkt-reason", packet.reason().number())
                .uint32("pkt-state", packet.state())
                .uint32("pkt-stats", packet.statistics());
        switch (verdict.errorClass()) {
            case MERR, DERR -> addSense(list, command);
            case SERR -> addStatus(list, command);
            case UDERR ->
                list.uint8("stat-code", StatusByte.CHECK_CONDITION.number())
                        .string("un-decode-info", "sense-data")
                        .bytes("un-decode-value", new byte[0]);
            case TRAN, RECOVERED -> {}
        }
        if (error.chain().retries() >= 0) {
            list.uint32("retries", error.chain().retries());
        }
        // A deferred error is about a command that came before: this one's block says nothing.
        boolean deferred = command.sense() != null && command.sense().deferred();
        if (!deferred) {
            BadBlock.of(command, disk.blockSize())
                    .ifPresent(bad -> list.uint64("lba", bad.lba()).bool("lba-exact", bad.exact()));
        }
        return list;
    }

    private static void addSense(NvList.Builder list, Command command) {
        Command.Sense sense = command.sense();
        if (sense == null) {
            return;
        }
        AdditionalSense additional = Optional.ofNullable(sense.additional()).orElse(AdditionalSense.NONE);
        list.uint8("stat-code", StatusByte.CHECK_CONDITION.number())
                .uint8("key", sense.key().number())
                .uint8("asc", additional.asc())
                .uint8("ascq", additional.ascq());
        if (sense.additional() != null) {
            SenseData rebuilt = SenseData.of(sense.key(), sense.additional(), sense.deferred());
            list.bytes("sense-data", rebuilt.payload().toArray());
        }
    }

    private static void addStatus(NvList.Builder list, Command command) {
        if (command.statusTold().isTold()) {
            list.uint8("stat-code", command.statusTold().number());
        }
    }

    private static String known(@Nullable String text) {
        return text == null || text.isBlank() ? UNKNOWN : text;
    }
}
