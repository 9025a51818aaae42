// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.Objects;
import org.fmd.api.topo.TopoNode;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/** The text that a rule reads for a property of a node. */
final class PropertyText {
    private PropertyText() {}

    /** Null if the node has no such property, or one of a type that has no text. */
    static @Nullable String of(TopoNode node, String name) {
        NvValue value = node.properties().get(name);
        if (value != null) {
            return of(value);
        }
        return switch (name) {
            case "resource" -> node.resource().toString();
            case "ASRU" -> Objects.toString(node.asru(), null);
            case "FRU" -> Objects.toString(node.fru(), null);
            case "label" -> node.label();
            default -> null;
        };
    }

    static @Nullable String of(NvValue value) {
        if (value instanceof NvValue.Str text) {
            return text.value();
        }
        if (value instanceof NvValue.Int number) {
            return "0x" + Long.toHexString(number.value());
        }
        if (value instanceof NvValue.Bool truth) {
            return truth.value() ? "0x1" : "0x0";
        }
        if (value instanceof NvValue.Strs texts) {
            return String.join(" ", texts.values());
        }
        return value instanceof NvValue.Nested list && list.value().contains("scheme")
                ? Fmri.of(list.value()).toString()
                : null;
    }
}
