// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.uevent;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One uevent.
 *
 * @param action {@code add}, {@code remove}, {@code change}, {@code bind}, …
 * @param devicePath below {@code /sys}, beginning with a slash
 * @param keys all of {@code KEY=value}
 */
public record Uevent(String action, String devicePath, Map<String, String> keys) {
    private static final int MAX_LENGTH = 64 << 10;

    public Uevent {
        keys = Map.copyOf(keys);
    }

    /**
     * Reads a datagram {@code ACTION@DEVPATH\0KEY=value\0…}; empty if it has another form. Never throws.
     *
     * @param bytes holds the datagram from its beginning
     * @param length how many of them count
     */
    public static Optional<Uevent> parse(byte[] bytes, int length) {
        if (length > MAX_LENGTH) {
            return Optional.empty();
        }
        String[] parts = new String(bytes, 0, length, StandardCharsets.UTF_8).split("\0", -1);
        int at = parts[0].indexOf('@');
        // A path of the kernel's tree has a name behind its slash.
        if (at < 1
                || !parts[0].startsWith("/", at + 1)
                || parts[0].startsWith("//", at + 1)
                || at + 2 >= parts[0].length()) {
            return Optional.empty();
        }
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (parts[i].isEmpty()) {
                continue;
            }
            if (equals < 1) {
                return Optional.empty();
            }
            keys.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        String action = parts[0].substring(0, at);
        boolean consistent = action.equals(keys.get("ACTION")) && keys.containsKey("SUBSYSTEM");
        return consistent ? Optional.of(new Uevent(action, parts[0].substring(at + 1), keys)) : Optional.empty();
    }

    /** Returns the value of a key, null if it is not there. */
    public @Nullable String get(String key) {
        return keys.get(key);
    }

    public String subsystem() {
        return keys.getOrDefault("SUBSYSTEM", "");
    }

    /** Returns the kernel's running number of uevents, -1 if there is none. */
    public long sequence() {
        String digits = keys.getOrDefault("SEQNUM", "");
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
    }
}
