// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogRecord;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.Event;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fault.SuspectStatus.Bit;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;

/** The three logs of a small host: a disk with a medium error, diagnosed, dry-run, replaced; and some that nobody is told of. */
final class SampleLogs {
    static final UUID CASE = UUID.fromString("1b6a1c9e-54a0-4b0d-9c1a-7a4f0a3c8d21");
    static final UUID SILENT = UUID.fromString("7f3d0b52-1c44-4f0e-8a6e-0c5a9d2e4b10");

    private static final LogOrigin ORIGIN =
            new LogOrigin("fmd 1.0", "nas1", "6.1.0-18-amd64", "#1 SMP Debian", "amd64");
    private static final String PATH = "/devices/pci0000:00/0000:00:03.0/host4/target4:0:7/4:0:7:0";
    private static final String DEVID = "id1,sd@n5000c500a1b2c3d7";
    private static final Fmri DISK = parsed("hc://:product-id=X9DRi:server-id=nas1:chassis-id=5000ccab04"
            + ":serial=ZC1A2B3C:part=SEAGATE-ST8000NM0075:revision=E004/ses-enclosure=0/bay=7/disk=0");

    private final Path directory;

    private SampleLogs(Path directory) {
        this.directory = directory;
    }

    /** Writes them as a daemon of that root directory would. */
    static Path writeBelow(Path root) throws IOException {
        Path directory = Files.createDirectories(root.resolve("var/lib/fmd"));
        new SampleLogs(directory).write();
        return directory;
    }

    private void write() throws IOException {
        List<LogRef> refs;
        try (EventLog log = open(LogLabel.ERROR, 1)) {
            append(log, merr("2025-07-01T05:00:00.5Z", "retry", 0x5d21c04a1f901401L));
            LogRef first = append(log, merr("2026-03-04T11:30:41.003123456Z", "retry", 0x5d21c04a1f901c01L));
            append(log, tran());
            LogRef last = append(log, merr("2026-03-04T11:32:06.991444000Z", "fatal", 0x5d3a7710c2001c01L));
            append(log, dropped());
            refs = List.of(first, last);
        }
        try (EventLog log = open(LogLabel.FAULT, 2)) {
            append(log, list(ListKind.SUSPECT, "2026-03-04T11:32:07.184312911Z", SuspectStatus.FAULTY, refs));
            append(log, silent());
            append(
                    log,
                    list(
                            ListKind.REPAIRED,
                            "2026-03-09T08:10:55.002199000Z",
                            SuspectStatus.of(Bit.REPLACED),
                            List.of()));
            append(
                    log,
                    list(
                            ListKind.RESOLVED,
                            "2026-03-09T08:10:55.010200000Z",
                            SuspectStatus.of(Bit.REPLACED),
                            List.of()));
        }
        try (EventLog log = open(LogLabel.INFO, 3)) {
            append(log, outcome());
        }
    }

    private EventLog open(LogLabel label, long id) throws IOException {
        LogOptions options = new LogOptions(
                0,
                InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
                () -> new UUID(0x0d9f4a4e_8a534a43L, 0x9d4b2f8a_1f1f9a00L + id));
        return EventLog.open(LogFiles.in(directory), label, ORIGIN, options);
    }

    private static LogRef append(EventLog log, Event event) throws IOException {
        UUID uuid = LogRecord.NO_UUID;
        if (event instanceof ListEvent list) {
            uuid = list.uuid();
        } else if (event instanceof Ireport ireport) {
            uuid = ireport.uuid();
        }
        return log.append(LogRecord.of(event.tod(), uuid, event.eventClass().name(), TypedJson.write(event)));
    }

