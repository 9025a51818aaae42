// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fmd.eversholt.syntax.Issue;
import org.fmd.eversholt.syntax.IssueCode;
import org.fmd.eversholt.syntax.NearNames;
import org.fmd.eversholt.syntax.Span;
import org.fmd.model.nv.NvType;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.EventRegistry;
import org.fmd.model.registry.Member;

/**
 * Compares the payload members that rules name with those that the event registry knows. Classes that are not registered may
 * have any members: an author may bring events of his own.
 */
public final class PayloadChecks {
    private final EventRegistry registry;

    public PayloadChecks(EventRegistry registry) {
        this.registry = registry;
    }

    /** Returns a warning for each member or word that an ereport or a suspect cannot have, in source order. */
    public List<Issue> check(Program program) {
        Set<Issue> issues = new LinkedHashSet<>();
        for (PayloadUse use : PayloadUse.in(program)) {
            List<ClassEntry> entries = use.classes().stream()
                    .sorted()
                    .map(registry::find)
                    .flatMap(Optional::stream)
                    .toList();
            if (!entries.isEmpty() && entries.size() == use.classes().size()) {
                check(use, entries, issues);
            }
        }
        return List.copyOf(issues);
    }

    private static void check(PayloadUse use, List<ClassEntry> entries, Set<Issue> issues) {
        if (entries.stream().noneMatch(entry -> knows(entry, use.member()))) {
            Set<String> names = new TreeSet<>();
            entries.forEach(entry -> entry.members().forEach(member -> names.add(member.name())));
            String hint = NearNames.hint(use.member(), names);
            issues.add(warning(
                    IssueCode.PAYLOAD_UNKNOWN,
                    use.span(),
                    names(entries) + " has no member '" + use.member() + "'"
                            + (hint.isEmpty() ? "; 'esc registry' shows what there is" : hint)));
        } else if (use.word() != null) {
            List<String> words = words(use.member(), entries);
            String word = use.word().value();
            if (!words.isEmpty() && !words.contains(word)) {
                String hint = NearNames.hint(word, words);
                issues.add(warning(
                        IssueCode.PAYLOAD_WORD,
                        use.word().span(),
                        "member '" + use.member() + "' of " + names(entries) + " is never '" + word + "'"
                                + (hint.isEmpty() ? "; it is one of " + String.join(", ", words) : hint)));
            }
        }
    }

    /** All words that the member can be; none if some class lets it be any. */
    private static List<String> words(String name, List<ClassEntry> entries) {
        List<String> words = new ArrayList<>();
        for (ClassEntry entry : entries) {
            Optional<Member> member = entry.member(name);
            if (member.isPresent() && member.get().words().isEmpty()) {
                return List.of();
            }
            member.ifPresent(m -> words.addAll(m.words()));
        }
        return words;
    }

    /** Whether the class has the member; inside a list of which only the unit is told, any name is known. */
    private static boolean knows(ClassEntry entry, String name) {
        String at = "";
        String[] parts = name.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            String step = parts[i].replaceFirst("\\s*\\[.*", "").strip();
            String full = at.isEmpty() ? step : at + "." + step;
            String parent = at;
            List<Member> inside = entry.members().stream()
                    .filter(member -> member.parent().equals(parent))
                    .toList();
            Optional<Member> member = inside.stream()
                    .filter(m -> m.name().equals(full) || m.name().equals(parent + ".*"))
                    .findFirst();
            if (member.isEmpty()) {
                return inside.isEmpty() && !at.isEmpty();
            }
            if (member.get().type() != NvType.NVLIST) {
                return i == parts.length - 1;
            }
            at = member.get().asParent();
        }
        return true;
    }

    private static String names(List<ClassEntry> entries) {
        return entries.stream().map(entry -> "'" + entry.eventClass() + "'").collect(Collectors.joining(" or "));
    }

    private static Issue warning(IssueCode code, Span span, String message) {
        return new Issue(code, code.severity(), message, span, List.of());
    }
}
