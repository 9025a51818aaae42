// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.List;
import java.util.Locale;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * A member of an event.
 *
 * @param name its name; inside a list {@code LIST.NAME}, inside an array of lists {@code LISTS[].NAME}; the last name may be
 *     {@code *}, any
 * @param type its type, for an array that of the elements
 * @param array whether it is an array
 * @param unit what a number counts or a list holds, null where the meaning says enough
 * @param words the only texts that it can be, in the order of the registry; empty if it can be any
 * @param presence when it is there
 * @param condition for {@link Presence#WHEN} the condition in words, else empty
 * @param meaning one sentence or two
 */
public record Member(
        String name,
        NvType type,
        boolean array,
        @Nullable String unit,
        List<String> words,
        Presence presence,
        String condition,
        String meaning) {

    /** When a member is there. */
    public enum Presence {
        ALWAYS,
        OPTIONAL,
        /** Under a condition that is told in words. */
        WHEN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Member {
        words = List.copyOf(words);
    }

    /** Returns the type as manuals write it: {@code uint8[]}. */
    public String typeText() {
        return type.label() + (array ? "[]" : "");
    }

    /** Returns when it is there, in words: {@code when a block is known}. */
    public String presenceText() {
        return presence == Presence.WHEN ? "when " + condition : presence.word();
    }

    /** Returns whether the value has the member's type. */
    public boolean fits(NvValue value) {
        return value.type() == type && value.isArray() == array;
    }

    /** Returns the list that it stands in: {@code attr.suspects[].index} in {@code attr.suspects[]}; empty for the event. */
    public String parent() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** Returns how members inside it begin: {@code attr}, {@code attr.suspects[]}. */
    public String asParent() {
        return array ? name + "[]" : name;
    }
}
