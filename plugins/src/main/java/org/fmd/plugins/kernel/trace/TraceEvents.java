// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.ScsiResult;
import org.fmd.model.scsi.SenseData;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.AttemptEnded;
import org.fmd.plugins.kernel.observation.Observation.AttemptTimedOut;
import org.fmd.plugins.kernel.observation.Observation.DeviceStateSet;
import org.fmd.plugins.kernel.observation.Observation.ErrorHandlerWoke;
import org.fmd.plugins.kernel.observation.Observation.NvmeAttemptEnded;
import org.fmd.plugins.kernel.observation.Observation.RequestFailed;
import org.fmd.plugins.kernel.observation.Observation.RequestRequeued;
import org.fmd.plugins.kernel.observation.Observation.SenseChecked;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.trace.EventFormat.Field;
import org.jspecify.annotations.Nullable;

/**
 * The trace events that we know, and what a record of each says, as far as the running kernel has them (kernel channel reference
 * §2.1, §2.3, §2.6, §11). A table.
 */
public final class TraceEvents {
    /** An event, what the kernel is to leave out of the buffer, and how a record of it is read. */
    private record Row(String event, String filter, Opening opening) {}

    /** Finds the fields of a format once. */
    @FunctionalInterface
    private interface Opening {
        Reading of(EventFormat format) throws FormatProblem;
    }

    /** Makes the observation of a record; null for one that says nothing. */
    @FunctionalInterface
    private interface Reading {
        @Nullable
        Observation read(TraceRecord record);
    }

    private static final String ERRORS = "error != 0";

    private static final List<Row> TABLE = List.of(
            new Row("scsi/scsi_dispatch_cmd_done", "result != 0", TraceEvents::done),
            new Row("scsi/scsi_dispatch_cmd_timeout", "", TraceEvents::timeout),
            new Row("scsi/scsi_eh_wakeup", "", TraceEvents::wakeup),
            new Row("block/block_rq_error", "", TraceEvents::failed),
            new Row("block/block_rq_complete", ERRORS, TraceEvents::failed),
            new Row("block/block_rq_requeue", "", TraceEvents::requeued),
            new Row("nvme/nvme_complete_rq", "status != 0", TraceEvents::nvme),
            new Row("fmd/sense", "", TraceEvents::sense),
            new Row("fmd/state", "", TraceEvents::state));

    /** Events that say what another one says, by that one: with both, a failure would be told twice. */
    private static final Map<String, String> REDUNDANT = Map.of("block/block_rq_complete", "block/block_rq_error");

    private final Map<Integer, Reading> byId = new HashMap<>();
    private final Map<String, String> filters = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** The events that are of interest where a kernel has them: system and name. */
    public static List<String> known() {
        return TABLE.stream().map(Row::event).toList();
    }

    /**
     * Takes the events that a kernel has.
     *
     * @param formats by system and name; others than those of {@link #known} are left out
     */
    public static TraceEvents of(Map<String, EventFormat> formats) {
        TraceEvents events = new TraceEvents();
        for (Row row : TABLE) {
            EventFormat format = formats.get(row.event);
            if (format != null && !formats.containsKey(REDUNDANT.getOrDefault(row.event, ""))) {
                events.add(row, format);
            }
        }
        return events;
    }

    private void add(Row row, EventFormat format) {
        try {
            byId.put(format.id(), row.opening.of(format));
            filters.put(row.event, row.filter);
        } catch (FormatProblem e) {
            problems.add(e.getMessage());
        }
    }

    /** The events to be enabled, with the filter to be set before; empty for none. */
    public Map<String, String> filters() {
        return filters;
    }

    /** Why events that the kernel has cannot be used, each with the field that is missing. */
    public List<String> problems() {
        return problems;
    }

    /** What a record says; empty for an event that is not ours, and for one that says nothing. */
    public Optional<Observation> read(TraceRecord record) {
        Reading reading = byId.get(record.event());
        return reading == null ? Optional.empty() : Optional.ofNullable(reading.read(record));
    }

    // ---- the mid-layer of SCSI -----------------------------------------------------------------

    /** Host, channel, target and LUN of a record. */
    private record Address(Field host, Field channel, Field id, Field lun) {
        static Address of(EventFormat format, String host) throws FormatProblem {
            return new Address(format.need(host), format.need("channel"), format.need("id"), format.need("lun"));
        }

        ScsiDevice device(TraceRecord record) {
            return new ScsiDevice(
                    record.number(host) + ":" + record.number(channel) + ":" + record.number(id) + ":"
                            + Long.toUnsignedString(record.number(lun)),
                    null);
        }
    }

