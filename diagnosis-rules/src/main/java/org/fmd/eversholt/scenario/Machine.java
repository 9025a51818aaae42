// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.eft.RunFiles;
import org.fmd.eversholt.scenario.Row.Word;
import org.fmd.eversholt.syntax.Sources;
import org.fmd.eversholt.syntax.Span;
import org.fmd.model.json.Json;
import org.jspecify.annotations.Nullable;

/** A machine while its lines are read: components with properties; what holds a component need not be named. */
final class Machine {
    private final Map<TopoPath, Map<String, Object>> components = new LinkedHashMap<>();
    private final List<Finding> findings;
    private @Nullable Topology topology;

    Machine(List<Finding> findings) {
        this.findings = findings;
    }

    /** A machine from a file in the form that {@code esc run --topology} takes. */
    static Machine read(Path file, Word name, List<Finding> findings) {
        Machine machine = new Machine(findings);
        machine.topology = Topology.EMPTY;
        try {
            machine.topology = RunFiles.topology(Json.parse(Sources.read(file)));
        } catch (IOException | IllegalArgumentException e) {
            findings.add(new Finding(name.span(), "cannot read the machine from '" + file + "': " + e.getMessage()));
        }
        return machine;
    }

    void add(Row row) {
        Optional<TopoPath> path = TopoPath.parse(row.first().text());
        if (path.isEmpty()) {
            findings.add(new Finding(
                    row.first().span(), "expected a component with its number, such as chassis0/bay3/disk0"));
        } else if (topology != null) {
            findings.add(new Finding(row.first().span(), "the machine comes from a file"));
        } else {
            hold(path.get().parent());
            Map<String, Object> properties = Members.of(row.from(1), findings);
            Map<String, Object> before = components.put(path.get(), properties);
            if (before != null && !before.isEmpty()) {
                findings.add(new Finding(row.first().span(), "'" + path.get() + "' is there already"));
            }
        }
    }

    private void hold(@Nullable TopoPath path) {
        if (path != null && !components.containsKey(path)) {
            hold(path.parent());
            components.put(path, Map.of());
        }
    }

    /** The machine as far as it was read. */
    Topology topology(Span place) {
        if (topology == null) {
            List<Object> nodes = new ArrayList<>();
            components.forEach(
                    (path, properties) -> nodes.add(Map.of("path", path.toString(), "properties", properties)));
            try {
                topology = RunFiles.topology(nodes);
            } catch (IllegalArgumentException e) {
                findings.add(new Finding(place, String.valueOf(e.getMessage())));
                topology = Topology.EMPTY;
            }
        }
        return topology;
    }
}
