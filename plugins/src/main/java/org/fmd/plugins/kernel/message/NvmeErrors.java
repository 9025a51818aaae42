// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.fmd.model.nv.NvList;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.assess.AssessmentTable;
import org.fmd.plugins.kernel.assess.Command;
import org.fmd.plugins.kernel.assess.Conclusion;
import org.fmd.plugins.kernel.assess.Fate;
import org.fmd.plugins.kernel.observation.Observation.BlockError;
import org.fmd.plugins.kernel.observation.Observation.NvmeCommandFailed;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * Errors of NVMe namespaces: the driver's line about a command, and the block layer's about its request, or either alone. The
 * status is put in the words of SCSI (NVM Express: SCSI Translation Reference 1.5, 7), so that one set of rules reads
 * both. Belongs to one thread.
 */
final class NvmeErrors {
    private static final int MAX_OPEN = 256;
    private static final long JOIN_MICROS = 100_000;
    private static final long SPELL_MICROS = 30_000_000;

    private record Open(NvmeCommandFailed command, Stamp at) {}

    private final Consumer<Conclusion> concluded;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private final Map<String, Stamp> refusing = new LinkedHashMap<>();

    NvmeErrors(Consumer<Conclusion> concluded) {
        this.concluded = concluded;
    }

    static boolean isNamespace(String disk) {
        return disk.startsWith("nvme") && disk.indexOf('n', 4) > 4;
    }

    void failed(NvmeCommandFailed command, Stamp at) {
        close(command.namespace());
        if (open.size() >= MAX_OPEN) {
            close(open.keySet().iterator().next());
        }
        open.put(command.namespace(), new Open(command, at));
    }

    void ended(BlockError block, Stamp at, Moments moments) {
        Open command = open.remove(block.disk());
        if (command != null) {
            conclude(command);
            return;
        }
        switch (block.kind()) {
            case MEDIUM -> conclude(block, at, HostByte.OK, new Command.Sense(SenseKey.MEDIUM_ERROR, null, false));
            case PROTECTION -> conclude(block, at, HostByte.OK, sense(SenseKey.ABORTED_COMMAND, 0x10, 0x00));
            case RESERVATION, NEXUS, NOT_SUPPORTED, SPACE -> {} // not the hardware's
            case TARGET -> conclude(block, at, HostByte.OK, sense(SenseKey.ILLEGAL_REQUEST, 0x00, 0x00));
            case IO, TRANSPORT, TIMEOUT, OFFLINE -> {
                Stamp before = refusing.get(block.disk());
                if (refusing.size() < MAX_OPEN || before != null) {
                    refusing.put(block.disk(), at);
                }
                if (before == null || moments.between(before, at) > SPELL_MICROS) {
                    conclude(block, at, HostByte.NO_CONNECT, null);
                }
            }
        }
    }

    void expire(Stamp now, Moments moments) {
        for (String namespace : List.copyOf(open.keySet())) {
            Open command = open.get(namespace);
            if (command != null && moments.between(command.at(), now) > JOIN_MICROS) {
                close(namespace);
            }
        }
    }

    boolean isWaiting() {
        return !open.isEmpty();
    }

    long deadline() {
        return open.values().stream()
                .mapToLong(o -> o.at().arrival() + JOIN_MICROS * 1000 + 1000)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    void closeAll() {
        List.copyOf(open.keySet()).forEach(this::close);
    }

    private void close(String namespace) {
        Open command = open.remove(namespace);
        if (command != null) {
            conclude(command);
        }
    }

    private void conclude(Open open) {
        NvmeCommandFailed command = open.command();
        int type = command.status() >> 8 & 7;
        int code = command.status() & 0xff;
        Command.Sense sense = sense(type, code);
        NvList facts = NvList.builder()
                .uint64("lba", command.lba())
                .bool("lba-exact", command.blocks() == 1)
                .uint8("nvme-status-type", type)
                .uint8("nvme-status-code", code)
                .build();
        post(command.namespace(), open.at(), sense == null ? HostByte.ERROR : HostByte.OK, sense, null, facts);
    }

    private void conclude(BlockError block, Stamp at, HostByte host, Command.@Nullable Sense sense) {
        post(block.disk(), at, host, sense, block, NvList.EMPTY);
    }

    private void post(
            String disk,
            Stamp at,
            HostByte host,
            Command.@Nullable Sense sense,
            @Nullable BlockError block,
            NvList facts) {
        Command.Status status = sense == null ? Command.Status.NOT_TOLD : Command.Status.CHECK_CONDITION;
        Command command =
                new Command(Fate.GIVEN_UP, new Command.Result(true, host), status, sense, Octets.EMPTY, block);
        AssessmentTable.assess(command)
                .ifPresent(verdict -> concluded.accept(new Conclusion.ToldError(
                        new Conclusion.DiskError(at.tod(), new ScsiDevice("", disk), verdict, command), facts)));
    }

    private static Command.Sense sense(SenseKey key, int asc, int ascq) {
        return new Command.Sense(key, new AdditionalSense(asc, ascq), false);
    }

    /** Returns what the status says of the medium or the device; null if it says that the way failed. */
    private static Command.@Nullable Sense sense(int type, int code) {
        return switch (type) {
            case 0 -> generic(code);
            case 2 ->
                switch (code) {
                    case 0x80 -> sense(SenseKey.MEDIUM_ERROR, 0x03, 0x00);
                    case 0x82 -> sense(SenseKey.ABORTED_COMMAND, 0x10, 0x01);
                    case 0x83 -> sense(SenseKey.ABORTED_COMMAND, 0x10, 0x02);
                    case 0x84 -> sense(SenseKey.ABORTED_COMMAND, 0x10, 0x03);
                    case 0x85 -> sense(SenseKey.MISCOMPARE, 0x1d, 0x00);
                    case 0x86 -> sense(SenseKey.DATA_PROTECT, 0x20, 0x02);
                    default -> sense(SenseKey.MEDIUM_ERROR, 0x11, 0x00);
                };
            case 3 -> null;
            default -> sense(SenseKey.ILLEGAL_REQUEST, 0x24, 0x00);
        };
    }

    private static Command.@Nullable Sense generic(int code) {
        return switch (code) {
            case 0x04, 0x05, 0x07, 0x08, 0x09, 0x0a -> null;
            case 0x06 -> sense(SenseKey.HARDWARE_ERROR, 0x44, 0x00);
            case 0x80 -> sense(SenseKey.ILLEGAL_REQUEST, 0x21, 0x00);
            case 0x82 -> sense(SenseKey.NOT_READY, 0x04, 0x00);
            default -> sense(SenseKey.ILLEGAL_REQUEST, 0x24, 0x00);
        };
    }
}
