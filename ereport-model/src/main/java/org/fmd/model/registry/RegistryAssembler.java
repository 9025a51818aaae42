// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.fmd.model.event.EventClass;
import org.fmd.model.fault.DiagCode;
import org.fmd.model.nv.NvType;
import org.jspecify.annotations.Nullable;

/** From blocks to classes: resolves families and groups and checks what a class must have. Belongs to one reading. */
final class RegistryAssembler {
    private final RegistryProblems problems;
    private final Map<Family, Draft> families = new EnumMap<>(Family.class);
    private final Map<String, Draft> groups = new LinkedHashMap<>();
    private final Set<String> usedGroups = new HashSet<>();

    RegistryAssembler(RegistryProblems problems) {
        this.problems = problems;
    }

    /** Returns the registry; it is sound only if no problem was added. */
    EventRegistry assemble(List<Draft> drafts) {
        drafts.forEach(this::collect);
        Map<Family, String> meanings = new EnumMap<>(Family.class);
        Map<Family, List<Member>> common = new EnumMap<>(Family.class);
        families.forEach((family, draft) -> {
            meanings.put(family, means(draft));
            common.put(family, members(draft, List.of()));
        });
        Map<EventClass, ClassEntry> entries = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            if (draft.kind().equals("class")) {
                entry(draft, common).ifPresent(entry -> {
                    if (entries.put(entry.eventClass(), entry) != null) {
                        problems.add(draft.line(), draft + " stands twice; keep one");
                    }
                });
            }
        }
        groups.forEach((name, draft) -> {
            if (!usedGroups.contains(name)) {
                problems.add(draft.line(), draft + " is never used; remove it, or 'use " + name + "'");
            }
        });
        return new EventRegistry(meanings, entries);
    }

    private void collect(Draft draft) {
        if (draft.kind().equals("group") && groups.put(draft.name(), draft) != null) {
            problems.add(draft.line(), draft + " stands twice; keep one");
        }
        if (draft.kind().equals("group") && !draft.words().isEmpty()) {
            problems.add(
                    draft.line(),
                    draft + " has more than members: " + draft.words().keySet());
        }
        if (draft.kind().equals("family")) {
            Optional<Family> family = Family.of(draft.name());
            if (family.isEmpty()) {
                problems.add(
                        draft.line(),
                        "'" + draft.name() + "' is no family; known are " + Words.of(Family.values(), Family::word));
            } else if (families.put(family.get(), draft) != null) {
                problems.add(draft.line(), draft + " stands twice; keep one");
            }
        }
    }

    private Optional<ClassEntry> entry(Draft draft, Map<Family, List<Member>> common) {
        Optional<EventClass> eventClass = EventClass.parse(draft.name());
        Optional<Family> family = eventClass.flatMap(c -> Family.of(c.name().replaceFirst("\\..*", "")));
        if (eventClass.isEmpty() || family.isEmpty()) {
            problems.add(
                    draft.line(),
                    "'" + draft.name() + "' is no event class; it begins with one of "
                            + Words.of(Family.values(), Family::word) + " and a dot");
            return Optional.empty();
        }
        if (!families.containsKey(family.get())) {
            problems.add(
                    draft.line(),
                    draft + " is of a family without a block; add 'family "
                            + family.get().word() + "'");
        }
        Status status = word(draft, "status", Status::of, Words.of(Status.values(), Status::word))
                .orElse(Status.POSTED);
        List<String> makers =
                draft.word("by").map(by -> List.of(by.split(" +"))).orElse(List.of());
        if (makers.isEmpty() == (status == Status.POSTED)) {
            problems.add(
                    draft.line(),
                    draft
                            + (makers.isEmpty()
                                    ? " is posted by nobody; add 'by MODULE' or a status"
                                    : " is " + status + ", so nobody posts it; remove 'by'"));
        }
        List<Member> shared = common.getOrDefault(family.get(), List.of());
        return Optional.of(new ClassEntry(
                eventClass.get(),
                family.get(),
                means(draft),
                status,
                makers,
                draft.word("rules").orElse(null),
                category(draft, family.get()),
                severity(draft),
                draft.word("code").orElse(null),
                retire(draft, family.get()),
                shared,
                members(draft, shared)));
    }

    private String means(Draft draft) {
        String means = draft.word("means").orElse("");
        if (!means.endsWith(".")) {
            problems.add(draft.lineOf("means"), draft + " needs 'means' and a sentence with a full stop");
        }
        return means;
    }

    private @Nullable Category category(Draft draft, Family family) {
        Optional<Category> category =
                word(draft, "category", Category::of, Words.of(Category.values(), Category::word));
        required(draft, "category", family.isSuspect());
        return category.orElse(null);
    }

    private @Nullable Severity severity(Draft draft) {
        String code = draft.word("code").orElse(null);
        if (code != null && !isCode(code)) {
            problems.add(
                    draft.lineOf("code"), "'" + code + "' is no message code; take it from the dictionary's texts");
        }
        if ((code == null) != draft.word("severity").isEmpty()) {
            problems.add(draft.line(), draft + " has one of 'code' and 'severity'; give both or none");
        }
        return word(draft, "severity", Severity::of, Words.of(Severity.values(), Severity::word))
                .orElse(null);
    }

    private static boolean isCode(String code) {
        String dictionary = code.substring(0, Math.max(0, code.indexOf('-')));
        return !dictionary.isEmpty()
                && DiagCode.parse(dictionary, code)
                        .filter(parsed -> parsed.toString().equals(code))
                        .isPresent();
    }

    private @Nullable Boolean retire(Draft draft, Family family) {
        required(draft, "retire", family.isSuspect());
        return word(
                        draft,
                        "retire",
                        text -> text.equals("yes") || text.equals("no")
                                ? Optional.of(text.equals("yes"))
                                : Optional.<Boolean>empty(),
                        List.of("yes", "no"))
                .orElse(null);
    }

    private void required(Draft draft, String attribute, boolean suspect) {
        if (suspect && draft.word(attribute).isEmpty()) {
            problems.add(draft.line(), draft + " needs '" + attribute + "', as every fault and defect does");
        }
        if (!suspect && draft.word(attribute).isPresent()) {
            problems.add(draft.lineOf(attribute), "'" + attribute + "' is for faults and defects; remove it");
        }
    }

    private <T> Optional<T> word(
            Draft draft, String attribute, Function<String, Optional<T>> find, List<String> known) {
        Optional<String> text = draft.word(attribute);
        Optional<T> found = text.flatMap(find);
        if (text.isPresent() && found.isEmpty()) {
            problems.add(draft.lineOf(attribute), "'" + text.get() + "' is no " + attribute + "; known are " + known);
        }
        return found;
    }

    /** The members of a block, those of its groups in their places. */
    private List<Member> members(Draft draft, List<Member> shared) {
        List<Member> members = new ArrayList<>();
        for (Draft.Item item : draft.items()) {
            if (item instanceof Draft.Own own) {
                add(draft, own.member(), own.line(), members, shared);
            } else if (item instanceof Draft.Use use) {
                Draft group = groups.get(use.group());
                usedGroups.add(use.group());
                if (group == null) {
                    problems.add(use.line(), "there is no group '" + use.group() + "'; known are " + groups.keySet());
                    continue;
                }
                for (Draft.Item inner : group.items()) {
                    if (inner instanceof Draft.Own own) {
                        add(draft, own.member(), use.line(), members, shared);
                    } else {
                        problems.add(group.line(), group + " uses a group; only families and classes do");
                    }
                }
            }
        }
        return members;
    }

    private void add(Draft draft, Member member, int line, List<Member> members, List<Member> shared) {
        List<Member> before = new ArrayList<>(shared);
        before.addAll(members);
        if (before.stream().anyMatch(other -> other.name().equals(member.name()))) {
            problems.add(line, draft + " has member '" + member.name() + "' twice; keep one");
        }
        boolean placed = member.parent().isEmpty()
                || before.stream()
                        .anyMatch(other -> other.type() == NvType.NVLIST
                                && other.asParent().equals(member.parent()));
        if (!placed) {
            problems.add(
                    line,
                    "member '" + member.name() + "' stands in '" + member.parent()
                            + "', which is no list before it; add it as nvlist");
        }
        members.add(member);
    }
}
