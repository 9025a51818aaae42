// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.fmd.api.FmdModule;
import org.fmd.api.ModuleInfo;
import org.fmd.api.Settings;

/** A loaded module with what became of it. Safe for several threads. */
public final class ModuleState {

    /** How a module is, in the words of {@code fmadm config}. */
    enum Status {
        ACTIVE("active"),
        DEGRADED("degraded"),
        DISABLED("disabled"),
        FAILED("failed");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** Status and reason change together. */
    private record Condition(Status status, String detail) {}

    private final FmdModule module;
    private final ModuleInfo info;
    private final ModuleSettings settings;
    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
    private volatile Condition condition = new Condition(Status.ACTIVE, "");

    ModuleState(FmdModule module, ModuleSettings settings) {
        this.module = module;
        this.info = module.info();
        this.settings = settings;
    }

    public FmdModule module() {
        return module;
    }

    public ModuleInfo info() {
        return info;
    }

    public Settings settings() {
        return settings;
    }

    Status status() {
        return condition.status();
    }

    String detail() {
        return condition.detail();
    }

    void set(Status status, String detail) {
        condition = new Condition(status, detail);
    }

    /** Adds to a counter. */
    public void count(String statistic, long delta) {
        counters.computeIfAbsent(statistic, s -> new LongAdder()).add(delta);
    }

    /** Returns the counters by name. */
    public Map<String, Long> counters() {
        Map<String, Long> values = new TreeMap<>();
        counters.forEach((name, value) -> values.put(name, value.sum()));
        return values;
    }
}
