// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.check.SerdEngine;
import org.fmd.eversholt.eft.SerdWatch;
import org.fmd.eversholt.eft.Settings;

/** A {@link SerdTable} for each engine that is declared and was used, by name. */
public final class SerdTables implements SerdWatch {
    private final Limits limits;
    private final Settings settings;
    private final Map<String, SerdTable> tables = new TreeMap<>();
    private final IdentityHashMap<SerdEngine, SerdTable> byEngine = new IdentityHashMap<>();

    /** The N and T (nanoseconds) that are tried, in rising order; those around the engine's own where a list is empty. */
    public record Limits(List<Long> ns, List<Long> windows) {
        public Limits {
            ns = List.copyOf(ns);
            windows = List.copyOf(windows);
        }
    }

    public SerdTables(Limits limits, Settings settings) {
        this.limits = limits;
        this.settings = settings;
    }

    @Override
    public void recorded(Tally tally) {
        SerdTable table = byEngine.get(tally.engine());
        if (table == null) {
            table = tables.computeIfAbsent(tally.engine().name().toString(), name -> table(name, tally));
            byEngine.put(tally.engine(), table);
        }
        table.add(tally);
    }

    private SerdTable table(String name, Tally tally) {
        Settings.Limits set = settings.overrides().get(tally.engine().name().eventClass());
        long n = set == null ? tally.engine().n() : set.n();
        long nanos = set == null ? tally.engine().nanos() : set.nanos();
        return new SerdTable(
                name,
                limits.ns.isEmpty() ? SerdTable.around(n) : limits.ns,
                limits.windows.isEmpty() ? SerdTable.aroundTime(nanos) : limits.windows);
    }

    @Override
    public void repaired(String problemClass, TopoPath path, boolean fed) {
        tables.values().forEach(table -> table.repaired(problemClass, path, fed));
    }

    /** Returns the tables in order of their names. */
    public Collection<SerdTable> tables() {
        return tables.values();
    }
}
