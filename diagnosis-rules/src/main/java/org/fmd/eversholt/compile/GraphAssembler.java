// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.syntax.Decision;

/** Numbers events and arrows and forms the groups (eversholt reference §3.5). The order of the drafts is kept everywhere. */
final class GraphAssembler {
    /** What makes arrows a group: the place in the rules they share, or a count that lets groups merge. */
    private record Group(EventInstance event, Object place, Count count) {}

    private record OutPlace(Placement placement, int position, int pass) {}

    private record InPlace(Placement placement, int position) {}

    private static final Count NONE = new Count.Exactly(0);
    private static final Count ALL = new Count.All();

    private final World world;
    private final Component center;
    private final Map<EventKey, EventInstance> byKey = new HashMap<>();
    private final List<EventInstance> events = new ArrayList<>();
    private final List<InstanceArrow> arrows = new ArrayList<>();
    private final Map<Group, List<InstanceArrow>> out = new LinkedHashMap<>();
    private final Map<Group, List<InstanceArrow>> in = new LinkedHashMap<>();

    GraphAssembler(World world, Component center) {
        this.world = world;
        this.center = center;
    }

    /** @param answers what the drafts were made on */
    InstanceGraph assemble(String ereportClass, List<Draft> drafts, List<Reads.Answer> answers) {
        for (Draft draft : drafts) {
            EventInstance from = event(draft.fromKey(), draft.fromUse().use().event(), draft.from());
            EventInstance to = event(draft.toKey(), draft.toUse().use().event(), draft.to());
            InstanceArrow arrow = new InstanceArrow(
                    arrows.size(), from, to, draft.guard(), draft.toUse().use().window(), draft.origin());
            arrows.add(arrow);
            out.computeIfAbsent(outGroup(draft, from), group -> new ArrayList<>())
                    .add(arrow);
            in.computeIfAbsent(inGroup(draft, to), group -> new ArrayList<>()).add(arrow);
        }
        Map<EventInstance, List<OutGroup>> outward = new HashMap<>();
        Map<EventInstance, List<InGroup>> inward = new HashMap<>();
        out.forEach((group, members) ->
                outward.computeIfAbsent(group.event, e -> new ArrayList<>()).add(new OutGroup(group.count, members)));
        in.forEach((group, members) ->
                inward.computeIfAbsent(group.event, e -> new ArrayList<>()).add(new InGroup(group.count, members)));
        for (EventInstance event : events) {
            event.connect(outward.getOrDefault(event, List.of()), inward.getOrDefault(event, List.of()));
        }
        return new InstanceGraph(world, ereportClass, events, arrows, answers);
    }

    private EventInstance event(EventKey key, Event event, Component at) {
        EventInstance known = byKey.get(key);
        if (known == null) {
            known = new EventInstance(events.size(), event, Seat.of(at, center));
            events.add(known);
            byKey.put(key, known);
        }
        return known;
    }

    /** Groups of N = 0 merge, and those of N = A; others never. */
    private static Group outGroup(Draft draft, EventInstance from) {
        Count n = draft.arrow().n();
        boolean merges = n.equals(NONE) || n.equals(ALL);
        return new Group(from, merges ? "merged" : new OutPlace(draft.placement(), draft.position(), draft.pass()), n);
    }

    /** Groups of K = 1 merge. In the reference's dialect K = A and K = 0 count as at most one. */
    private Group inGroup(Draft draft, EventInstance to) {
        Count k = draft.arrow().k();
        if (!world.dialect().has(Decision.K_ALL_MEANS_ALL) && k.equals(ALL)) {
            k = NONE;
        }
        return new Group(to, k.equals(Count.ONE) ? "merged" : new InPlace(draft.placement(), draft.position()), k);
    }
}
