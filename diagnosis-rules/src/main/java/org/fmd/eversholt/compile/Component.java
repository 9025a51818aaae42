// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.jspecify.annotations.Nullable;

/** A node of a {@link ComponentTree}: a piece of hardware as rules see it. Not changed once its tree is made. */
public final class Component {
    private final TopoPath path;
    private final @Nullable Component parent;
    private final Map<String, String> configured = new HashMap<>();
    private final Map<TopoPath.Step, Component> children = new HashMap<>();
    private final Map<String, List<Component>> childrenByName = new HashMap<>();
    private final List<Component> childList = new ArrayList<>();
    private @Nullable TopoNode node;
    private int walk;

    Component(TopoPath path, @Nullable Component parent, @Nullable TopoNode node) {
        this.path = path;
        this.parent = parent;
        this.node = node;
    }

    void add(Component child) {
        TopoPath.Step step = child.path.last();
        children.put(step, child);
        childrenByName.computeIfAbsent(step.name(), name -> new ArrayList<>()).add(child);
        childList.add(child);
    }

    void configure(Map<String, String> properties) {
        configured.putAll(properties);
    }

    void numbered(int place) {
        walk = place;
    }

    public TopoPath path() {
        return path;
    }

    public String name() {
        return path.last().name();
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
        return path.steps().size();
    }

    /** The node of the snapshot; null where only a {@code config} statement speaks of the component. */
    public @Nullable TopoNode node() {
        return node;
    }

    /** Its place in the walk over the tree, parents before children: what "source order" is for components. */
    public int walk() {
        return walk;
    }

    List<Component> children() {
        return childList;
    }

    List<Component> children(String name) {
        return childrenByName.getOrDefault(name, Collections.emptyList());
    }

    @Nullable
    Component child(String name, long number) {
        return number < 0 || number > Integer.MAX_VALUE ? null : children.get(new TopoPath.Step(name, (int) number));
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

    @Override
    public String toString() {
        return path.toString();
    }
}
