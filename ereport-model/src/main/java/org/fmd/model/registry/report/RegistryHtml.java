// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry.report;

import java.util.Collection;
import java.util.List;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.EventRegistry;
import org.fmd.model.registry.Family;
import org.fmd.model.registry.Member;

/** Classes as one HTML page: no scripts, nothing fetched, style inside; readable on paper and in the dark. */
public final class RegistryHtml {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>fmd event registry</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
            code, h3 { font-family: ui-monospace, monospace; }
            h2 { margin-top: 3rem; border-bottom: 2px solid; }
            h3 { margin: 2.5rem 0 0; font-size: 1.05rem; overflow-wrap: anywhere; }
            h3 a { color: inherit; text-decoration: none; }
            nav ul { columns: 22rem; padding-left: 1.2rem; font-size: .9rem; }
            nav li { overflow-wrap: anywhere; }
            p { margin: .4rem 0; }
            .facts span { display: inline-block; border: 1px solid; border-radius: .3rem; padding: 0 .4rem; margin: .2rem .3rem .2rem 0;
                font-size: .85rem; }
            .facts .Critical { background: #b3261e; color: #fff; }
            .facts .Major { background: #8a5a00; color: #fff; }
            .facts .Minor { background: #3b5b7a; color: #fff; }
            table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .6rem 0; }
            th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #8886; }
            td:first-child { white-space: nowrap; }
            @media print { nav { display: none; } h3 { break-after: avoid; } }
            </style>
            </head>
            <body>
            <h1>fmd event registry</h1>
            <p>Every class of event that is posted, concluded or waited for, with its members.</p>
            """;

    private RegistryHtml() {}

    /** Returns the page. */
    public static String of(EventRegistry registry, Collection<ClassEntry> entries) {
        StringBuilder out = new StringBuilder(HEAD);
        out.append("<nav>\n");
        for (Family family : Family.values()) {
            List<ClassEntry> some = of(entries, family);
            if (!some.isEmpty()) {
                out.append("<h4>").append(escaped(family.title())).append("</h4>\n<ul>\n");
                some.forEach(entry -> out.append("<li><a href=\"#")
                        .append(escaped(entry.eventClass().name()))
                        .append("\"><code>")
                        .append(escaped(entry.eventClass().name()))
                        .append("</code></a></li>\n"));
                out.append("</ul>\n");
            }
        }
        out.append("</nav>\n");
        for (Family family : Family.values()) {
            List<ClassEntry> some = of(entries, family);
            if (!some.isEmpty()) {
                out.append("<h2>").append(escaped(family.title())).append("</h2>\n");
                paragraph(out, registry.meanings().getOrDefault(family, ""));
                if (!some.get(0).common().isEmpty()) {
                    paragraph(out, "All of them have these members:");
                    table(out, some.get(0).common());
                }
                some.forEach(entry -> entry(out, entry));
            }
        }
        return out.append("</body>\n</html>\n").toString();
    }

    private static List<ClassEntry> of(Collection<ClassEntry> entries, Family family) {
        return entries.stream().filter(entry -> entry.family() == family).toList();
    }

    private static void entry(StringBuilder out, ClassEntry entry) {
        String name = escaped(entry.eventClass().name());
        out.append("<h3 id=\"" + name + "\"><a href=\"#" + name + "\">" + name + "</a></h3>\n");
        paragraph(out, entry.meaning());
        out.append("<p class=\"facts\">");
        for (String fact : RegistryText.facts(entry).split(", ")) {
            boolean severity =
                    entry.severity() != null && entry.severity().word().equals(fact);
            out.append(severity ? "<span class=\"" + escaped(fact) + "\">" : "<span>")
                    .append(escaped(fact))
                    .append("</span>");
        }
        out.append("</p>\n");
        if (!entry.own().isEmpty()) {
            table(out, entry.own());
        }
    }

    private static void paragraph(StringBuilder out, String text) {
        out.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private static void table(StringBuilder out, List<Member> members) {
        out.append("<table>\n<tr><th>member</th><th>type</th><th>unit</th><th>present</th><th>meaning</th></tr>\n");
        for (Member member : members) {
            out.append("<tr><td><code>" + escaped(member.name()) + "</code></td>")
                    .append("<td><code>" + escaped(member.typeText()) + "</code></td>")
                    .append("<td>" + (member.unit() == null ? "" : escaped(member.unit())) + "</td>")
                    .append("<td>" + escaped(member.presenceText()) + "</td>")
                    .append("<td>" + escaped(RegistryText.meaning(member)) + "</td></tr>\n");
        }
        out.append("</table>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
