// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.ConfigNode;
import org.fmd.model.fmri.Fmri;
import org.jspecify.annotations.Nullable;

/**
 * A topology snapshot as rules see it: what {@code config} statements say is merged on top, and components are found by
 * name without a walk. An exercise keeps the tree that it began with.
 */
public final class ComponentTree {
    private final Topology topology;
    private final Map<TopoPath, Component> byPath;
    /** In the order of the topology's nodes. */
    private final Component[] byPlace;

    private final Map<String, List<Component>> byName = new HashMap<>();
    private final Map<TopoPath.Step, List<Component>> byStep = new HashMap<>();
    /** The names from the root down to each component; few, however many components there are. */
    private final List<List<String>> shapes = new ArrayList<>();

    private final Map<Below, Integer> shapeNumbers = new HashMap<>();
    private final Map<List<String>, Boolean> chains = new HashMap<>();
    private final List<Component> roots = new ArrayList<>();

    /** A name below a shape, -1 at the root. */
    private record Below(int shape, String name) {}

    private ComponentTree(Topology topology) {
        this.topology = topology;
        this.byPath = new HashMap<>(topology.nodes().size() * 2);
        this.byPlace = new Component[topology.nodes().size()];
    }

    public static ComponentTree of(Topology topology, List<ConfigNode> configs) {
        ComponentTree tree = new ComponentTree(topology);
        for (int i = 0; i < tree.byPlace.length; i++) {
            TopoNode node = topology.nodes().get(i);
            tree.byPlace[i] = tree.add(node.path(), node);
        }
        for (ConfigNode config : configs) {
            tree.merge(config);
        }
        tree.number(tree.roots);
        return tree;
    }

    private Component add(TopoPath path, @Nullable TopoNode node) {
        TopoPath above = path.parent();
        Component parent = above == null ? null : byPath.get(above);
        if (above != null && parent == null) {
            parent = add(above, null);
        }
        Component component =
                new Component(path, parent, node, shape(parent, path.last().name()));
        byPath.put(path, component);
        if (parent == null) {
            roots.add(component);
        } else {
            parent.add(component);
        }
        return component;
    }

    private int shape(@Nullable Component parent, String name) {
        return shapeNumbers.computeIfAbsent(new Below(parent == null ? -1 : parent.shape(), name), below -> {
            List<String> names = new ArrayList<>(below.shape < 0 ? List.of() : shapes.get(below.shape));
            names.add(name);
            shapes.add(names);
            return shapes.size() - 1;
        });
    }

    private void merge(ConfigNode config) {
        List<TopoPath.Step> steps = new ArrayList<>();
        for (ConfigNode.Part part : config.path()) {
            if (part.number() < 0 || part.number() > Integer.MAX_VALUE) {
                return; // No topology has such a number, so nothing can ask for it.
            }
            steps.add(new TopoPath.Step(part.name(), (int) part.number()));
        }
        TopoPath path = new TopoPath(steps);
        Component component = byPath.get(path);
        (component == null ? add(path, null) : component).configure(config.properties());
    }

    /** Numbers the components in walk order and enters them by name, so that every list is in that order. */
    private void number(List<Component> siblings) {
        List<Component> pending = new ArrayList<>(siblings);
        Collections.reverse(pending);
        int place = 0;
        while (!pending.isEmpty()) {
            Component next = pending.remove(pending.size() - 1);
            next.numbered(place++);
            byName.computeIfAbsent(next.name(), name -> new ArrayList<>()).add(next);
            for (int i = next.children().size() - 1; i >= 0; i--) {
                pending.add(next.children().get(i));
            }
        }
    }

    public Topology topology() {
        return topology;
    }

    /** Null if there is no such component. */
    public @Nullable Component at(TopoPath path) {
        return byPath.get(path);
    }

    /** The component that a detector leads to, null if there is none. */
    public @Nullable Component find(@Nullable Fmri detector) {
        Integer place = topology.place(detector);
        return place == null ? null : byPlace[place];
    }

    /** How many components there are: each {@link Component#walk} is below that. */
    public int size() {
        return byPath.size();
    }

    /** All components of that name at any depth, in walk order. */
    List<Component> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** All components of that name and number at any depth, in walk order. */
    List<Component> named(String name, long number) {
        return number < 0 || number > Integer.MAX_VALUE
                ? List.of()
                : byStep.computeIfAbsent(
                        new TopoPath.Step(name, (int) number),
                        step -> named(name).stream()
                                .filter(component -> component.number() == number)
                                .toList());
    }

    /** Whether components of these names lie one below the other anywhere. */
    boolean hasChain(List<String> names) {
        return chains.computeIfAbsent(
                names, n -> shapes.stream().anyMatch(shape -> Collections.indexOfSubList(shape, n) >= 0));
    }
}
