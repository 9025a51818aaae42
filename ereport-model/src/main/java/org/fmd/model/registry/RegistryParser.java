// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.nv.NvType;

/** From the lines of a registry to its blocks. Belongs to one reading. */
final class RegistryParser {
    private static final List<String> BLOCKS = List.of("family", "group", "class");
    private static final List<String> ATTRIBUTES =
            List.of("means", "status", "by", "rules", "category", "severity", "code", "retire");
    private static final Pattern MEMBER = Pattern.compile("(?<name>\\S+) (?<type>[a-z0-9_]+)(?<array>\\[\\])?"
            + "(?: \\[(?<unit>[^\\]]+)\\])?(?: \\{(?<words>[^}]+)\\})?"
            + " (?<presence>always|optional|when \\((?<condition>[^)]+)\\)): (?<meaning>.+)");
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(?:\\[\\])?(?:\\.[A-Za-z_][A-Za-z0-9_-]*(?:\\[\\])?)*(?:\\.\\*)?");

    private record Line(int number, int indent, String text) {}

    private final RegistryProblems problems;
    private final List<Draft> drafts = new ArrayList<>();

    RegistryParser(String file) {
        this.problems = new RegistryProblems(file);
    }

    EventRegistry.Parsed parse(List<String> lines) {
        for (Line line : joined(lines)) {
            if (line.indent() == 0) {
                block(line);
            } else if (drafts.isEmpty()) {
                problems.add(line.number(), "an indented line before the first block; begin with 'class CLASS'");
            } else {
                attribute(drafts.get(drafts.size() - 1), line);
            }
        }
        EventRegistry registry = new RegistryAssembler(problems).assemble(drafts);
        return new EventRegistry.Parsed(
                problems.isEmpty() ? Optional.of(registry) : Optional.empty(), problems.toList());
    }

    /** Leaves comments out and joins what goes on in the next line. */
    private List<Line> joined(List<String> lines) {
        List<Line> joined = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int indent = lines.get(i).indexOf(text);
            if (lines.get(i).startsWith("\t")) {
                problems.add(i + 1, "a line begins with a tab; indent with blanks");
            } else if (indent >= 4 && !joined.isEmpty()) {
                Line last = joined.remove(joined.size() - 1);
                joined.add(new Line(last.number(), last.indent(), last.text() + " " + text));
            } else if (indent == 0 || indent == 2) {
                joined.add(new Line(i + 1, indent, text));
            } else {
                problems.add(i + 1, "indented by " + indent + "; use 0 for a block, 2 inside it, 4 to go on");
            }
        }
        return joined;
    }

    private void block(Line line) {
        String[] words = line.text().split(" +");
        if (words.length != 2 || !BLOCKS.contains(words[0])) {
            problems.add(
                    line.number(), "'" + line.text() + "' begins no block; write one of " + BLOCKS + " and a name");
        }
        // What stands below belongs to this block even so, not to the one before.
        drafts.add(Draft.of(words[0], words[words.length - 1], line.number()));
    }

    private void attribute(Draft draft, Line line) {
        int blank = line.text().indexOf(' ');
        String word = blank < 0 ? line.text() : line.text().substring(0, blank);
        String rest = blank < 0 ? "" : line.text().substring(blank).strip();
        if (rest.isEmpty()) {
            problems.add(line.number(), "nothing stands behind '" + word + "'");
        } else if (word.equals("member")) {
            member(rest, line.number()).ifPresent(member -> draft.items().add(new Draft.Own(member, line.number())));
        } else if (word.equals("use")) {
            for (String group : rest.split(" +")) {
                draft.items().add(new Draft.Use(group, line.number()));
            }
        } else if (!ATTRIBUTES.contains(word)) {
            problems.add(line.number(), "'" + word + "' is not known; known are use, member and " + ATTRIBUTES);
        } else if (draft.words().putIfAbsent(word, new Draft.Text(rest, line.number())) != null) {
            problems.add(line.number(), "'" + word + "' stands twice in " + draft + "; keep one");
        }
    }

    private Optional<Member> member(String text, int line) {
        Matcher form = MEMBER.matcher(text);
        if (!form.matches()) {
            problems.add(
                    line,
                    "'member " + text + "' has not the form"
                            + " 'member NAME TYPE [UNIT] {WORD|WORD} always|optional|when (CONDITION): SENTENCE'");
            return Optional.empty();
        }
        Optional<NvType> type = NvType.ofLabel(form.group("type"));
        if (type.isEmpty()) {
            problems.add(
                    line,
                    "'" + form.group("type") + "' is no type; known are " + Words.of(NvType.values(), NvType::label));
            return Optional.empty();
        }
        String name = form.group("name");
        if (!NAME.matcher(name).matches()) {
            problems.add(line, "'" + name + "' is no name of a member");
        }
        if (form.group("words") != null && type.get() != NvType.STRING) {
            problems.add(line, "only a string has words in braces; '" + name + "' is " + form.group("type"));
        }
        sentence(form.group("meaning"), line);
        String condition = form.group("condition");
        return Optional.of(new Member(
                name,
                type.get(),
                form.group("array") != null,
                form.group("unit"),
                form.group("words") == null
                        ? List.of()
                        : List.of(form.group("words").split("\\|")),
                condition != null
                        ? Member.Presence.WHEN
                        : form.group("presence").equals("always") ? Member.Presence.ALWAYS : Member.Presence.OPTIONAL,
                condition == null ? "" : condition,
                form.group("meaning")));
    }

    private void sentence(String text, int line) {
        if (!text.endsWith(".")) {
            problems.add(line, "'" + text + "' is no sentence; end it with a full stop");
        }
    }
}
