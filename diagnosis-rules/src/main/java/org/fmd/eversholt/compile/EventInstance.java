// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.Comparator;
import java.util.List;
import org.fmd.eversholt.check.Count;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.SerdEngine;
import org.jspecify.annotations.Nullable;

/**
 * An event of the rules in a graph. Which component it lies on follows from the graph's centre, since one graph may serve
 * many of them. Nothing that can be seen of it changes once its graph is made.
 */
public final class EventInstance {
    private static final int UNKNOWN = -1;
    private static final int NOWHERE = -2;

    private final int index;
    private final Event event;
    private final EventKind kind;
    private final Seat seat;
    private List<OutGroup> out = List.of();
    private List<InGroup> in = List.of();
    private boolean oneCauseIsEnough;
    private List<InstanceArrow> actingArrows = List.of();
    /** How far above the event its engine lies: the names on the way are those of all components that the graph serves. */
    private int engineAbove = UNKNOWN;

    EventInstance(int index, Event event, Seat seat) {
        this.index = index;
        this.event = event;
        this.kind = event.kind();
        this.seat = seat;
    }

    void connect(List<OutGroup> outward, List<InGroup> inward) {
        out = List.copyOf(outward);
        in = List.copyOf(inward);
        actingArrows = out.stream()
                .flatMap(group -> group.arrows().stream())
                .filter(arrow -> arrow.guard().sets() || arrow.guard().variables())
                .sorted(Comparator.comparingInt(InstanceArrow::index))
                .toList();
        oneCauseIsEnough = in.stream()
                .allMatch(group ->
                        group.k() instanceof Count.Exactly exactly && Long.compareUnsigned(exactly.value(), 1) <= 0);
    }

    /** Its number in the graph, from 0. */
    public int index() {
        return index;
    }

    public Event event() {
        return event;
    }

    public String eventClass() {
        return event.name().eventClass();
    }

    public EventKind kind() {
        return kind;
    }

    Seat seat() {
        return seat;
    }

    /** Where it lies when the graph is used around that component. */
    public Component at(Component center) {
        return seat.on(center);
    }

    /** The component that keeps the event's SERD engine; null if it has none, or its path has no such component. */
    public @Nullable Component engineAt(Component center) {
        if (engineAbove == UNKNOWN) {
            SerdEngine engine = event.properties().engine();
            Component found =
                    engine == null ? null : at(center).cut(engine.name().path());
            engineAbove = found == null ? NOWHERE : at(center).depth() - found.depth();
        }
        return engineAbove == NOWHERE ? null : at(center).ancestor(engineAbove);
    }

    public EventKey key(Component center) {
        return new EventKey(eventClass(), at(center).path());
    }

    /** The groups of arrows that leave it, in source order; an obligation each. */
    public List<OutGroup> out() {
        return out;
    }

    /** The arrows out of it whose constraints do more than say yes or no, in source order. */
    public List<InstanceArrow> actingArrows() {
        return actingArrows;
    }

    /** The groups of arrows that lead to it, in source order. */
    public List<InGroup> in() {
        return in;
    }

    /** Whether one active arrow into the event is enough, whichever it is. */
    public boolean oneCauseIsEnough() {
        return oneCauseIsEnough;
    }

    @Override
    public String toString() {
        return event.name() + " " + seat;
    }
}
