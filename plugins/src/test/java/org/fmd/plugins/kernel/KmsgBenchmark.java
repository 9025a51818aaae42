// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fmd.plugins.kernel.source.Arrival;

/**
 * How many records of {@code /dev/kmsg} a processor parses and assesses in a second of its time. No test; {@code
 * etc/dev/bench-channel} runs it.
 *
 * <p>The mix is a busy machine's: nine of ten lines are nobody's here (network, USB, audit, file systems, drivers that start),
 * one of ten is a driver's or the SCSI layer's.
 */
public final class KmsgBenchmark {
    private static final int RECORDS = 100_000;

    private static final String[] OTHERS = {
        "IPv6: ADDRCONF(NETDEV_CHANGE): veth3f1c2d0: link becomes ready",
        "docker0: port 3(veth3f1c2d0) entered forwarding state",
        "audit: type=1400 audit(1700000000.123:456): apparmor=\"DENIED\" operation=\"open\" profile=\"snap.x\" name=\"/proc/1/fd\"",
        "usb 1-1.4: new high-speed USB device number 17 using xhci_hcd",
        "EXT4-fs (dm-3): mounted filesystem with ordered data mode. Opts: (null)",
        "TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies.",
        "e1000e 0000:00:1f.6 eno1: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx/Tx",
        "nf_conntrack: nf_conntrack: table full, dropping packet",
        "device vethab12cd left promiscuous mode",
        "mce: CPU3: Core temperature above threshold, cpu clock throttled (total events = 71)",
        "systemd-journald[412]: /dev/kmsg buffer overrun, some messages lost.",
        "perf: interrupt took too long (2507 > 2500), lowering kernel.perf_event_max_sample_rate to 79750",
        "sd 3:0:0:0: [sdd] Write cache: enabled, read cache: enabled, doesn't support DPO or FUA",
        "scsi host7: uas",
        "bnx2x 0000:04:00.0 eth0: NIC Link is Down",
        "nvme nvme1: 8/0/0 default/read/poll queues",
        "process 'app' started with executable stack",
        "cgroup: fork rejected by pids controller in /user.slice/user-1000.slice"
    };

    private static final String[][] OURS = {
        {"mpt3sas_cm0: log_info(0x31120303): originator(PL), code(0x12), sub_code(0x0303)"},
        {
            "sd %d:0:0:0: [sd%c] tag#%d FAILED Result: hostbyte=DID_OK driverbyte=DRIVER_OK cmd_age=0s",
            "sd %d:0:0:0: [sd%c] tag#%d Sense Key : Medium Error [current] ",
            "sd %d:0:0:0: [sd%c] tag#%d Add. Sense: Unrecovered read error",
            "sd %d:0:0:0: [sd%c] tag#%d CDB: Read(10) 28 00 00 00 12 30 00 00 10 00",
            "critical medium error, dev sd%2$c, sector 4656 op 0x0:(READ) flags 0x800 phys_seg 2 prio class 2"
        },
        {
            "ata3.00: exception Emask 0x0 SAct 0xf SErr 0x0 action 0x0",
            "ata3.00: failed command: READ FPDMA QUEUED",
            "ata3.00: cmd 60/f0:18:75:79:2d/00:00:14:00:00/40 tag 3 ncq 122880 in\\x0a         res 41/40:00:e0:79:2d/00:00:14:00:00/40 Emask 0x409 (media error) <F>",
            "ata3.00: error: { UNC }",
            "ata3: EH complete"
        },
        {" connection2:0: detected conn error (1020)"},
        {"device-mapper: multipath: 254:0: Failing path 8:0."}
    };

    private KmsgBenchmark() {}

    /** Prints a line for each of five rounds: records a second of processor time, and of the clock. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 7;
        List<byte[]> records = records(new Random(seed));
        for (int round = 1; round <= 8; round++) {
            FakeContext context = new FakeContext();
            RecordPipeline pipeline = new RecordPipeline(context, disk -> false);
            long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long clock = System.nanoTime();
            int said = 0;
            for (int pass = 0; pass < 5; pass++) {
                for (byte[] record : records) {
                    pipeline.kmsg(record, record.length, new Arrival(Instant.EPOCH, said++ * 1_000_000L, false));
                }
                context.posted.clear();
            }
            pipeline.finish();
            clock = System.nanoTime() - clock;
            processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor;
            System.out.printf(
                    "round %d  %,10d records/CPU s  %,10d records/s  %.1f %% recognised%n",
                    round,
                    said * 1_000_000_000L / processor,
                    said * 1_000_000_000L / clock,
                    100.0 * context.counts.getOrDefault("kmsg-recognised", 0L) / said);
        }
    }

    private static List<byte[]> records(Random random) {
        List<byte[]> records = new ArrayList<>();
        long micros = 1_000_000;
        while (records.size() < RECORDS) {
            boolean ours = random.nextInt(28) == 0;
            String[] lines =
                    ours ? OURS[random.nextInt(OURS.length)] : new String[] {OTHERS[random.nextInt(OTHERS.length)]};
            int disk = random.nextInt(20);
            int tag = random.nextInt(256);
            for (String line : lines) {
                String text = ours && line.contains("%") ? String.format(line, disk, (char) ('a' + disk), tag) : line;
                micros += 1000;
                records.add(("6," + records.size() + "," + micros + ",-;" + text + "\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return records;
    }
}
