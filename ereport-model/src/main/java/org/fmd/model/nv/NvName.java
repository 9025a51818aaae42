// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.nv;

import org.jspecify.annotations.Nullable;

/**
 * A name that is looked up in list after list. It remembers where it stood in the last kinds of list: those of one kind
 * share their {@link NvLayout}, so in the next one it is found without a search. For any thread.
 */
public final class NvName {
    /** A power of 2. */
    private static final int KINDS = 16;

    private record Found(NvLayout layout, int place) {}

    private final String name;
    /** Each replaced as a whole; threads may lose each other's, which costs a search. */
    private final @Nullable Found[] found = new Found[KINDS];

    public NvName(String name) {
        this.name = name;
    }

    /** Returns the value of that name in the list, null if there is none. */
    @SuppressWarnings("ReferenceEquality") // layouts are shared, and to compare their names would be a search
    public @Nullable NvValue in(NvList list) {
        NvLayout layout = list.layout();
        int slot = layout.hashCode() & KINDS - 1;
        Found known = found[slot];
        if (known == null || known.layout != layout) {
            known = new Found(layout, layout.indexOf(name));
            found[slot] = known;
        }
        return known.place < 0 ? null : list.value(known.place);
    }

    @Override
    public String toString() {
        return name;
    }
}