    /** The tag that stays over the retries; −1 where there is none. */
    private static int tag(TraceRecord record, @Nullable Field tag) {
        return tag == null ? Observation.OfCommand.NO_TAG : Math.max(-1, (int) record.number(tag));
    }

    private static Reading done(EventFormat format) throws FormatProblem {
        Address address = Address.of(format, "host_no");
        Field result = format.need("result");
        Field cdb = format.need("cmnd");
        Field tag = format.find("scheduler_tag");
        Field whole = format.find("sense_data");
        Field key = format.find("sense_key");
        Field asc = format.find("asc");
        Field ascq = format.find("ascq");
        boolean codes = key != null && asc != null && ascq != null;
        return r -> {
            ScsiResult ended = new ScsiResult((int) r.number(result));
            SenseData sense = whole == null ? null : sense(r.octets(whole));
            if (sense == null && codes && key != null && asc != null && ascq != null) {
                sense = sense((int) r.number(key), (int) r.number(asc), (int) r.number(ascq));
            }
            return ended.isGood()
                    ? null
                    : new AttemptEnded(address.device(r), tag(r, tag), ended, sense, r.octets(cdb));
        };
    }

    /** Sense of which all octets were told; null for none. */
    private static @Nullable SenseData sense(Octets octets) {
        return octets.length() == 0 || octets.u8(0) == 0
                ? null
                : SenseData.parse(octets).toOptional().orElse(null);
    }

    /** Sense of which the codes were told; all of them are 0 where there is none. */
    private static @Nullable SenseData sense(int key, int asc, int ascq) {
        return key == 0 && asc == 0 && ascq == 0
                ? null
                : SenseData.of(SenseKey.of(key & 0xf), new AdditionalSense(asc, ascq));
    }

    private static Reading timeout(EventFormat format) throws FormatProblem {
        Address address = Address.of(format, "host_no");
        Field cdb = format.need("cmnd");
        Field tag = format.find("scheduler_tag");
        return r -> new AttemptTimedOut(address.device(r), tag(r, tag), r.octets(cdb));
    }

    private static Reading wakeup(EventFormat format) throws FormatProblem {
        Field host = format.need("host_no");
        return r -> new ErrorHandlerWoke((int) r.number(host));
    }

    // ---- our probe events ----------------------------------------------------------------------

    private static Reading sense(EventFormat format) throws FormatProblem {
        Address address = Address.of(format, "host");
        Field result = format.need("result");
        Field retries = format.need("retries");
        Field allowed = format.need("allowed");
        Field octets = format.need("sbuf");
        Field cdb = format.need("cdb");
        return r -> {
            SenseData sense = sense(r.octets(octets));
            return sense == null
                    ? null
                    : new SenseChecked(
                            address.device(r),
                            new ScsiResult((int) r.number(result)),
                            (int) r.number(retries),
                            (int) r.number(allowed),
                            sense,
                            r.octets(cdb));
        };
    }

    private static Reading state(EventFormat format) throws FormatProblem {
        Address address = Address.of(format, "host");
        Field from = format.need("old");
        Field to = format.need("new");
        return r -> new DeviceStateSet(address.device(r), (int) r.number(from), (int) r.number(to));
    }

    // ---- the block layer and NVMe --------------------------------------------------------------

    /** The kernel's own number of a device: {@code MKDEV} of include/linux/kdev_t.h. */
    private static Observation.Request request(TraceRecord record, Field dev, Field sector, Field sectors) {
        long number = record.number(dev);
        return new Observation.Request(
                (int) (number >>> 20), (int) (number & 0xfffff), record.number(sector), record.number(sectors));
    }

    private static Reading failed(EventFormat format) throws FormatProblem {
        Field dev = format.need("dev");
        Field sector = format.need("sector");
        Field sectors = format.need("nr_sector");
        Field error = format.need("error");
        return r -> {
            int errno = (int) r.number(error);
            return errno == 0 ? null : new RequestFailed(request(r, dev, sector, sectors), -errno);
        };
    }

    private static Reading requeued(EventFormat format) throws FormatProblem {
        Field dev = format.need("dev");
        Field sector = format.need("sector");
        Field sectors = format.need("nr_sector");
        return r -> new RequestRequeued(request(r, dev, sector, sectors));
    }

    private static Reading nvme(EventFormat format) throws FormatProblem {
        Field disk = format.need("disk");
        Field controller = format.need("ctrl_id");
        Field queue = format.need("qid");
        Field status = format.need("status");
        Field retries = format.need("retries");
        return r -> {
            int ended = (int) r.number(status);
            return ended == 0
                    ? null
                    : new NvmeAttemptEnded(r.text(disk), (int) r.number(controller), (int) r.number(queue), ended, (int)
                            r.number(retries));
        };
    }
}
