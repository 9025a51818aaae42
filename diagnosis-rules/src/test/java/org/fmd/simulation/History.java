// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fmd.api.topo.Topology;
import org.fmd.core.manager.Input;
import org.fmd.model.event.LogRef;

/** All that the fault manager was told, in the order in which it was told first, through all lives of the daemon. */
final class History {

    /** Something that happened. */
    sealed interface Item permits Told, Restarted {}

    /** An input. It is in doubt, as long as nobody said that what came of it is durable. */
    static final class Told implements Item {
        private final Input input;
        private boolean done;

        Told(Input input) {
            this.input = input;
        }

        Input input() {
            return input;
        }

        boolean isDone() {
            return done;
        }

        void done() {
            done = true;
        }
    }

    /**
     * The daemon came up again, and told its fault manager some ereports once more.
     *
     * @param from all after this one; empty for all that there are
     * @param hardware on which that was, if it was all
     */
    record Restarted(Optional<LogRef> from, Topology hardware) implements Item {}

    private final List<Item> items = new ArrayList<>();
    private final Set<LogRef> ereports = new HashSet<>();

    List<Item> items() {
        return items;
    }

    /** An input is about to be handled. */
    Told add(Input input) {
        Told told = new Told(input);
        if (!(input instanceof Input.EreportAccepted accepted) || ereports.add(accepted.ref())) {
            items.add(told);
        }
        return told;
    }

    void restarted(Optional<LogRef> from, Topology hardware) {
        items.add(new Restarted(from, hardware));
    }
}
