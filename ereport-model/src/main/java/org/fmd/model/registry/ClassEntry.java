// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fmd.model.event.EventClass;
import org.jspecify.annotations.Nullable;

/**
 * What the registry knows of a class.
 *
 * @param meaning what the class says, in a sentence or two
 * @param makers the modules that make it, {@code fmd} for the fault manager itself; empty if nothing makes it
 * @param rules the rule file that declares it, null if none does
 * @param category the kind of part; not null for a fault or defect, null for all others
 * @param severity the severity of its code, null if it has none
 * @param code its message code, null if it has none
 * @param retire for a fault or defect whether agents may take the ASRU out of service; null for all others
 * @param common the members that all classes of the family have
 * @param own the members that make this class different
 */
public record ClassEntry(
        EventClass eventClass,
        Family family,
        String meaning,
        Status status,
        List<String> makers,
        @Nullable String rules,
        @Nullable Category category,
        @Nullable Severity severity,
        @Nullable String code,
        @Nullable Boolean retire,
        List<Member> common,
        List<Member> own) {
    public ClassEntry {
        makers = List.copyOf(makers);
        common = List.copyOf(common);
        own = List.copyOf(own);
    }

    /** Returns all members, the common ones first. */
    public List<Member> members() {
        List<Member> all = new ArrayList<>(common);
        all.addAll(own);
        return all;
    }

    /** Returns the member of that name, empty if the class has none. */
    public Optional<Member> member(String name) {
        return members().stream().filter(member -> member.name().equals(name)).findFirst();
    }
}
