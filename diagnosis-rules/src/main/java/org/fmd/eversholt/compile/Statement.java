// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.List;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.Propagation;

/**
 * A propagation ready for expansion.
 *
 * @param columns its events, left to right, each list in source order
 * @param placing the same events in the order in which they are placed on components: column after column, in each the
 *     last one first (eversholt reference §6.3)
 */
record Statement(Propagation propagation, List<List<CompiledUse>> columns, List<CompiledUse> placing) {
    static Statement of(Propagation propagation) {
        List<List<CompiledUse>> columns = new ArrayList<>();
        List<CompiledUse> placing = new ArrayList<>();
        for (List<EventUse> column : propagation.columns()) {
            List<CompiledUse> compiled = new ArrayList<>();
            for (int i = column.size() - 1; i >= 0; i--) {
                CompiledUse use = CompiledUse.of(column.get(i), placing.size());
                placing.add(use);
                compiled.add(0, use);
            }
            columns.add(List.copyOf(compiled));
        }
        return new Statement(propagation, List.copyOf(columns), List.copyOf(placing));
    }

    int index() {
        return propagation.index();
    }
}
