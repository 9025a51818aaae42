// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.event.Ereport;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.trace.EventFormat;
import org.fmd.plugins.kernel.trace.FormatProblem;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;

/**
 * How many trace records a second of processor time are read, joined and made ereports of. The records are those of a storm: each
 * of many disks fails a read, which is tried again and given up at the second time.
 *
 * <p>Arguments: the folder {@code format} of a capture, the number of disks (256 at most), the number of rounds.
 */
public final class TraceRate {
    private static final int PAGE = 4096;

    private final Map<String, EventFormat> formats;
    private final PageLayout layout;
    private final List<byte[]> pages = new ArrayList<>();
    private ByteBuffer page = ByteBuffer.allocate(0);
    private long records;

    private TraceRate(Path folder) throws IOException, FormatProblem {
        layout = PageLayout.parse(text(folder.resolve("header_page")), ByteOrder.LITTLE_ENDIAN);
        formats = new HashMap<>();
        for (String event : TraceEvents.known()) {
            Path file = folder.resolve(event.replace('/', '.'));
            if (Files.exists(file)) {
                formats.put(event, EventFormat.parse(event, text(file)));
            }
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    /** Prints records, ereports and rates of each round. */
    public static void main(String[] args) throws Exception {
        TraceRate rate = new TraceRate(Path.of(args[0]));
        int disks = Integer.parseInt(args[1]);
        rate.fill(disks);
        for (int round = 1; round <= Integer.parseInt(args[2]); round++) {
            rate.round(round, disks);
        }
    }

    private void fill(int disks) {
        for (int disk = 0; disk < disks; disk++) {
            done(disk);
            request("block/block_rq_requeue", disk, 0);
            done(disk);
            request("block/block_rq_error", disk, -61);
        }
        endPage();
    }

    private void done(int disk) {
        EventFormat format = format("scsi/scsi_dispatch_cmd_done");
        int size = 64;
        ByteBuffer body = body(format, size + 12);
        put(body, format, "host_no", disk / 256);
        put(body, format, "id", disk % 256);
        put(body, format, "result", 2);
        put(body, format, "cmd_len", 10);
        put(body, format, "scheduler_tag", disk % 128);
        put(body, format, "sense_key", 3);
        put(body, format, "asc", 0x11);
        put(body, format, "cmnd", 10 << 16 | size);
        body.position(size)
                .put((byte) 0x28)
                .put((byte) 0)
                .putInt(Integer.reverseBytes(4096 + disk))
                .put((byte) 0);
        body.putShort(Short.reverseBytes((short) 8));
        write(body);
    }

    private void request(String event, int disk, int error) {
        EventFormat format = format(event);
        ByteBuffer body = body(format, 64);
        put(body, format, "dev", major(disk) << 20 | disk % 16 * 16);
        put(body, format, "sector", 4096 + disk);
        put(body, format, "nr_sector", 8);
        put(body, format, "error", error);
        write(body);
    }

    /** The driver sd has sixteen majors with sixteen disks each. */
    private static int major(int disk) {
        int major = disk / 16;
        return major == 0 ? 8 : major < 8 ? 64 + major : 120 + major;
    }

    private EventFormat format(String event) {
        return Objects.requireNonNull(formats.get(event), event);
    }

    private static ByteBuffer body(EventFormat format, int size) {
        ByteBuffer body = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        body.putShort(0, (short) format.id());
        return body;
    }

    private static void put(ByteBuffer body, EventFormat format, String name, long value) {
        EventFormat.Field field = format.fields().get(name);
        if (field != null) {
            switch (field.size()) {
                case 1 -> body.put(field.offset(), (byte) value);
                case 4 -> body.putInt(field.offset(), (int) value);
                default -> body.putLong(field.offset(), value);
            }
        }
    }

    private void write(ByteBuffer body) {
        int words = (body.capacity() + 3) / 4;
        if (page.remaining() < 4 + 4 * words) {
            endPage();
            page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
            page.position(layout.dataOffset());
        }
        page.putInt(1 << 5 | words).put(body.clear());
        page.position(page.position() + 4 * words - body.capacity());
        records++;
    }

    private void endPage() {
        if (page.capacity() > 0) {
            page.putLong(0, 1_000_000L * pages.size());
            page.putLong(layout.commitOffset(), page.position() - layout.dataOffset());
            pages.add(page.array());
        }
    }

    private static Topology topology(int disks) {
        List<TopoNode> nodes = new ArrayList<>();
        for (int disk = 0; disk < disks; disk++) {
            TopoPath path = TopoPath.of("disk", disk);
            String hctl = disk / 256 + ":0:" + disk % 256 + ":0";
            nodes.add(new TopoNode(
                    path,
                    path.toHc(),
                    null,
                    null,
                    null,
                    NvList.builder()
                            .string("hctl", hctl)
                            .string("devt", major(disk) + ":" + disk % 16 * 16)
                            .string("logical-disk", "disk" + disk)
                            .string("dev", "/devices/pci0000:00/host0/target0:0:" + disk + "/" + hctl)
                            .string("devid", "id1,sd@n5000c500" + disk)
                            .uint64("block-size", 512)
                            .build()));
        }
        return new Topology(nodes);
    }

    private void round(int round, int disks) {
        FakeContext context = new FakeContext() {
            @Override
            public synchronized void post(Ereport ereport) {
                counts.merge("posted", 1L, Long::sum);
            }
        };
        context.over(topology(disks));
        RecordPipeline pipeline = new RecordPipeline(context, disk -> true);
        pipeline.traceBegins(layout, TraceEvents.of(formats));
        int repeats = Math.max(1, 1_000_000 / (4 * disks));
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long nanos = 0;
        for (int i = 0; i < repeats; i++) {
            for (byte[] bytes : pages) {
                nanos += 1000;
                Arrival at = new Arrival(Instant.EPOCH.plusNanos(nanos), nanos, false);
                pipeline.tracePage(bytes, bytes.length, at, 0);
            }
            nanos += 1_000_000_000L;
            pipeline.expire(new Arrival(Instant.EPOCH.plusNanos(nanos), nanos, false));
        }
        pipeline.finish();
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e9;
        System.out.printf(
                "round %d: %,d records of %,d disks, %,d ereports: %,.0f records a second%n",
                round,
                records * repeats,
                disks,
                context.counts.getOrDefault("posted", 0L),
                records * repeats / seconds);
    }
}
