// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.EventRegistry;
import org.fmd.model.registry.Family;
import org.fmd.model.registry.Member;

/** Classes as a table for people; the members that a whole family has stand once, at its head. */
public final class RegistryText {
    private static final int WIDTH = 100;
    private static final int MEANING = 6;

    private RegistryText() {}

    /** Returns the table; each line ends with a line feed. */
    public static String of(EventRegistry registry, Collection<ClassEntry> entries) {
        StringBuilder out = new StringBuilder();
        for (Family family : Family.values()) {
            List<ClassEntry> some =
                    entries.stream().filter(e -> e.family() == family).toList();
            if (!some.isEmpty()) {
                out.append(out.isEmpty() ? "" : "\n");
                out.append(family.title().toUpperCase(Locale.ROOT)).append('\n');
                wrap(out, registry.meanings().getOrDefault(family, ""), 2);
                members(out, some.get(0).common());
                some.forEach(entry -> entry(out, entry));
            }
        }
        return out.toString();
    }

    private static void entry(StringBuilder out, ClassEntry entry) {
        out.append('\n').append(entry.eventClass()).append('\n');
        wrap(out, entry.meaning(), 2);
        String facts = facts(entry);
        if (!facts.isEmpty()) {
            out.append("  ").append(facts).append('\n');
        }
        members(out, entry.own());
    }

    /** {@code DISK-8000-4Q, Critical, disk-media, retire yes, by eft}: what there is of it. */
    static String facts(ClassEntry entry) {
        return Stream.of(
                        entry.code(),
                        entry.severity() == null ? null : entry.severity().word(),
                        entry.category() == null ? null : entry.category().word(),
                        entry.retire() == null ? null : "retire " + (entry.retire() ? "yes" : "no"),
                        entry.makers().isEmpty() ? entry.status().word() : "by " + String.join(", ", entry.makers()),
                        entry.rules() == null ? null : "in " + entry.rules())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    private static void members(StringBuilder out, List<Member> members) {
        int name = members.stream().mapToInt(m -> m.name().length()).max().orElse(0);
        int type = members.stream().mapToInt(m -> m.typeText().length()).max().orElse(0);
        for (Member member : members) {
            String unit = member.unit() == null ? "" : " [" + member.unit() + "]";
            out.append("    ")
                    .append(pad(member.name(), name))
                    .append("  ")
                    .append(pad(member.typeText(), type))
                    .append("  ")
                    .append(member.presenceText())
                    .append(unit)
                    .append('\n');
            wrap(out, meaning(member), MEANING);
        }
    }

    /** The meaning, and the words where there are some that it can be. */
    static String meaning(Member member) {
        return member.words().size() < 2
                ? member.meaning()
                : member.meaning() + " One of " + String.join(", ", member.words()) + ".";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static void wrap(StringBuilder out, String text, int indent) {
        List<String> line = new ArrayList<>();
        int width = indent;
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && width + word.length() > WIDTH) {
                out.append(" ".repeat(indent)).append(String.join(" ", line)).append('\n');
                line.clear();
                width = indent;
            }
            line.add(word);
            width += word.length() + 1;
        }
        out.append(" ".repeat(indent)).append(String.join(" ", line)).append('\n');
    }
}
