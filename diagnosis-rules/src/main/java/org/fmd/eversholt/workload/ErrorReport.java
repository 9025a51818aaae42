// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.workload;

import java.time.Instant;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;

/** Makes the ereport of a failed command as the kernel's source would. */
final class ErrorReport {
    private static final long SECOND = 1_000_000_000L;
    private static final int TEST_UNIT_READY = 0x00;
    private static final int READ_10 = 0x28;
    private static final int WRITE_10 = 0x2a;
    private static final int READ_16 = 0x88;
    private static final int CHECK_CONDITION = 2;
    private static final int BUSY = 8;
    private static final int BLOCKS = 128;

    private final Fleet fleet;

    ErrorReport(Fleet fleet) {
        this.fleet = fleet;
    }

    /**
     * @param nanos when, since the epoch
     * @param chance bits that decide what is left open
     */
    Ereport of(Trouble trouble, int disk, long nanos, long chance) {
        DevFmri detector = trouble.transport() ? DevFmri.ofPath(fleet.devicePath(disk)) : fleet.detector(disk);
        return new Ereport(
                trouble.eventClass(),
                Instant.ofEpochSecond(nanos / SECOND, nanos % SECOND),
                Ena.of(nanos, (int) chance),
                detector,
                payload(trouble, disk, chance));
    }

    private static NvList payload(Trouble trouble, int disk, long chance) {
        String[] model = Fleet.model(disk);
        NvList.Builder list = NvList.builder()
                .uint8("version", 0)
                .string("devid", Fleet.devid(disk))
                .string("driver-assessment", trouble.assessment())
                .string("devtype", "disk")
                .string("vendor", model[0])
                .string("product", model[1])
                .string("revision", model[2])
                .string("serial", Fleet.serial(disk));
        long lba = trouble.block() ? lba(disk, chance) : 0;
        byte[] cdb = cdb(trouble.block(), lba, chance);
        list.uint8("op-code", Byte.toUnsignedInt(cdb[0])).bytes("cdb", cdb);
        list.uint8("pkt-reason", trouble.reason())
                .uint32("pkt-state", trouble.transport() ? 7 : 0x3f)
                .uint32("pkt-stats", trouble == Trouble.RESET ? 8 : trouble == Trouble.TIMEOUT ? 0x40 : 0);
        addStatus(list, trouble, lba);
        if (trouble.block()) {
            list.uint64("lba", lba).bool("lba-exact", trouble.key() == 3);
        }
        return list.build();
    }

    private static void addStatus(NvList.Builder list, Trouble trouble, long lba) {
        if (trouble.key() >= 0) {
            list.uint8("stat-code", CHECK_CONDITION)
                    .uint8("key", trouble.key())
                    .uint8("asc", trouble.asc())
                    .uint8("ascq", trouble.ascq())
                    .bytes("sense-data", sense(trouble, lba));
        } else if (trouble == Trouble.BUSY) {
            list.uint8("stat-code", BUSY);
        } else if (trouble == Trouble.UNDECODED) {
            list.uint8("stat-code", CHECK_CONDITION)
                    .string("un-decode-info", "sense-data")
                    .bytes("un-decode-value", new byte[] {0x1f, 0, 0, 0});
        }
    }

    /** A disk has some places that fail, and most errors are there. */
    private static long lba(int disk, long chance) {
        int places = 1 + (int) (Dice.mixed(disk + 7L) & 7);
        long place = Dice.mixed(disk * 8L + (chance >>> 8 & 0xff) % places) >>> 31;
        return place + (chance >>> 16 & 3) * 8;
    }

    private static byte[] cdb(boolean block, long lba, long chance) {
        if (!block) {
            return new byte[] {TEST_UNIT_READY, 0, 0, 0, 0, 0};
        }
        if (lba >>> 32 != 0) {
            byte[] cdb = new byte[16];
            cdb[0] = (byte) READ_16;
            put(cdb, 2, lba, 8);
            cdb[13] = (byte) BLOCKS;
            return cdb;
        }
        byte[] cdb = new byte[10];
        cdb[0] = (byte) ((chance >>> 24 & 3) == 0 ? WRITE_10 : READ_10);
        put(cdb, 2, lba, 4);
        cdb[8] = (byte) BLOCKS;
        return cdb;
    }

    /** Fixed format, current error (SPC-6 4.4.3). */
    private static byte[] sense(Trouble trouble, long lba) {
        byte[] sense = new byte[18];
        sense[0] = (byte) (trouble.key() == 3 && lba >>> 32 == 0 ? 0xf0 : 0x70);
        sense[2] = (byte) trouble.key();
        put(sense, 3, lba >>> 32 == 0 ? lba : 0, 4);
        sense[7] = 10;
        sense[12] = (byte) trouble.asc();
        sense[13] = (byte) trouble.ascq();
        return sense;
    }

    private static void put(byte[] bytes, int at, long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes[at + i] = (byte) (value >>> (8 * (count - 1 - i)));
        }
    }
}
