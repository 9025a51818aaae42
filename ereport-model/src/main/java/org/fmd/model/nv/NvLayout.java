// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.nv;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of a list, in order. Immutable. Ereports of one kind have the same names: who makes many of them keeps one layout
 * and gives it to each list, which is then no more than its values.
 */
public final class NvLayout {
    /** Up to so many names are compared one by one, which is as fast as an index and needs none. */
    private static final int FEW = 8;

    /** Layouts made of late, so that lists of one kind share theirs whoever makes them. Threads may lose each other's. */
    private static final @Nullable NvLayout[] RECENT = new NvLayout[256];

    private static final int MOST_SHARED = 64;

    private final String[] names;
    private final int hash;
    /** Made when first asked for; two threads may both make it. */
    private @Nullable Index index;

    /** The final field makes what it holds safe to hand from thread to thread. */
    private record Index(Map<String, Integer> places) {}

    private NvLayout(String[] names) {
        this.names = names;
        int sum = Arrays.hashCode(names);
        this.hash = sum ^ sum >>> 16;
    }

    /** Returns the layout of these names; refuses with {@link IllegalArgumentException} one that is empty or occurs twice. */
    public static NvLayout of(List<String> names) {
        Draft draft = new Draft();
        for (String name : names) {
            if (name.isEmpty() || draft.indexOf(name) >= 0) {
                throw new IllegalArgumentException(
                        name.isEmpty() ? "a value needs a name" : "two values are called '" + name + "'");
            }
            draft.add(name);
        }
        return draft.layout();
    }

    /**
     * Returns the list with these values.
     *
     * @param values one for each name, in order; belongs to the list from now on. Refuses with {@link
     *     IllegalArgumentException} another number of them
     */
    public NvList list(NvValue... values) {
        if (values.length != names.length) {
            throw new IllegalArgumentException(values.length + " values for " + names.length + " names");
        }
        return new NvList(this, values);
    }

    public int size() {
        return names.length;
    }

    String name(int place) {
        return names[place];
    }

    /** Returns the place of a name, -1 if it is none. */
    int indexOf(String name) {
        if (names.length <= FEW) {
            return among(names, names.length, name);
        }
        Index known = index;
        if (known == null) {
            known = new Index(places(names, names.length));
            index = known;
        }
        return known.places.getOrDefault(name, -1);
    }

    private static int among(String[] names, int count, String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, Integer> places(String[] names, int count) {
        Map<String, Integer> places = new HashMap<>(2 * count);
        for (int i = 0; i < count; i++) {
            places.put(names[i], i);
        }
        return places;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NvLayout that && (this == that || Arrays.equals(names, that.names));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return Arrays.toString(names);
    }

    /** A layout in the making. However many names somebody sends, adding one takes the same time. */
    static final class Draft {
        private String[] names = new String[FEW];
        private int count;
        private @Nullable Map<String, Integer> many;

        int size() {
            return count;
        }

        int indexOf(String name) {
            Map<String, Integer> known = many;
            return known == null ? among(names, count, name) : known.getOrDefault(name, -1);
        }

        int add(String name) {
            if (count == names.length) {
                names = Arrays.copyOf(names, 2 * count);
            }
            names[count++] = name;
            if (many != null) {
                many.put(name, count - 1);
            } else if (count > 2 * FEW) {
                many = places(names, count);
            }
            return count - 1;
        }

        void remove(int place) {
            count--;
            System.arraycopy(names, place + 1, names, place, count - place);
            many = count > 2 * FEW ? places(names, count) : null;
        }

        NvLayout layout() {
            if (count > MOST_SHARED) {
                return new NvLayout(Arrays.copyOf(names, count));
            }
            int hash = count;
            for (int i = 0; i < count; i++) {
                hash = 31 * hash + names[i].hashCode();
            }
            int slot = (hash ^ hash >>> 16) & (RECENT.length - 1);
            NvLayout recent = RECENT[slot];
            if (recent == null || !Arrays.equals(recent.names, 0, recent.names.length, names, 0, count)) {
                recent = new NvLayout(interned());
                RECENT[slot] = recent;
            }
            return recent;
        }

        /** Names that are one object wherever they stand are found without a look at their letters. */
        private String[] interned() {
            String[] all = new String[count];
            for (int i = 0; i < count; i++) {
                all[i] = names[i].intern();
            }
            return all;
        }
    }
}
