// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry.report;

import java.util.List;
import java.util.Locale;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.EventRegistry;
import org.fmd.model.registry.Family;
import org.fmd.model.registry.Member;

/** The manual page fmd-events(7), in the man macros of roff. */
public final class RegistryManual {
    private static final String HEAD = """
            .\\" SPDX-License-Identifier: Apache-2.0
            .\\" Made from the event registry by a test; do not edit.
            .TH FMD-EVENTS 7 "2026-11-21" "fmd" "Miscellaneous"
            .SH NAME
            fmd-events \\- classes of events of the fault manager, and their members
            .SH DESCRIPTION
            Every event has a class, a path of words joined by dots, and members with a name and a type.
            The first word of the class is the kind of event.
            What follows is every class that is posted, concluded or waited for.
            .PP
            A class that is
            .I declared
            is known by rules or dictionaries, and nothing makes it yet; one that is
            .I internal
            never leaves the diagnosis engine.
            A member inside a list is written
            .IR LIST . NAME ,
            inside an array of lists
            .IR LISTS []. NAME .
            .PP
            .BR "esc registry" ,
            see
            .BR esc (1),
            prints the same as text, HTML, JSON and JSON Schema.
            """;

    private static final String TAIL = """
            .SH SEE ALSO
            .BR esc (1),
            .BR fmadm (8),
            .BR fmdump (8)
            """;

    private RegistryManual() {}

    /** Returns the page of all classes. */
    public static String of(EventRegistry registry) {
        StringBuilder out = new StringBuilder(HEAD);
        for (Family family : Family.values()) {
            List<ClassEntry> entries = registry.classes(family);
            if (!entries.isEmpty()) {
                out.append(".SH ")
                        .append(family.title().toUpperCase(Locale.ROOT))
                        .append('\n');
                out.append(text(registry.meanings().getOrDefault(family, ""))).append('\n');
                members(out, entries.get(0).common());
                entries.forEach(entry -> entry(out, entry));
            }
        }
        return out.append(TAIL).toString();
    }

    private static void entry(StringBuilder out, ClassEntry entry) {
        out.append(".SS ").append(text(entry.eventClass().name())).append('\n');
        out.append(text(entry.meaning())).append('\n');
        out.append(".br\n").append(text("(" + RegistryText.facts(entry) + ")")).append('\n');
        members(out, entry.own());
    }

    private static void members(StringBuilder out, List<Member> members) {
        for (Member member : members) {
            String unit = member.unit() == null ? "" : " [" + member.unit() + "]";
            out.append(".TP\n.BR \"")
                    .append(text(member.name()))
                    .append("\" \"  ")
                    .append(text(member.typeText() + unit + ", " + member.presenceText()))
                    .append("\"\n")
                    .append(text(RegistryText.meaning(member)))
                    .append('\n');
        }
    }

    /** Text that roff takes as it is: a hyphen of a name can be copied, a line begins no request, quotes end nothing. */
    private static String text(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
