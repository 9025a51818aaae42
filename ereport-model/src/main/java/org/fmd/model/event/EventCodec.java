// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * An event as one list of members and back, without loss (fmd reference §1.3). The members {@code __tod} (seconds and
 * nanoseconds) and {@code __ereports} (places in the error log) are ours to carry what the reference kept outside the list.
 */
public final class EventCodec {
    private static final String TOD = "__tod";
    private static final String EREPORTS = "__ereports";
    private static final String INJECTED = "__injected";

    private EventCodec() {}

    /** Returns the members of the event, class and version first. */
    public static NvList toNvList(Event event) {
        if (event instanceof Ereport ereport) {
            return ofEreport(ereport);
        }
        if (event instanceof ListEvent list) {
            return ofList(list);
        }
        if (event instanceof Ireport ireport) {
            return ofIreport(ireport);
        }
        throw new AssertionError("unhandled event type: " + event.getClass());
    }

    /** Reads an event; empty if a member that its family must have is missing or of another type. */
    public static Optional<Event> fromNvList(NvList list) {
        Optional<EventClass> eventClass = list.string("class").flatMap(EventClass::parse);
        Optional<Instant> tod = tod(list.get(TOD), 1);
        if (eventClass.isEmpty() || tod.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (eventClass.get().isA("ereport")) {
                return Optional.of(ereport(eventClass.get(), tod.get(), list));
            }
            if (eventClass.get().isA("ireport")) {
                return ireport(eventClass.get(), tod.get(), list);
            }
            Optional<ListKind> kind = ListKind.of(eventClass.get());
            return kind.isPresent() ? list(kind.get(), tod.get(), list) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static NvList ofEreport(Ereport ereport) {
        NvList.Builder list = NvList.builder()
                .string("class", ereport.eventClass().name())
                .uint8("version", 0)
                .uint64("ena", ereport.ena().bits());
        if (ereport.detector() != null) {
            list.nvlist("detector", ereport.detector().toNvList());
        }
        return list.putAll(ereport.payload())
                .put(TOD, tod(ereport.tod(), NvType.UINT64, 1))
                .build();
    }

    private static Ereport ereport(EventClass eventClass, Instant tod, NvList list) {
        NvList payload = list.toBuilder()
                .remove("class")
                .remove("version")
                .remove("ena")
                .remove("detector")
                .remove(TOD)
                .build();
        return new Ereport(
                eventClass,
                tod,
                new Ena(list.number("ena").orElse(0)),
                list.nvlist("detector").map(Fmri::of).orElse(null),
                payload);
    }

    private static NvList ofIreport(Ireport ireport) {
        NvList.Builder list = NvList.builder()
                .string("class", ireport.eventClass().name())
                .uint8("version", 0)
                .string("uuid", ireport.uuid().toString());
        if (ireport.detector() != null) {
            list.nvlist("detector", ireport.detector().toNvList());
        }
        return list.nvlist("attr", ireport.attributes())
                .put(TOD, tod(ireport.tod(), NvType.UINT64, 1))
                .build();
    }

    private static Optional<Event> ireport(EventClass eventClass, Instant tod, NvList list) {
        return uuid(list)
                .map(uuid -> new Ireport(
                        eventClass,
                        tod,
                        uuid,
                        list.nvlist("detector").map(Fmri::of).orElse(null),
                        list.nvlist("attr").orElse(NvList.EMPTY)));
    }

    private static NvList ofList(ListEvent event) {
        NvList.Builder list = NvList.builder()
                .uint8("version", 0)
                .string("class", event.eventClass().name())
                .string("uuid", event.uuid().toString())
                .string("code", event.code())
                .put("diag-time", tod(event.diagTime(), NvType.INT64, 1000))
                .nvlist("de", event.engine().toNvList())
                .uint32("fault-list-sz", event.suspects().size());
        if (!event.suspects().isEmpty()) {
            list.nvlists(
                    "fault-list",
                    event.suspects().stream().map(EventCodec::ofSuspect).toList());
            long[] bits =
                    event.statuses().stream().mapToLong(SuspectStatus::bits).toArray();
            list.put("fault-status", new NvValue.Ints(NvType.UINT8, bits));
        }
        if (event.severity() != null) {
            list.string("severity", event.severity());
        }
        if (!event.message()) {
            list.bool("message", false);
        }
        if (event.injected()) {
            list.bool(INJECTED, true);
        }
        if (!event.ereports().isEmpty()) {
            list.strings(
                    EREPORTS, event.ereports().stream().map(LogRef::toString).toList());
        }
        return list.put(TOD, tod(event.tod(), NvType.UINT64, 1)).build();
    }

    private static Optional<Event> list(ListKind kind, Instant tod, NvList list) {
        Optional<UUID> uuid = uuid(list);
        Optional<Instant> diagTime = tod(list.get("diag-time"), 1000);
        Optional<NvList> engine = list.nvlist("de");
        if (uuid.isEmpty() || diagTime.isEmpty() || engine.isEmpty()) {
            return Optional.empty();
        }
        List<Suspect> suspects = new ArrayList<>();
        for (NvList suspect : list.nvlists("fault-list")) {
            suspects.add(suspect(suspect));
        }
        List<SuspectStatus> statuses = new ArrayList<>();
        if (list.get("fault-status") instanceof NvValue.Ints bits) {
            for (int i = 0; i < bits.size(); i++) {
                statuses.add(new SuspectStatus((int) bits.get(i)));
            }
        }
        List<LogRef> ereports = new ArrayList<>();
        for (String ref : list.strings(EREPORTS)) {
            LogRef.parse(ref).ifPresent(ereports::add);
        }
        return Optional.of(new ListEvent(
                kind,
                tod,
                uuid.get(),
                list.string("code").orElse("-"),
                diagTime.get(),
                Fmri.of(engine.get()),
                list.string("severity").orElse(null),
                list.bool("message").orElse(true),
                list.bool(INJECTED).orElse(false),
                suspects,
                statuses,
                ereports));
    }

    /** Returns the members of a suspect, as they stand in the {@code fault-list} of a case. */
    public static NvList ofSuspect(Suspect suspect) {
        NvList.Builder list = NvList.builder()
                .uint8("version", 0)
                .string("class", suspect.eventClass().name())
                .uint8("certainty", suspect.certainty());
        putFmri(list, "resource", suspect.resource());
        putFmri(list, "asru", suspect.asru());
        putFmri(list, "fru", suspect.fru());
        if (suspect.location() != null) {
            list.string("location", suspect.location());
        }
        putIfFalse(list, "retire", suspect.retire());
        putIfFalse(list, "response", suspect.response());
        putIfFalse(list, "message", suspect.message());
        return list.putAll(suspect.payload()).build();
    }

    private static Suspect suspect(NvList list) {
        NvList.Builder payload = NvList.builder();
        for (Map.Entry<String, NvValue> member : list.asMap().entrySet()) {
            if (!Suspect.OWN_MEMBERS.contains(member.getKey())) {
                payload.put(member.getKey(), member.getValue());
            }
        }
        return new Suspect(
                new EventClass(list.string("class").orElse("")),
                (int) list.number("certainty").orElse(0),
                list.nvlist("resource").map(Fmri::of).orElse(null),
                list.nvlist("asru").map(Fmri::of).orElse(null),
                list.nvlist("fru").map(Fmri::of).orElse(null),
                list.string("location").orElse(null),
                list.bool("retire").orElse(true),
                list.bool("response").orElse(true),
                list.bool("message").orElse(true),
                payload.build());
    }

    private static void putFmri(NvList.Builder list, String name, @Nullable Fmri fmri) {
        if (fmri != null) {
            list.nvlist(name, fmri.toNvList());
        }
    }

    private static void putIfFalse(NvList.Builder list, String name, boolean value) {
        if (!value) {
            list.bool(name, false);
        }
    }

    private static Optional<UUID> uuid(NvList list) {
        try {
            return list.string("uuid").map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static NvValue tod(Instant instant, NvType type, int nanosPerUnit) {
        return new NvValue.Ints(type, instant.getEpochSecond(), instant.getNano() / nanosPerUnit);
    }

    private static Optional<Instant> tod(@Nullable NvValue value, int nanosPerUnit) {
        return value instanceof NvValue.Ints pair && pair.size() == 2
                ? Optional.of(Instant.ofEpochSecond(pair.get(0), pair.get(1) * nanosPerUnit))
                : Optional.empty();
    }
}
