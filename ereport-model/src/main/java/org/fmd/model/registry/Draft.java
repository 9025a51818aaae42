// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A block of the file as it stands there, before names are resolved. Belongs to one reading.
 *
 * @param kind {@code family}, {@code group} or {@code class}
 * @param words the attributes that stand once, by their first word
 * @param items members and uses of groups in the order of the text
 */
record Draft(String kind, String name, int line, Map<String, Text> words, List<Item> items) {

    /** Something written on a line. */
    record Text(String value, int line) {}

    /** A member or the use of a group. */
    sealed interface Item permits Own, Use {}

    record Own(Member member, int line) implements Item {}

    record Use(String group, int line) implements Item {}

    static Draft of(String kind, String name, int line) {
        return new Draft(kind, name, line, new LinkedHashMap<>(), new ArrayList<>());
    }

    Optional<String> word(String attribute) {
        return Optional.ofNullable(words.get(attribute)).map(Text::value);
    }

    /** The line of an attribute, that of the block where it is missing. */
    int lineOf(String attribute) {
        Text text = words.get(attribute);
        return text == null ? line : text.line();
    }

    @Override
    public String toString() {
        return kind + " '" + name + "'";
    }
}
