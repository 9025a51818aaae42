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
import org.fmd.model.scsi.Octets;
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
import org.fmd.plugins.kernel.message.MessageAssembler;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.DeviceAdded;
import org.fmd.plugins.kernel.observation.Observation.OfHardware;
import org.fmd.plugins.kernel.observation.Observed;
import org.fmd.plugins.kernel.observation.PartEvent;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.text.ProgramReader;
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
    private final PartIndex parts;
    private final TelemetryJoin assembler;
    private final MessageAssembler messages;
    private final ProgramReader programs = new ProgramReader();
    private final Chains chains = new Chains();
    private final TraceReading trace;
    private final SequenceGaps kmsgGaps = new SequenceGaps();
    private final SequenceGaps ueventGaps = new SequenceGaps();
    private boolean kmsgOverwritten;
    private boolean ueventsOverwritten;
    private long malformed;
    private int posted;
    private final CapableRules capable;
    private final Drivers drivers;
    private final ScsiLog scsiLog;
    private final Reductions reductions;
    /** The latest moment that is known, by the port's clock. */
    private long nanos = Long.MIN_VALUE;

    /** @param isIdle whether a disk has nothing in flight */
    RecordPipeline(SourceContext context, Predicate<String> isIdle) {
        this(context, isIdle, new Reductions(context));
    }

    /** @param reductions where it is told what makes the channel tell less */
    RecordPipeline(SourceContext context, Predicate<String> isIdle, Reductions reductions) {
        this.context = context;
        this.reductions = reductions;
        this.capable = CapableRules.parse(context.settings().text("fm-capable"));
        this.drivers = new Drivers(context);
        this.scsiLog = new ScsiLog(context.log(), context.settings().text("fm-scsi-log"));
        capable.notice().ifPresent(reductions::add);
        this.disks = new DiskIndex(context);
        this.trace = new TraceReading(context);
        this.parts = new PartIndex(context);
        this.messages = new MessageAssembler(parts::diskOfNumber);
        this.assembler = new TelemetryJoin(
                disks::addressOf,
                new RequestAssembler.Disks() {
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
                },
                this::libataTold);
    }

    @Override
    public void kmsg(byte[] bytes, int length, Arrival at) {
        nanos = Math.max(nanos, at.nanos());
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
        trace.take().forEach(this::heard);
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
        } else if (source == Source.UEVENTS) {
            ueventsOverwritten = true;
            context.topologyStale("uevents were lost");
        }
    }

    @Override
    public void gone(Source source, String why) {
        String told = source + " cannot be read any more: " + why + "; " + source.withoutIt();
        context.log().error("{}; restart the module when that is mended", told);
        reductions.add(told);
        // How many records will be missed nobody knows.
        lost(context.clock().instant(), source.toString(), 0, told);
        if (source == Source.TRACE) {
            trace.take().forEach(this::heard);
            trace.ends();
            assembler.traced(false);
        }
    }

    /** Concludes what had waited long enough at a moment up to which everything has been read. */
    void expire(Arrival readUpTo) {
        nanos = Math.max(nanos, readUpTo.nanos());
        settle(readUpTo.nanos());
        post(assembler.expire(readUpTo.stamp(Stamp.NOT_TOLD)));
        Stamp now = readUpTo.stamp(Stamp.NOT_TOLD);
        post(assembler.logged(told(messages.expire(now)), now));
        scsiLog.expire(nanos);
    }

    /** Concludes everything. */
    void finish() {
        settle(Long.MAX_VALUE);
        List<Conclusion> last = told(messages.finish());
        post(assembler.finish(last));
        scsiLog.finish();
    }

    /** Returns when {@link #expire} has something to do. */
    OptionalLong deadline() {
        long next = Math.min(
                Math.min(trace.lossDeadline(), scsiLog.deadline()),
                Math.min(
                        assembler.deadline().orElse(Long.MAX_VALUE),
                        messages.deadline().orElse(Long.MAX_VALUE)));
        return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** Returns how many attempts, requests and conclusions wait for more to be told; bounded. */
    int waiting() {
        return assembler.waiting();
    }

    private void observe(Observed observed, boolean history) {
        if (history) {
            assembler.learn(observed);
            messages.learn(observed);
        } else {
            heard(observed);
        }
    }

    private void heard(Observed observed) {
        post(assembler.observe(observed));
        post(assembler.logged(told(messages.observe(observed)), observed.at()));
        // From then on the kernel refuses what is asked of these disks, and says so only when something is.
        for (ScsiDevice unreachable : disks.behind(lostWay(observed.what()))) {
            post(assembler.observe(new Observed(observed.at(), new Observation.RejectingIo(unreachable))));
        }
    }

    /** Returns the session or port through which nothing is reached any more; empty if it is about nothing of the kind. */
    private static String lostWay(Observation what) {
        if (what instanceof Observation.IscsiSessionLost lost) {
            return lost.session();
        }
        return what instanceof Observation.PartReported said && said.event() == PartEvent.FC_PORT_LOST
                ? said.part()
                : "";
    }

    /** Where libata speaks of a disk, its address stands for libata's name. */
    private List<Conclusion> told(List<Conclusion> conclusions) {
        return conclusions.stream()
                .map(one -> {
                    if (!(one instanceof Conclusion.ToldError told)) {
                        return one;
                    }
                    Conclusion.DiskError error = told.error();
                    String name = error.device().disk();
                    String address = !error.device().hctl().isEmpty() || name == null ? null : parts.addressOfAta(name);
                    return address == null
                            ? one
                            : new Conclusion.ToldError(
                                    new Conclusion.DiskError(
                                            error.tod(),
                                            new ScsiDevice(address, name),
                                            error.verdict(),
                                            error.command()),
                                    told.facts());
                })
                .toList();
    }

    /** What libata said of a command of a disk that the trace saw time out. */
    private RequestAssembler.@Nullable Heard libataTold(ScsiDevice disk, Octets cdb) {
        return messages.takeAta(cdb, part -> disk.hctl().equals(parts.addressOfAta(part)));
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
        // Enclosures are traced as well, and the scan for targets that are not there.
        boolean traced = error.chain().retries() >= 0;
        if (traced && error.command().fate() == Fate.PASSED_THROUGH && !disks.isKnown(error.device())) {
            context.count("trace-of-no-disk", 1);
            return;
        }
        DiskIdentity disk = identify(error.device());
        ErrorClass errorClass = error.verdict().errorClass();
        boolean off = isOff(new CapableRules.Device(
                disk.devicePath(), disk.devid(), disk.vendor(), disk.product(), driversOf(disk, error.device())));
        scsiLog.tell(error, name(error.device()), off, nanos);
        if (off) {
            context.count("ereports-off", 1);
            return;
        }
        // A transport error says nothing about who is at the other end, so it never convicts a disk.
        String devid = errorClass == ErrorClass.TRAN ? null : disk.devid();
        DevFmri detector = new DevFmri(disk.devicePath(), devid, null);
        NvList payload = EreportPayload.of(error, disk, name(error.device()), facts);
        context.count("ereports-" + errorClass, 1);
        Ena ena = chains.ena(error.chain(), () -> ena(error.tod()));
        context.post(new Ereport(errorClass.eventClass(), error.tod(), ena, detector, payload));
    }

    private boolean isOff(CapableRules.Device device) {
        return !capable.allOn() && capable.isOff(device);
    }

    private Set<String> driversOf(DiskIdentity disk, ScsiDevice device) {
        return capable.allOn() ? Set.of() : drivers.of(disk.devicePath(), name(device));
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
    private String name(ScsiDevice device) {
        String name = device.disk() != null ? device.disk() : disks.nameOf(device);
        return name != null ? name : device.hctl();
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
        String path = parts.pathOf(part);
        if (!capable.allOn()) {
            DiskIdentity disk = parts.disk(part);
            if (isOff(new CapableRules.Device(
                    path,
                    disk == null ? null : disk.devid(),
                    disk == null ? null : disk.vendor(),
                    disk == null ? null : disk.product(),
                    drivers.of(path, part)))) {
                context.count("ereports-off", 1);
                return;
            }
        }
        NvList payload = NvList.builder()
                .uint8("version", 0)
                .string("part", part)
                .putAll(facts)
                .build();
        context.count("ereports-parts", 1);
        context.post(new Ereport(eventClass, tod, ena(tod), DevFmri.ofPath(path), payload));
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
