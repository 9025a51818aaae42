// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.Map;
import java.util.function.Supplier;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.compile.Component;
import org.fmd.eversholt.compile.EventKey;
import org.fmd.eversholt.compile.FactAsked;
import org.fmd.eversholt.compile.Facts;
import org.jspecify.annotations.Nullable;

/** Open faults and counters as they are now; for what is built again, as they were. */
final class KnownFacts implements Facts {
    private final DiagnosisCore.FaultOracle faults;
    private final Counters counters;
    private Map<FactAsked, Long> given = Map.of();

    KnownFacts(DiagnosisCore.FaultOracle faults, Counters counters) {
        this.faults = faults;
        this.counters = counters;
    }

    /** Answers as it did then while something is built; what was not asked then is answered as now. */
    <T> @Nullable T given(Map<FactAsked, Long> answers, Supplier<@Nullable T> building) {
        given = answers;
        try {
            return building.get();
        } finally {
            given = Map.of();
        }
    }

    @Override
    public boolean hasFault(Component component, String classPattern) {
        Long then = given.isEmpty() ? null : given.get(new FactAsked(false, classPattern, component.path()));
        return then == null ? faults.hasFault(component, classPattern) : then != 0;
    }

    @Override
    public long count(String counterClass, TopoPath path) {
        Long then = given.isEmpty() ? null : given.get(new FactAsked(true, counterClass, path));
        return then == null ? counters.value(new EventKey(counterClass, path)) : then;
    }
}
