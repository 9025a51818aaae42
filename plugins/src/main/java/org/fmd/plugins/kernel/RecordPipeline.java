// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.fmd.api.SourceContext;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.assess.CommandAssembler;
import org.fmd.plugins.kernel.assess.Conclusion;
import org.fmd.plugins.kernel.assess.DiskIdentity;
import org.fmd.plugins.kernel.assess.EreportPayload;
import org.fmd.plugins.kernel.assess.ErrorClass;
import org.fmd.plugins.kernel.kmsg.KmsgInput;
import org.fmd.plugins.kernel.kmsg.KmsgLines;
import org.fmd.plugins.kernel.kmsg.KmsgRecord;
import org.fmd.plugins.kernel.kmsg.Malformed;
import org.fmd.plugins.kernel.kmsg.SequenceGaps;
import org.fmd.plugins.kernel.message.MessageAssembler;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.DeviceAdded;
import org.fmd.plugins.kernel.observation.Observation.OfHardware;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.text.ProgramReader;
import org.fmd.plugins.kernel.uevent.Uevent;
import org.fmd.plugins.kernel.uevent.UeventReading;

/** From records to ereports. Belongs to the reader thread. */
final class RecordPipeline implements RawSink {
    private static final EventClass TELEMETRY_LOST = new EventClass("ereport.fm.fmd.telemetry-lost");
    private static final FmdFmri SELF = new FmdFmri(KernelChannel.NAME, KernelChannel.VERSION);

    /** Subsystems whose devices are in the topology. */
    private static final Set<String> TOPOLOGY =
            Set.of("block", "scsi", "enclosure", "sas_device", "sas_end_device", "iscsi_session", "nvme");

    private final SourceContext context;
    private final DiskIndex disks;
    private final PartIndex parts;
    private final CommandAssembler assembler;
    private final MessageAssembler messages;
    private final ProgramReader programs = new ProgramReader();
    private final SequenceGaps kmsgGaps = new SequenceGaps();
    private final SequenceGaps ueventGaps = new SequenceGaps();
    private boolean kmsgOverwritten;
    private boolean ueventsOverwritten;
    private long malformed;
    private int posted;

    RecordPipeline(SourceContext context) {
        this.context = context;
        this.disks = new DiskIndex(context);
        this.parts = new PartIndex(context);
        this.assembler = new CommandAssembler(disks::addressOf);
        this.messages = new MessageAssembler(parts::diskOfNumber);
    }

    @Override
    public void kmsg(byte[] bytes, int length, Arrival at) {
        context.count("kmsg-records", 1);
        KmsgInput input = KmsgRecord.parse(bytes, length);
        if (input instanceof Malformed bad) {
            context.count("kmsg-malformed", 1);
            complain("a kernel log record is malformed, skipping it: " + bad.why() + ": '" + bad.shown() + "'");
            return;
        }
        KmsgRecord record = (KmsgRecord) input;
        long lost = Math.max(kmsgGaps.lostBefore(record.sequence()), kmsgOverwritten ? 1 : 0);
        kmsgOverwritten = false;
        if (lost > 0 && !at.history()) {
            lost(at.tod(), Source.KMSG.toString(), lost, "the kernel log was overwritten before it could be read");
        }
        if (!record.fromKernel()) {
            context.count("kmsg-from-user-space", 1);
            return;
        }
        Optional<Observation> said = KmsgLines.recognise(record.text(), record.scsiAddress());
        if (said.isPresent()) {
            context.count("kmsg-recognised", 1);
            observe(new Observed(at.stamp(record.micros()), said.get()), at.history());
        }
    }

    @Override
    public void uevent(byte[] bytes, int length, Arrival at) {
        context.count("uevents", 1);
        Optional<Uevent> parsed = Uevent.parse(bytes, length);
        if (parsed.isEmpty()) {
            context.count("uevents-malformed", 1);
            complain("a uevent of " + length + " bytes is malformed, skipping it");
            return;
        }
        long sequence = parsed.get().sequence();
        long missed = sequence < 0 ? 0 : ueventGaps.lostBefore(sequence);
        if (ueventsOverwritten) {
            // Without an overrun a gap is no loss: other network namespaces have uevents of their own.
            ueventsOverwritten = false;
            lost(
                    at.tod(),
                    Source.UEVENTS.toString(),
                    Math.max(1, missed),
                    "uevents came faster than they could be read");
        }
        for (Observation said : UeventReading.observations(parsed.get())) {
            if (said instanceof OfHardware hardware && !at.history()) {
                hardware(hardware);
            }
            observe(new Observed(at.stamp(Stamp.NOT_TOLD), said), at.history());
        }
    }

    private void hardware(OfHardware hardware) {
        if (!TOPOLOGY.contains(hardware.subsystem())) {
            return;
        }
        if (hardware instanceof DeviceAdded && hardware.device() != null) {
            disks.appeared(hardware.device(), hardware.devicePath());
        }
        context.topologyStale(hardware.subsystem() + " " + hardware.devicePath());
    }

    @Override
    public void said(String program, String text, Arrival at) {
        context.count("text-of-programs", 1);
        Optional<List<Observation>> said = programs.read(program, text);
        if (said.isEmpty()) {
            context.count("text-unparsed", 1);
        }
        for (Observation observation : said.orElse(List.of())) {
            observe(new Observed(at.stamp(Stamp.NOT_TOLD), observation), at.history());
        }
    }

