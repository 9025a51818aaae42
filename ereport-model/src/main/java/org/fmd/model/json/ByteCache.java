// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What stretches of bytes mean. A newer one takes the place of an older, so that it never grows beyond its slots. */
final class ByteCache<V> {
    private static final class Entry<V> {
        private final long hash;
        private final byte[] bytes;
        private final V value;

        Entry(long hash, byte[] bytes, V value) {
            this.hash = hash;
            this.bytes = bytes;
            this.value = value;
        }
    }

    private final @Nullable Entry<V>[] entries;
    private final int longest;

    /**
     * Makes an empty cache.
     *
     * @param slots a power of two
     * @param longest of how many bytes what is remembered may be
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type parameters
    ByteCache(int slots, int longest) {
        entries = new Entry[slots];
        this.longest = longest;
    }

    @Nullable
    V get(byte[] bytes, int from, int to, long hash) {
        Entry<V> entry = entries[(int) hash & (entries.length - 1)];
        // The bytes are far away; most that differ do so in the hash already.
        return entry != null && entry.hash == hash && Arrays.equals(entry.bytes, 0, entry.bytes.length, bytes, from, to)
                ? entry.value
                : null;
    }

    void put(byte[] bytes, int from, int to, long hash, V value) {
        if (to - from <= longest) {
            entries[(int) hash & (entries.length - 1)] = new Entry<>(hash, Arrays.copyOfRange(bytes, from, to), value);
        }
    }
}
