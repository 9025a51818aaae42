// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.fmd.core.log.DeviceNames;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogQuery;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * Which events are shown (fmd reference §5.2): conditions of one kind are alternatives, those of different kinds must all hold.
 *
 * @param all also lists that nobody is to be told of
 * @param important only what has high priority
 * @param since not before; null for no bound
 * @param until not after; null for no bound
 * @param classes patterns of classes; empty for any
 * @param devices names of devices; empty for any
 * @param uuids cases; empty for any
 * @param members conditions on members; empty for none
 */
record EventFilter(
        boolean all,
        boolean important,
        @Nullable Instant since,
        @Nullable Instant until,
        List<ClassGlob> classes,
        List<String> devices,
        Set<UUID> uuids,
        List<MemberFilter> members) {

    /** A class, written out since a lambda costs a command 10 ms: one of the patterns matches. */
    private record OfClass(List<ClassGlob> patterns) implements Predicate<String> {
        @Override
        public boolean test(String eventClass) {
            for (ClassGlob glob : patterns) {
                if (glob.matches(eventClass)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** It is the name of one of the devices, or ends in it behind a slash. */
    private record OfDevice(List<String> devices) implements Predicate<String> {
        @Override
        public boolean test(String name) {
            return devices.contains(name) || devices.contains(name.substring(name.lastIndexOf('/') + 1));
        }
    }

    /** Whether {@link #query} may leave something out. */
    boolean looksAtEnvelope() {
        return since != null || until != null || !classes.isEmpty() || !uuids.isEmpty() || !devices.isEmpty();
    }

    /** Returns what the log of that label can decide itself: all of it but the classes of suspects and the members. */
    LogQuery query(LogLabel label) {
        LogQuery query = LogQuery.ALL;
        if (since != null) {
            query = query.from(since);
        }
        if (until != null) {
            query = query.until(until);
        }
        if (label != LogLabel.FAULT && !classes.isEmpty()) {
            query = query.eventClass(new OfClass(classes));
        }
        if (label != LogLabel.ERROR && !uuids.isEmpty()) {
            query = query.uuids(uuids);
        }
        if (devices.size() == 1 && isWholeName(devices.get(0))) {
            query = query.device(devices.get(0));
        } else if (!devices.isEmpty()) {
            query = query.device(new OfDevice(devices));
        }
        return query;
    }

    /** Whether that can be no part of a name: a devid or a path. The log finds a whole name faster. */
    private static boolean isWholeName(String device) {
        return device.startsWith("id1,") || device.startsWith("hc://") || device.startsWith("/");
    }

    /** Whether what {@link #query} takes may still not pass. */
    boolean needsMembers(LogLabel label) {
        return label == LogLabel.FAULT || important || !members.isEmpty();
    }

    /** Decides by envelope and body about an event that no query was asked for: an ereport of a case. */
    boolean acceptsEvidence(LoggedEvent event) throws JsonProblem {
        return (since == null || !event.tod().isBefore(since))
                && (until == null || !event.tod().isAfter(until))
                && (classes.isEmpty() || matchesAny(event.eventClass()))
                && (devices.isEmpty() || isAbout(event))
                && acceptsMembers(event, LogLabel.ERROR);
    }

    private boolean isAbout(LoggedEvent event) {
        OfDevice wanted = new OfDevice(devices);
        for (String name : DeviceNames.of(event.body())) {
            if (wanted.test(name)) {
                return true;
            }
        }
        return false;
    }

    /** Decides by the members what {@link #query} left open. */
    boolean acceptsMembers(LoggedEvent event, LogLabel label) throws JsonProblem {
        if (label == LogLabel.FAULT) {
            NvList list = event.members();
            boolean silent = !list.bool("message").orElse(true);
            if ((silent && !all) || (!classes.isEmpty() && !matchesList(event.eventClass(), list))) {
                return false;
            }
        }
        if (important && !event.members().string("pri").orElse("").equals("high")) {
            return false;
        }
        if (members.isEmpty()) {
            return true;
        }
        for (MemberFilter filter : members) {
            if (filter.matches(event.members())) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesList(String eventClass, NvList list) {
        if (matchesAny(eventClass)) {
            return true;
        }
        for (NvList suspect : list.nvlists("fault-list")) {
            if (matchesAny(suspect.string("class").orElse(""))) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesAny(String eventClass) {
        return new OfClass(classes).test(eventClass);
    }
}
