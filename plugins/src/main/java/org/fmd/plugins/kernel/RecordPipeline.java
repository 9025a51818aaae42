// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.fmd.api.SourceContext;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.assess.Conclusion;
import org.fmd.plugins.kernel.assess.DiskIdentity;
import org.fmd.plugins.kernel.assess.EreportPayload;
import org.fmd.plugins.kernel.assess.ErrorClass;
import org.fmd.plugins.kernel.assess.Fate;
import org.fmd.plugins.kernel.assess.RequestAssembler;
import org.fmd.plugins.kernel.assess.TelemetryJoin;
import org.fmd.plugins.kernel.kmsg.KmsgInput;
import org.fmd.plugins.kernel.kmsg.KmsgLines;
import org.fmd.plugins.kernel.kmsg.KmsgRecord;
import org.fmd.plugins.kernel.kmsg.Malformed;
import org.fmd.plugins.kernel.kmsg.SequenceGaps;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.DeviceAdded;
import org.fmd.plugins.kernel.observation.Observation.OfHardware;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;
import org.fmd.plugins.kernel.uevent.Uevent;
import org.fmd.plugins.kernel.uevent.UeventReading;
import org.jspecify.annotations.Nullable;

/** From records to ereports. Belongs to the reader thread. */
final class RecordPipeline implements RawSink {
    private static final EventClass TELEMETRY_LOST = new EventClass("ereport.fm.fmd.telemetry-lost");
    private static final FmdFmri SELF = new FmdFmri(KernelChannel.NAME, KernelChannel.VERSION);

    /** Subsystems whose devices are in the topology. */
    private static final Set<String> TOPOLOGY =
            Set.of("block", "scsi", "enclosure", "sas_device", "sas_end_device", "iscsi_session", "nvme");

    private final SourceContext context;
    private final DiskIndex disks;
    private final TelemetryJoin assembler;
    private final Chains chains = new Chains();
    private final TraceReading trace;
    private final SequenceGaps kmsgGaps = new SequenceGaps();
    private final SequenceGaps ueventGaps = new SequenceGaps();
    private boolean kmsgOverwritten;
    private boolean ueventsOverwritten;
    private long malformed;
    private int posted;

    /** @param isIdle whether a disk has nothing in flight */
    RecordPipeline(SourceContext context, Predicate<String> isIdle) {
        this.context = context;
        this.disks = new DiskIndex(context);
        this.trace = new TraceReading(context);
        this.assembler = new TelemetryJoin(disks::addressOf, new RequestAssembler.Disks() {
            @Override
            public @Nullable ScsiDevice numbered(Observation.Request request) {
                return disks.numbered(request);
            }

            @Override
            public boolean isNumbered(ScsiDevice disk) {
                return disks.isNumbered(disk);
            }

            @Override
            public boolean isIdle(ScsiDevice disk) {
                String name = disks.nameOf(disk);
                return name != null && isIdle.test(name);
            }
        });
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
            Observed observed = new Observed(at.stamp(record.micros()), said.get());
            if (trace.isRead() && !at.history()) {
                trace.add(observed);
            } else {
                observe(observed, at.history());
            }
        }
    }

    @Override
    public void traceBegins(PageLayout layout, TraceEvents events) {
        trace.begins(layout, events);
        assembler.traced(trace.isRead());
    }

    @Override
    public void tracePage(byte[] bytes, int length, Arrival at, long epochNanos) {
        trace.read(bytes, length, at, epochNanos);
    }

    /** Takes what was read at one time in the order in which the kernel said it. */
    private void settle(long now) {
        for (Observed observed : trace.take()) {
            post(assembler.observe(observed));
        }
        TraceReading.Loss loss = trace.takeLoss(now);
        if (loss != null) {
            lost(
                    loss.tod(),
                    Source.TRACE.toString(),
                    loss.count(),
                    "trace events were overwritten before they could be read");
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
    public void foreign(Arrival at) {
        context.count("uevents-foreign", 1);
    }

    @Override
    public void lost(Source source, Arrival at) {
        if (source == Source.KMSG) {
            kmsgOverwritten = true; // the next record's number tells how many
        } else if (source == Source.UEVENTS) {
            ueventsOverwritten = true;
            context.topologyStale("uevents were lost");
        }
    }

    @Override
    public void gone(Source source, String why) {
        context.log().error("{} cannot be read any more: {}; restart the module when that is mended", source, why);
        context.degraded(source + " cannot be read any more: " + why);
        if (source == Source.TRACE) {
            trace.ends();
            assembler.traced(false);
        }
    }

    /** Concludes what had waited long enough at a moment up to which everything has been read. */
    void expire(Arrival readUpTo) {
        settle(readUpTo.nanos());
        post(assembler.expire(readUpTo.stamp(Stamp.NOT_TOLD)));
    }

    /** Concludes everything. */
    void finish() {
        settle(Long.MAX_VALUE);
        post(assembler.finish());
    }

    /** Returns when {@link #expire} has something to do. */
    OptionalLong deadline() {
        OptionalLong commands = assembler.deadline();
        long loss = trace.lossDeadline();
        return loss == Long.MAX_VALUE ? commands : OptionalLong.of(Math.min(loss, commands.orElse(loss)));
    }

    private void observe(Observed observed, boolean history) {
        if (history) {
            assembler.learn(observed);
        } else {
            post(assembler.observe(observed));
        }
    }

    private void post(List<Conclusion> conclusions) {
        for (Conclusion conclusion : conclusions) {
            if (conclusion instanceof Conclusion.DiskError error) {
                post(error);
            } else if (conclusion instanceof Conclusion.TelemetryLost loss) {
                lost(loss.tod(), loss.source(), loss.count(), loss.message());
            }
        }
    }

    private void post(Conclusion.DiskError error) {
        // Enclosures are traced as well, and the scan for targets that are not there.
        boolean traced = error.chain().retries() >= 0;
        if (traced && error.command().fate() == Fate.PASSED_THROUGH && !disks.isKnown(error.device())) {
            context.count("trace-of-no-disk", 1);
            return;
        }
        DiskIdentity disk = disks.identify(error.device());
        ErrorClass errorClass = error.verdict().errorClass();
        // A transport error says nothing about who is at the other end, so it never convicts a disk.
        String devid = errorClass == ErrorClass.TRAN ? null : disk.devid();
        DevFmri detector = new DevFmri(disk.devicePath(), devid, null);
        NvList payload = EreportPayload.of(error, disk);
        String name = error.device().disk() != null ? error.device().disk() : disks.nameOf(error.device());
        if (name != null) {
            payload = payload.toBuilder().string("logical-disk", name).build();
        }
        context.count("ereports-" + errorClass, 1);
        Ena ena = chains.ena(error.chain(), () -> ena(error.tod()));
        context.post(new Ereport(errorClass.eventClass(), error.tod(), ena, detector, payload));
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