    @Override
    public void foreign(Arrival at) {
        context.count("uevents-foreign", 1);
    }

    @Override
    public void lost(Source source, Arrival at) {
        if (source == Source.KMSG) {
            kmsgOverwritten = true; // the next record's number tells how many
        } else {
            ueventsOverwritten = true;
            context.topologyStale("uevents were lost");
        }
    }

    @Override
    public void gone(Source source, String why) {
        context.log().error("{} cannot be read any more: {}; restart the module when that is mended", source, why);
        context.degraded(source + " cannot be read any more: " + why);
    }

    /** Concludes what had waited long enough at a moment up to which everything has been read. */
    void expire(Arrival readUpTo) {
        post(assembler.expire(readUpTo.stamp(Stamp.NOT_TOLD)));
        post(messages.expire(readUpTo.stamp(Stamp.NOT_TOLD)));
    }

    /** Concludes everything. */
    void finish() {
        post(assembler.finish());
        post(messages.finish());
    }

    /** Returns when {@link #expire} has something to do. */
    OptionalLong deadline() {
        OptionalLong message = messages.deadline();
        OptionalLong command = assembler.deadline();
        return message.isEmpty()
                ? command
                : OptionalLong.of(Math.min(message.getAsLong(), command.orElse(Long.MAX_VALUE)));
    }

    private void observe(Observed observed, boolean history) {
        if (history) {
            assembler.learn(observed);
            messages.learn(observed);
        } else {
            post(assembler.observe(observed));
            post(messages.observe(observed));
        }
    }

    private void post(List<Conclusion> conclusions) {
        for (Conclusion conclusion : conclusions) {
            if (conclusion instanceof Conclusion.DiskError error) {
                post(error, NvList.EMPTY);
            } else if (conclusion instanceof Conclusion.ToldError told) {
                post(told.error(), told.facts());
            } else if (conclusion instanceof Conclusion.PartError error) {
                post(error);
            } else if (conclusion instanceof Conclusion.ListedError error) {
                post(error.tod(), error.part(), error.eventClass(), error.facts());
            } else if (conclusion instanceof Conclusion.TelemetryLost loss) {
                lost(loss.tod(), loss.source(), loss.count(), loss.message());
            }
        }
    }

    private void post(Conclusion.DiskError error, NvList facts) {
        DiskIdentity disk = identify(error.device());
        ErrorClass errorClass = error.verdict().errorClass();
        // A transport error says nothing about who is at the other end, so it never convicts a disk.
        String devid = errorClass == ErrorClass.TRAN ? null : disk.devid();
        DevFmri detector = new DevFmri(disk.devicePath(), devid, null);
        NvList payload = EreportPayload.of(error.verdict(), error.command(), disk).toBuilder()
                .string("part", name(error.device()))
                .putAll(facts)
                .build();
        context.count("ereports-" + errorClass, 1);
        context.post(new Ereport(errorClass.eventClass(), error.tod(), ena(error.tod()), detector, payload));
    }

    private DiskIdentity identify(ScsiDevice device) {
        if (!device.hctl().isEmpty() || device.disk() == null) {
            return disks.identify(device);
        }
        String address = parts.addressOfAta(device.disk());
        if (address != null) {
            return disks.identify(new ScsiDevice(address, null));
        }
        DiskIdentity known = parts.disk(device.disk());
        if (known != null) {
            return known;
        }
        boolean scsi = device.disk().startsWith("sd");
        return scsi
                ? disks.identify(device)
                : new DiskIdentity(parts.pathOf(device.disk()), null, null, null, null, null, 0);
    }

    /** Returns the name under which the telemetry knows a disk. */
    private static String name(ScsiDevice device) {
        return device.disk() != null ? device.disk() : device.hctl();
    }

    private void post(Conclusion.PartError error) {
        String assessment = error.event().driverAssessment();
        NvList facts = assessment == null
                ? error.facts()
                : NvList.builder()
                        .string("driver-assessment", assessment)
                        .putAll(error.facts())
                        .build();
        post(error.tod(), error.part(), error.event().eventClass(), facts);
    }

    /** The detector is the part by its path alone: what a driver says of it convicts no disk. */
    private void post(Instant tod, String part, EventClass eventClass, NvList facts) {
        NvList payload = NvList.builder()
                .uint8("version", 0)
                .string("part", part)
                .putAll(facts)
                .build();
        context.count("ereports-parts", 1);
        context.post(new Ereport(eventClass, tod, ena(tod), DevFmri.ofPath(parts.pathOf(part)), payload));
    }

    private void lost(Instant tod, String source, long count, String message) {
        context.count(source + "-lost", Math.max(1, count));
        NvList payload = NvList.builder()
                .uint8("version", 0)
                .string("source", source)
                .uint64("count", count)
                .string("msg", message)
                .build();
        context.post(new Ereport(TELEMETRY_LOST, tod, ena(tod), SELF, payload));
    }

    private Ena ena(Instant tod) {
        return Ena.of(tod.getEpochSecond() * 1_000_000_000L + tod.getNano(), posted++);
    }

    /** Logs the first, second, fourth, eighth … of its kind: a broken source must not fill the log. */
    private void complain(String what) {
        malformed++;
        if (Long.bitCount(malformed) == 1) {
            context.log().warn("{} ({} so far)", what, malformed);
        }
    }
}
