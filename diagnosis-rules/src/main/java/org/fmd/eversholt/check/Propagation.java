// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.List;
import org.fmd.eversholt.syntax.Span;

/**
 * One {@code prop} statement. A cascade has more than two columns; its arrows share the iterators.
 *
 * @param index its place among the propagations of the program, from 0, in source order
 * @param iterators the iterators of the statement; {@code iterators.get(i).slot() == i}
 * @param columns the events, left to right, each list in source order
 * @param arrows {@code arrows.get(i)} leads from every event of column i to every event of column i + 1
 */
public record Propagation(
        int index, List<IteratorVar> iterators, List<List<EventUse>> columns, List<Arrow> arrows, Span span) {
    public Propagation {
        iterators = List.copyOf(iterators);
        columns = columns.stream().map(List::copyOf).toList();
        arrows = List.copyOf(arrows);
        if (arrows.isEmpty() || columns.size() != arrows.size() + 1) {
            throw new IllegalArgumentException(columns.size() + " columns with " + arrows.size() + " arrows");
        }
    }

    /** All events of all columns, left to right. */
    public List<EventUse> events() {
        List<EventUse> events = new ArrayList<>();
        columns.forEach(events::addAll);
        return events;
    }
}
