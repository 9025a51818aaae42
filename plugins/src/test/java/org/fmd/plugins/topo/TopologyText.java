// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.Map;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/** A topology as text that a person can compare. */
final class TopologyText {
    private TopologyText() {}

    static String of(Topology topology) {
        StringBuilder out = new StringBuilder();
        for (TopoNode node : topology.nodes()) {
            out.append(node.path()).append('\n');
            line(out, "resource", node.resource());
            line(out, "asru", node.asru());
            line(out, "fru", node.fru());
            line(out, "label", node.label());
            for (Map.Entry<String, NvValue> property : node.properties().asMap().entrySet()) {
                line(out, "  " + property.getKey(), text(property.getValue()));
            }
        }
        return out.toString();
    }

    private static String text(NvValue value) {
        if (value instanceof NvValue.Str text) {
            return text.value();
        }
        if (value instanceof NvValue.Strs texts) {
            return "[" + String.join(" | ", texts.values()) + "]";
        }
        return value instanceof NvValue.Int number ? number.decimal() : value.toString();
    }

    private static void line(StringBuilder out, String name, @Nullable Object value) {
        if (value != null) {
            out.append("    ").append(name).append(": ").append(value).append('\n');
        }
    }
}
