// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.model.nv.NvName;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/** A node of a {@link ComponentTree}: a piece of hardware as rules see it. Not changed once its tree is made. */
public final class Component {
    private final TopoPath path;
    private final String name;
    private final int depth;
    private final int pathHash;
    private final @Nullable Component parent;
    private final @Nullable TopoNode node;
    private final int shape;
    private Map<String, String> configured = Map.of();
    private List<Component> children = List.of();
    private @Nullable Map<TopoPath.Step, Component> byStep;
    private int walk;

    /** @param shape a number for the names from the root down to here; equal names, equal numbers */
    Component(TopoPath path, @Nullable Component parent, @Nullable TopoNode node, int shape) {
        this.path = path;
        this.name = path.last().name();
        this.depth = path.steps().size();
        this.pathHash = path.hashCode();
        this.parent = parent;
        this.node = node;
        this.shape = shape;
    }

    void add(Component child) {
        if (children.isEmpty()) {
            children = new ArrayList<>(1); // Most have one child or none; a machine has many of them.
        }
        children.add(child);
    }

    void configure(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(configured);
        all.putAll(properties);
        configured = all;
    }

    void numbered(int place) {
        walk = place;
    }

    public TopoPath path() {
        return path;
    }

    /** The hash code of the path: it is here already when the path is far away. */
    public int pathHash() {
        return pathHash;
    }

    public String name() {
        return name;
    }

    public int number() {
        return path.last().number();
    }

    public @Nullable Component parent() {
        return parent;
    }

    /** The component {@code levels} above. Refuses with {@link IllegalArgumentException} to leave the tree. */
    public Component ancestor(int levels) {
        Component at = this;
        for (int i = 0; i < levels; i++) {
            if (at.parent == null) {
                throw new IllegalArgumentException(path + " has no " + levels + " levels above it");
            }
            at = at.parent;
        }
        return at;
    }

    /** How many components there are from the root to this one; 1 at the root. */
    public int depth() {
        return depth;
    }

    /** The node of the snapshot; null where only a {@code config} statement speaks of the component. */
    public @Nullable TopoNode node() {
        return node;
    }

    /** Its place in the walk over the tree, parents before children: what "source order" is for components. */
    public int walk() {
        return walk;
    }

    int shape() {
        return shape;
    }

    List<Component> children() {
        return children;
    }

    List<Component> children(String name) {
        return children.stream().filter(child -> child.name().equals(name)).toList();
    }

    @Nullable
    Component child(String name, long number) {
        if (byStep == null) {
            byStep = new HashMap<>();
            for (Component child : children) {
                byStep.put(child.path.last(), child);
            }
        }
        return number < 0 || number > Integer.MAX_VALUE ? null : byStep.get(new TopoPath.Step(name, (int) number));
    }

    /**
     * Where a declared path lies on the way from the root to this component: the lowest component that ends a chain of
     * these names, null if there is none. {@code chassis} of {@code chassis0/bay3/disk0} is {@code chassis0}
     * (eversholt reference §3.3).
     */
    public @Nullable Component cut(List<String> names) {
        for (Component at = this; at != null; at = at.parent) {
            if (endsIn(at, names)) {
                return at;
            }
        }
        return null;
    }

    private static boolean endsIn(Component last, List<String> names) {
        Component at = last;
        for (int i = names.size() - 1; i >= 0; i--) {
            if (at == null || !at.name().equals(names.get(i))) {
                return false;
            }
            at = at.parent;
        }
        return true;
    }

    /** A property as rules see it, null if the component has none of that name (eversholt reference §4.5, {@code confprop}). */
    public @Nullable String property(String name) {
        String own = configured.get(name);
        if (own != null || node == null) {
            return own;
        }
        return PropertyText.of(node, name);
    }

    /** The same for a name that is looked up in one component after another; not for those that every component has. */
    public @Nullable String property(NvName ofNode) {
        String own = configured.isEmpty() ? null : configured.get(ofNode.toString());
        if (own != null || node == null) {
            return own;
        }
        NvValue value = ofNode.in(node.properties());
        return value == null ? null : PropertyText.of(value);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
