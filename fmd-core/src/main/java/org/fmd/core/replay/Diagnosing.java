// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.fmd.api.topo.Topology;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Output;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/** The way of ereports to the fault manager. */
interface Diagnosing extends Closeable {

    /** The place of an ereport from now on, and what follows from it. */
    record Step(LogRef ref, List<Output> outputs) {}

    /** Takes the next ereport. */
    Step take(Lane.Item item) throws IOException;

    /** Nothing but time has passed. */
    List<Output> pass(Input.TimePassed time);

    /** All is taken. */
    void finish() throws IOException;

    /** Straight there; nothing is kept. */
    final class InMemory implements Diagnosing {
        private final FaultManager manager;
        private final Supplier<UUID> ids;
        private @Nullable UUID id;
        private long number;

        /** Begins with that hardware; {@code ids} is asked once there is an ereport without a place. */
        InMemory(FaultManager manager, Topology hardware, Supplier<UUID> ids) {
            this.manager = manager;
            this.ids = ids;
            manager.begin(hardware);
        }

        @Override
        public Step take(Lane.Item item) {
            LogRef ref = item.ref() != null ? item.ref() : place();
            Ereport ereport = item.ereport();
            return new Step(ref, manager.handle(new Input.EreportAccepted(ereport.tod(), ref, ereport)));
        }

        private LogRef place() {
            UUID own = id == null ? ids.get() : id;
            id = own;
            return new LogRef(own, number++);
        }

        @Override
        public List<Output> pass(Input.TimePassed time) {
            return manager.handle(time);
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
    }
}
