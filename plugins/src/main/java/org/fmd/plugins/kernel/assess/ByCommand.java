// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.fmd.model.scsi.Octets;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of commands: found by device and command, and in the order in which it was put there.
 *
 * @param <V> what is remembered
 */
final class ByCommand<V> {
    /** A command of a device. What is tried again, and what is told twice, has the same. */
    record CommandKey(String hctl, Octets cdb) {
        static CommandKey of(ScsiDevice device, Octets cdb) {
            return new CommandKey(device.hctl(), cdb);
        }
    }

    private final Map<CommandKey, V> all = new LinkedHashMap<>();
    private final Map<String, Map<CommandKey, V>> ofDevice = new HashMap<>();

    int size() {
        return all.size();
    }

    @Nullable
    V get(CommandKey key) {
        return all.get(key);
    }

    /** Puts it behind all others, also if it was there. */
    void put(CommandKey key, V value) {
        remove(key);
        all.put(key, value);
        ofDevice.computeIfAbsent(key.hctl, h -> new LinkedHashMap<>()).put(key, value);
    }

    @Nullable
    V remove(CommandKey key) {
        V value = all.remove(key);
        Map<CommandKey, V> device = value == null ? null : ofDevice.get(key.hctl);
        if (device != null) {
            device.remove(key);
            if (device.isEmpty()) {
                ofDevice.remove(key.hctl);
            }
        }
        return value;
    }

    /** The one that has been there the longest; null if there is none. */
    Map.@Nullable Entry<CommandKey, V> eldest() {
        Iterator<Map.Entry<CommandKey, V>> entries = all.entrySet().iterator();
        return entries.hasNext() ? entries.next() : null;
    }

    /** The one that has been there the longest, if its time has come; else null. */
    Map.@Nullable Entry<CommandKey, V> eldest(Predicate<V> isDue) {
        Map.Entry<CommandKey, V> eldest = eldest();
        return eldest != null && isDue.test(eldest.getValue()) ? eldest : null;
    }

    /** The first of all devices that fits; null if none does. */
    Map.@Nullable Entry<CommandKey, V> first(Predicate<Map.Entry<CommandKey, V>> fits) {
        return first(all, fits);
    }

    /** The first of a device that fits; null if none does. */
    Map.@Nullable Entry<CommandKey, V> first(String hctl, Predicate<Map.Entry<CommandKey, V>> fits) {
        return first(ofDevice.getOrDefault(hctl, Map.of()), fits);
    }

    private static <V> Map.@Nullable Entry<CommandKey, V> first(
            Map<CommandKey, V> among, Predicate<Map.Entry<CommandKey, V>> fits) {
        for (Map.Entry<CommandKey, V> entry : among.entrySet()) {
            if (fits.test(entry)) {
                return entry;
            }
        }
        return null;
    }
}
