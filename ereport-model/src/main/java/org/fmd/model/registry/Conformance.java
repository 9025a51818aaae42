// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;

/** Compares an event with what the registry says of its class. */
public final class Conformance {
    private final ClassEntry entry;
    private final List<String> problems = new ArrayList<>();

    private Conformance(ClassEntry entry) {
        this.entry = entry;
    }

    /**
     * Returns what is wrong with an event or a suspect, one sentence each; an empty list if nothing is. A list inside that has
     * a class of its own is held to that class.
     *
     * @param event all its members, {@code class} among them
     */
    public static List<String> problems(EventRegistry registry, NvList event) {
        String name = event.string("class").orElse("");
        Optional<ClassEntry> entry = registry.find(name);
        if (entry.isEmpty()) {
            return List.of("class '" + name + "' is not registered");
        }
        Conformance conformance = new Conformance(entry.get());
        conformance.compare("", event);
        List<String> problems = new ArrayList<>(conformance.problems);
        for (NvValue value : event.asMap().values()) {
            if (value instanceof NvValue.NestedLists lists) {
                lists.values().stream()
                        .filter(list -> list.contains("class"))
                        .forEach(list -> problems.addAll(problems(registry, list)));
            }
        }
        return problems;
    }

    private void compare(String parent, NvList list) {
        List<Member> known = entry.members().stream()
                .filter(member -> member.parent().equals(parent))
                .toList();
        if (known.isEmpty()) {
            return; // what is inside is told by the unit alone: an FMRI, a suspect
        }
        String prefix = parent.isEmpty() ? "" : parent + ".";
        for (Member member : known) {
            String name = member.name().substring(prefix.length());
            if (member.presence() == Member.Presence.ALWAYS && !list.contains(name)) {
                complain(member.name(), "is missing");
            }
        }
        for (Map.Entry<String, NvValue> one : list.asMap().entrySet()) {
            Optional<Member> member = known.stream()
                    .filter(m ->
                            m.name().equals(prefix + one.getKey()) || m.name().equals(prefix + "*"))
                    .findFirst();
            if (member.isEmpty()) {
                complain(prefix + one.getKey(), "is not registered");
            } else {
                compare(member.get(), one.getValue());
            }
        }
    }

    private void compare(Member member, NvValue value) {
        if (!member.fits(value)) {
            String found = value.type().label() + (value.isArray() ? "[]" : "");
            complain(member.name(), "is " + found + ", registered is " + member.typeText());
        } else if (value instanceof NvValue.Str text
                && !member.words().isEmpty()
                && !member.words().contains(text.value())) {
            complain(member.name(), "is '" + text.value() + "', registered are " + member.words());
        } else if (value instanceof NvValue.Nested nested) {
            compare(member.asParent(), nested.value());
        } else if (value instanceof NvValue.NestedLists lists) {
            lists.values().forEach(list -> compare(member.asParent(), list));
        }
    }

    private void complain(String member, String what) {
        problems.add(entry.eventClass() + ": member '" + member + "' " + what);
    }
}
