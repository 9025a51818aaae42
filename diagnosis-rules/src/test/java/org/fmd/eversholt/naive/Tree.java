// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.naive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.ConfigNode;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/** The components with the {@code config} statements merged in (eversholt reference §3.7, 6.1). */
final class Tree {
    /** A component; {@code real} unless only a {@code config} statement knows it. */
    record Node(
            @Nullable Node parent,
            String name,
            long number,
            String path,
            Map<String, String> properties,
            List<Node> children,
            boolean real) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other == this;
        }

        @Override
        public int hashCode() {
            return path.hashCode();
        }

        @Override
        public String toString() {
            return path;
        }
    }

    final List<Node> roots = new ArrayList<>();

    Tree(Topology topology, List<ConfigNode> configs) {
        for (TopoNode node : topology.nodes()) {
            TopoPath above = node.path().parent();
            Node parent = above == null ? null : at(above.toString());
            Node added =
                    add(parent, node.path().last().name(), node.path().last().number(), true);
            node.properties().asMap().forEach((name, value) -> put(added.properties, name, text(value)));
        }
        for (ConfigNode config : configs) {
            Node node = null;
            for (ConfigNode.Part part : config.path()) {
                Node found = at((node == null ? "" : node.path + "/") + part);
                node = found == null ? add(node, part.name(), part.number(), false) : found;
            }
            if (node != null) {
                node.properties.putAll(config.properties());
            }
        }
    }

    private Tree() {}

    /** The same without the properties of components of other names. */
    Tree with(Set<String> names) {
        Tree copy = new Tree();
        for (Node node : walk()) {
            Node parent = node.parent == null ? null : copy.at(node.parent.path);
            Node added = copy.add(parent, node.name, node.number, node.real);
            if (names.contains(node.name)) {
                added.properties.putAll(node.properties);
            }
        }
        return copy;
    }

    private static void put(Map<String, String> properties, String name, @Nullable String text) {
        if (text != null) {
            properties.put(name, text);
        }
    }

    private Node add(@Nullable Node parent, String name, long number, boolean real) {
        String path = (parent == null ? "" : parent.path + "/") + name + Long.toUnsignedString(number);
        Node node = new Node(parent, name, number, path, new LinkedHashMap<>(), new ArrayList<>(), real);
        (parent == null ? roots : parent.children).add(node);
        return node;
    }

    private static @Nullable String text(NvValue value) {
        if (value instanceof NvValue.Str text) {
            return text.value();
        } else if (value instanceof NvValue.Int number) {
            return number.hex();
        } else if (value instanceof NvValue.Bool truth) {
            return truth.value() ? "0x1" : "0x0";
        }
        return value instanceof NvValue.Strs texts ? String.join(" ", texts.values()) : null;
    }

    /** All nodes, parents before children. */
    List<Node> walk() {
        List<Node> all = new ArrayList<>();
        roots.forEach(root -> walk(root, all));
        return all;
    }

    private static void walk(Node node, List<Node> all) {
        all.add(node);
        node.children.forEach(child -> walk(child, all));
    }

    @Nullable
    Node at(String path) {
        return walk().stream()
                .filter(node -> node.path.equals(path))
                .findFirst()
                .orElse(null);
    }

    @Nullable
    String property(String path, String name) {
        Node node = at(path);
        if (node == null) {
            return null;
        }
        String value = node.properties.get(name);
        return value == null && name.equals("class-code") ? node.properties.get("CLASS-CODE") : value;
    }
}
