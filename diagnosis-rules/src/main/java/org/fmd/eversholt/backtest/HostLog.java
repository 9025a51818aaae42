// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.ServiceLoader;
import org.fmd.api.EventHistory;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.eft.Replay;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.jspecify.annotations.Nullable;

/** The logs in a directory of a host, as its daemon writes them. */
public final class HostLog implements ErrorLog {
    private record Repaired(ListEvent list) implements Repair {
        @Override
        public long nanos() {
            return Replay.nanos(list.tod());
        }

        @Override
        public List<TopoPath> places(Topology topology) {
            List<TopoPath> places = new ArrayList<>();
            for (Suspect suspect : list.suspects()) {
                TopoNode node = topology.find(suspect.resource());
                // A device keeps its name where the topology is another one.
                node = node == null ? topology.find(suspect.asru()) : node;
                if (node != null) {
                    places.add(node.path());
                }
            }
            return places;
        }
    }

    private final Deque<String> damage = new ArrayDeque<>();
    private final EventHistory.Reading reading;
    private EventHistory.@Nullable Entry waiting;
    private EventHistory.@Nullable Entry entry;
    private String problem = "";

    /** Opens them; throws {@link IOException}, whose message is for people, if there are none. */
    public HostLog(Path directory) throws IOException {
        EventHistory history = ServiceLoader.load(EventHistory.class, HostLog.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IOException("cannot read '" + directory
                        + "': fmd-core.jar, which knows the logs, is not on the class path"));
        this.reading = history.open(directory, damage::add);
    }

    /** What is damaged is told before what was read behind it. */
    @Override
    public Kind next() throws IOException {
        entry = null;
        if (waiting == null && damage.isEmpty()) {
            waiting = reading.next();
        }
        if (!damage.isEmpty()) {
            problem = damage.remove();
            return Kind.UNREADABLE;
        }
        entry = waiting;
        waiting = null;
        if (entry == null) {
            return Kind.END;
        }
        return entry.event() instanceof Ereport ? Kind.EREPORT : Kind.OTHER;
    }

    @Override
    public Ereport ereport() {
        if (entry != null && entry.event() instanceof Ereport ereport) {
            return ereport;
        }
        throw new IllegalStateException("the record is no ereport");
    }

    @Override
    public LogRef ref() {
        if (entry == null) {
            throw new IllegalStateException("the record cannot be read");
        }
        return entry.ref();
    }

    @Override
    public @Nullable Repair repair() {
        return entry != null
                        && entry.event() instanceof ListEvent list
                        && (list.kind() == ListKind.REPAIRED || list.kind() == ListKind.RESOLVED)
                ? new Repaired(list)
                : null;
    }

    @Override
    public long line() {
        return 0;
    }

    @Override
    public String problem() {
        return problem;
    }

    @Override
    public long bytes() {
        return reading.bytes();
    }

    @Override
    public void close() throws IOException {
        reading.close();
    }
}
