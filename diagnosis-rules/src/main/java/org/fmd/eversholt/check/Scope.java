// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fmd.eversholt.syntax.Path;
import org.fmd.eversholt.syntax.PathIndex;

/**
 * The iterators of one statement. A component without one gets an invented name, its own and its ordinal among
 * equal names of that path, so that all paths of the statement share it (eversholt reference §6.3).
 */
final class Scope {
    private final Map<String, IteratorVar> iterators = new LinkedHashMap<>();

    /** A statement without events: property values. */
    static Scope empty() {
        return new Scope();
    }

    /** Takes in the iterators of an event's path. */
    void define(Path path) {
        List<String> names = iteratorNames(path);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!name.isEmpty() && !iterators.containsKey(name)) {
                boolean invented = !(path.components().get(i).index() instanceof PathIndex.Named);
                iterators.put(name, new IteratorVar(iterators.size(), name, invented));
            }
        }
    }

    /** For each component the name of its iterator, empty where the index is an expression. */
    static List<String> iteratorNames(Path path) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> ordinals = new HashMap<>();
        for (Path.Component component : path.components()) {
            int ordinal = ordinals.merge(component.name(), 1, Integer::sum) - 1;
            PathIndex index = component.index();
            if (index instanceof PathIndex.Named named) {
                names.add(named.name());
            } else if (index instanceof PathIndex.Computed) {
                names.add("");
            } else {
                boolean horizontal = index instanceof PathIndex.Empty empty && empty.horizontal();
                names.add(component.name() + (horizontal ? "##" : "#") + ordinal);
            }
        }
        return names;
    }

    Optional<IteratorVar> find(String name) {
        return Optional.ofNullable(iterators.get(name));
    }

    /** The iterators the author wrote. */
    List<String> writtenNames() {
        return iterators.values().stream()
                .filter(iterator -> !iterator.invented())
                .map(IteratorVar::name)
                .toList();
    }

    List<IteratorVar> toList() {
        return List.copyOf(iterators.values());
    }
}
