// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.topo;

import java.util.Optional;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** A node of the topology as a name-value list: {@code path}, {@code resource}, {@code asru}, {@code fru}, {@code label}, {@code properties}. */
public final class NodeCodec {
    private NodeCodec() {}

    public static NvList write(TopoNode node) {
        NvList.Builder list = NvList.builder()
                .string("path", node.path().toString())
                .nvlist("resource", node.resource().toNvList());
        putIfGiven(list, "asru", node.asru());
        putIfGiven(list, "fru", node.fru());
        if (node.label() != null) {
            list.string("label", node.label());
        }
        return list.nvlist("properties", node.properties()).build();
    }

    private static void putIfGiven(NvList.Builder list, String name, @Nullable Fmri fmri) {
        if (fmri != null) {
            list.nvlist(name, fmri.toNvList());
        }
    }

    /** Reads what {@link #write} made; refuses with {@link IllegalArgumentException} what has no path or resource. */
    public static TopoNode read(NvList node) {
        TopoPath path = node.string("path")
                .flatMap(TopoPath::parse)
                .orElseThrow(() -> new IllegalArgumentException("a node without a path"));
        return new TopoNode(
                path,
                fmri(node, "resource").orElseThrow(() -> new IllegalArgumentException(path + " has no resource")),
                fmri(node, "asru").orElse(null),
                fmri(node, "fru").orElse(null),
                node.string("label").orElse(null),
                node.nvlist("properties").orElse(NvList.EMPTY));
    }

    private static Optional<Fmri> fmri(NvList node, String name) {
        return node.nvlist(name).map(Fmri::of);
    }
}
