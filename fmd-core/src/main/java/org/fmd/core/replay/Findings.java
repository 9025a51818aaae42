// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.fmd.api.topo.Topology;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Output;
import org.fmd.core.msg.Host;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.fmd.model.registry.Category;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.EventRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what is worth telling. */
final class Findings {
    private static final Logger LOG = LoggerFactory.getLogger("fault-manager");

    private final FaultManager manager;
    private final MessageCatalog messages;
    private final Host host;
    private final ZoneId zone;
    private final DeviceLabels labels;
    private final Told told;
    private final Map<LogRef, Integer> indices = new HashMap<>();
    /** By index; the same text is kept once. */
    private final List<@Nullable String> devices = new ArrayList<>();

    private final Map<String, String> names = new HashMap<>();
    private final Set<Category> categories = EnumSet.noneOf(Category.class);
    private int cases;
    private @Nullable Instant first;
    private @Nullable Instant last;

    Findings(FaultManager manager, MessageCatalog messages, Host host, ZoneId zone, Topology topology, Told told) {
        this.manager = manager;
        this.messages = messages;
        this.host = host;
        this.zone = zone;
        this.labels = new DeviceLabels(topology);
        this.told = told;
    }

    /** An ereport has been taken. */
    void ereport(Ereport ereport, Diagnosing.Step step) throws ReplayFailure {
        int index = devices.size();
        String device = labels.of(ereport);
        devices.add(device == null ? null : names.computeIfAbsent(device, d -> d));
        indices.put(step.ref(), index);
        Instant tod = ereport.tod();
        first = first == null || tod.isBefore(first) ? tod : first;
        last = last == null || tod.isAfter(last) ? tod : last;
        // What was due before it comes before it, and what it leads to after it.
        told.ereport(index, ereport, device);
        follows(step.outputs());
    }

    /** Tells what follows. */
    void follows(List<Output> outputs) throws ReplayFailure {
        for (Output output : outputs) {
            if (output instanceof Output.LogFault fault && fault.event().kind() == ListKind.SUSPECT) {
                diagnosed(fault.event());
            } else if (output instanceof Output.EngineFailed failed) {
                throw new ReplayFailure("the diagnosis engine '" + failed.engine() + "' failed: " + failed.why(), null);
            } else if (output instanceof Output.Note note && note.level() == Output.Level.WARN) {
                LOG.warn(note.text());
            }
        }
    }

    private void diagnosed(ListEvent event) {
        cases++;
        Set<Integer> evidence = new LinkedHashSet<>();
        for (LogRef ref : event.ereports()) {
            Integer index = indices.get(ref);
            if (index != null) {
                evidence.add(index);
            }
        }
        List<Integer> ordered = evidence.stream().sorted().toList();
        List<String> about = ordered.stream()
                .map(devices::get)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        for (Suspect suspect : event.suspects()) {
            Category category = categoryOf(suspect);
            if (category != null) {
                categories.add(category);
            }
        }
        told.diagnosed(new Told.Diagnosed(
                event, ordered, labels.affected(about, event.suspects()), messages.message(event, host, zone)));
    }

    /** Returns the kind of part that a suspect points to; null for a class that nobody registered. */
    static @Nullable Category categoryOf(Suspect suspect) {
        return EventRegistry.shipped()
                .find(suspect.eventClass())
                .map(ClassEntry::category)
                .orElse(null);
    }

    void end(List<Unread> unread) {
        long lost = unread.stream().mapToLong(Unread::count).sum();
        List<String> firstLost =
                unread.stream().map(Unread::first).filter(Objects::nonNull).toList();
        told.ends(new Told.Summary(
                devices.size(),
                cases,
                manager.unsolved(),
                List.copyOf(categories),
                new TreeMap<>(manager.discarded()),
                lost,
                firstLost,
                first,
                last));
    }
}
