// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The event classes met while a file is read: each becomes a string once, and is asked about once, however many records have it.
 * Not thread-safe.
 */
final class ClassNames {

    /** How many are remembered: files with more classes than that are none of ours, and are read more slowly. */
    private static final int LIMIT = 4096;

    /** One class, and whether the query takes it. */
    static final class Name {
        private final String name;
        private @Nullable LogQuery asked;
        private boolean passes;

        Name(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        boolean passes(LogQuery query) {
            if (asked != query) {
                passes = query.acceptsClass(name);
                asked = query;
            }
            return passes;
        }
    }

    private @Nullable Name[] slots = new Name[64];
    private byte[][] keys = new byte[64][];
    private int used;

    /** The class of the record at an index of a buffer. */
    Name at(ByteBuffer in, int index) {
        int from = index + RecordCodec.ENVELOPE;
        int length = RecordCodec.classLength(in, index);
        int slot = hash(in, from, length) & (slots.length - 1);
        while (true) {
            Name known = slots[slot];
            if (known == null) {
                return add(slot, RecordCodec.eventClass(in, index), in, from, length);
            }
            if (equal(keys[slot], in, from, length)) {
                return known;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
    }

    private Name add(int slot, String name, ByteBuffer in, int from, int length) {
        Name added = new Name(name);
        byte[] key = new byte[length];
        in.get(from, key);
        slots[slot] = added;
        keys[slot] = key;
        used++;
        if (used == LIMIT) {
            slots = new Name[64];
            keys = new byte[64][];
            used = 0;
        } else if (2 * used > slots.length) {
            grow();
        }
        return added;
    }

    private void grow() {
        @Nullable Name[] oldSlots = slots;
        byte[][] oldKeys = keys;
        slots = new Name[2 * oldSlots.length];
        keys = new byte[slots.length][];
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != null) {
                ByteBuffer key = ByteBuffer.wrap(oldKeys[i]);
                int slot = hash(key, 0, oldKeys[i].length) & (slots.length - 1);
                while (slots[slot] != null) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = oldSlots[i];
                keys[slot] = oldKeys[i];
            }
        }
    }

    /** The last bytes tell classes apart. */
    private static int hash(ByteBuffer in, int from, int length) {
        int hash = length;
        for (int i = Math.max(from, from + length - 12); i < from + length; i++) {
            hash = 31 * hash + in.get(i);
        }
        return hash ^ (hash >>> 15);
    }

    private static boolean equal(byte[] key, ByteBuffer in, int from, int length) {
        return key.length == length && matches(key, in, from);
    }

    private static boolean matches(byte[] key, ByteBuffer in, int from) {
        for (int i = key.length - 1; i >= 0; i--) {
            if (key[i] != in.get(from + i)) {
                return false;
            }
        }
        return true;
    }
}