    private static Ereport merr(String time, String assessment, long ena) {
        NvList payload = NvList.builder()
                .string("devid", DEVID)
                .string("driver-assessment", assessment)
                .string("product", "ST8000NM0075")
                .string("serial", "ZC1A2B3C")
                .uint8("op-code", 0x28)
                .bytes("cdb", new byte[] {0x28, 0, 0, 0x3a, 0x1f, (byte) 0x80, 0, 0, (byte) 0x80, 0})
                .uint8("pkt-reason", 0)
                .uint32("pkt-state", 0x3f)
                .uint32("pkt-stats", 0)
                .uint8("stat-code", 2)
                .uint8("key", 3)
                .uint8("asc", 0x11)
                .uint8("ascq", 0)
                .uint64("lba", 0x3a1f82)
                .bool("lba-exact", true)
                .build();
        return new Ereport(
                new EventClass("ereport.io.scsi.cmd.disk.dev.rqs.merr"),
                Instant.parse(time),
                new Ena(ena),
                new DevFmri(PATH, DEVID, "w5000c500a1b2c3d5"),
                payload);
    }

    private static Ereport tran() {
        NvList payload = NvList.builder()
                .string("devid", "unknown")
                .string("driver-assessment", "retry")
                .string("serial", "unknown")
                .bytes("cdb", new byte[] {0x2a, 0, 0, 0, 0, 8, 0, 0, 8, 0})
                .uint8("pkt-reason", 6)
                .uint32("pkt-state", 0x7)
                .int32("retries", -1)
                .flag("seen")
                .strings("hosts", List.of("host4", "host5"))
                .build();
        return new Ereport(
                new EventClass("ereport.io.scsi.cmd.disk.tran"),
                Instant.parse("2026-03-04T11:31:00Z"),
                new Ena(0x5d21c04a1f902c01L),
                DevFmri.ofPath(PATH),
                payload);
    }

    private static Ereport dropped() {
        NvList payload = NvList.builder()
                .string("msg", "12 ereports were dropped, since they came faster than they could be logged")
                .uint64("count", -1L)
                .build();
        return new Ereport(
                new EventClass("ereport.fm.fmd.dropped"),
                Instant.parse("2026-03-10T09:05:00Z"),
                Ena.UNKNOWN,
                new FmdFmri("fmd", null),
                payload);
    }

    private static ListEvent list(ListKind kind, String time, SuspectStatus status, List<LogRef> ereports) {
        Suspect suspect = Suspect.of(new EventClass("fault.io.scsi.cmd.disk.dev.rqs.merr"), DISK)
                .withUnits(new DevFmri(PATH, DEVID, null), DISK, "Slot 07");
        String code = switch (kind) {
            case REPAIRED -> "FMD-8000-4M";
            case RESOLVED -> "FMD-8000-6U";
            default -> "DISK-8000-4Q";
        };
        return new ListEvent(
                kind,
                Instant.parse(time),
                CASE,
                code,
                Instant.parse("2026-03-04T11:32:07.184305Z"),
                new FmdFmri("eft", "1.16"),
                "Critical",
                true,
                false,
                List.of(suspect),
                List.of(status),
                ereports);
    }

    private static ListEvent silent() {
        Suspect suspect = Suspect.of(new EventClass("defect.sunos.fmd.nodiagcode"), null);
        return new ListEvent(
                ListKind.SUSPECT,
                Instant.parse("2026-03-08T00:00:00Z"),
                SILENT,
                "FMD-8000-11",
                Instant.parse("2026-03-08T00:00:00Z"),
                new FmdFmri("eft", "1.16"),
                null,
                false,
                true,
                List.of(suspect.withCertainty(60), suspect.withCertainty(40)),
                List.of(SuspectStatus.FAULTY, SuspectStatus.of(Bit.ACQUITTED)),
                List.of());
    }

    private static Ireport outcome() {
        NvList attributes = NvList.builder()
                .string("agent", "disk-retire")
                .string("result", "dry-run")
                .nvlists("suspects", List.of(NvList.builder().uint32("index", 0).build()))
                .build();
        return new Ireport(
                new EventClass("ireport.fm.agent.outcome"),
                Instant.parse("2026-03-04T11:32:07.2Z"),
                CASE,
                new FmdFmri("disk-retire", "1.0"),
                attributes);
    }

    private static Fmri parsed(String text) {
        return Fmri.parse(text).orElseThrow();
    }
}
