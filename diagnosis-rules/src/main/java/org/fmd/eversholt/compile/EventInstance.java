// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventKind;

/** An event of the rules on a component of the machine. Not changed once its graph is made. */
public final class EventInstance {
    private final int index;
    private final Event event;
    private final Component at;
    private final List<OutGroup> out = new ArrayList<>();
    private final List<InGroup> in = new ArrayList<>();

    EventInstance(int index, Event event, Component at) {
        this.index = index;
        this.event = event;
        this.at = at;
    }

    List<OutGroup> outBuilder() {
        return out;
    }

    List<InGroup> inBuilder() {
        return in;
    }

    /** Its number in the graph, from 0. */
    public int index() {
        return index;
    }

    public Event event() {
        return event;
    }

    public EventKind kind() {
        return event.kind();
    }

    public Component at() {
        return at;
    }

    public EventKey key() {
        return new EventKey(event.name().eventClass(), at.path());
    }

    /** The groups of arrows that leave it, in source order; an obligation each. */
    public List<OutGroup> out() {
        return Collections.unmodifiableList(out);
    }

    /** The groups of arrows that lead to it, in source order. */
    public List<InGroup> in() {
        return Collections.unmodifiableList(in);
    }

    @Override
    public String toString() {
        return key().toString();
    }
}
