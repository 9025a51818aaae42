// SPDX-License-Identifier: Apache-2.0
package org.fmd.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fmd.eversholt.check.CompileResult;
import org.fmd.eversholt.check.Compiler;
import org.fmd.eversholt.check.Event;
import org.fmd.eversholt.check.EventKind;
import org.fmd.eversholt.check.EventUse;
import org.fmd.eversholt.check.PayloadChecks;
import org.fmd.eversholt.check.PayloadUse;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.check.Propagation;
import org.fmd.eversholt.check.Term;
import org.fmd.eversholt.eft.Reason;
import org.fmd.eversholt.syntax.SourceFile;
import org.fmd.model.nv.NvType;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.EventRegistry;
import org.fmd.model.registry.Family;
import org.fmd.model.registry.Member;
import org.fmd.model.registry.Status;
import org.junit.jupiter.api.Test;

/** The shipped rules and the event registry say the same, both ways. */
class RulesAgainstRegistryTest {
    private static final Path RULES = Path.of("src", "main", "eversholt");
    private static final EventRegistry REGISTRY = EventRegistry.shipped();

    private static Map<String, Program> programs() throws IOException {
        Map<String, Program> programs = new TreeMap<>();
        try (Stream<Path> files = Files.list(RULES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".esc")).toList()) {
                String name = String.valueOf(file.getFileName());
                CompileResult result = Compiler.ours().compile(List.of(new SourceFile(name, Files.readString(file))));
                programs.put(name, result.programOrThrow());
            }
        }
        assertFalse(programs.isEmpty(), "no rules in " + RULES.toAbsolutePath());
        return programs;
    }

    @Test
    void rulesDeclareWhatIsRegisteredForThem() throws IOException {
        Set<String> declared = new TreeSet<>();
        for (Map.Entry<String, Program> one : programs().entrySet()) {
            for (Event event : one.getValue().events().values()) {
                if (event.kind() != EventKind.ERROR) {
                    declared.add(event.name().eventClass() + " " + event.kind().word() + " in " + one.getKey());
                }
            }
        }
        Set<String> registered = new TreeSet<>();
        for (ClassEntry entry : REGISTRY.classes()) {
            if (entry.rules() != null) {
                registered.add(entry.eventClass() + " " + entry.family().word() + " in " + entry.rules());
            }
        }
        assertEquals(registered, declared);
    }

    @Test
    void rulesNameOnlyRegisteredMembersAndWords() throws IOException {
        for (Map.Entry<String, Program> one : programs().entrySet()) {
            assertEquals(List.of(), new PayloadChecks(REGISTRY).check(one.getValue()), one.getKey());
        }
    }

    @Test
    void faultsHaveTheMembersThatRulesGiveThem() throws IOException {
        Map<String, Set<String>> given = new TreeMap<>();
        for (Program program : programs().values()) {
            for (Event event : program.events().values()) {
                if (event.kind() == EventKind.FAULT || event.kind() == EventKind.DEFECT) {
                    given.computeIfAbsent(event.name().eventClass(), c -> new TreeSet<>());
                }
            }
            for (PayloadUse use : PayloadUse.in(program)) {
                if (use.sets()) {
                    use.classes().stream()
                            .filter(given::containsKey)
                            .forEach(c -> given.get(c).add(use.member()));
                }
            }
        }
        Map<String, Set<String>> registered = new TreeMap<>();
        for (ClassEntry entry : REGISTRY.classes()) {
            if (entry.family().isSuspect() && entry.rules() != null) {
                registered.put(
                        entry.eventClass().name(),
                        new TreeSet<>(entry.own().stream().map(Member::name).toList()));
            }
        }
        assertEquals(registered, given);
    }

    /** The engine gives a suspect numbers as uint64 and all else as strings. */
    @Test
    void membersOfFaultsHaveTheTypesThatTheEngineGives() {
        List<String> others = new ArrayList<>();
        for (ClassEntry entry : REGISTRY.classes(Family.FAULT)) {
            for (Member member : entry.own()) {
                boolean possible = member.type() == NvType.UINT64 || member.type() == NvType.STRING;
                if (!possible || member.array() || member.presence() == Member.Presence.ALWAYS) {
                    others.add(entry.eventClass() + " " + member);
                }
            }
        }
        assertEquals(List.of(), others);
    }

    @Test
    void rulesRetireWhatIsRegisteredToBeRetired() throws IOException {
        Map<String, Boolean> rules = new TreeMap<>();
        for (Program program : programs().values()) {
            for (Event event : program.events().values()) {
                if (event.kind() == EventKind.FAULT || event.kind() == EventKind.DEFECT) {
                    boolean no = event.properties().retire() instanceof Term.Num number && number.value() == 0;
                    rules.put(event.name().eventClass(), !no);
                }
            }
        }
        Map<String, Boolean> registered = new TreeMap<>();
        for (ClassEntry entry : REGISTRY.classes()) {
            if (entry.rules() != null && entry.family().isSuspect()) {
                registered.put(entry.eventClass().name(), Boolean.TRUE.equals(entry.retire()));
            }
        }
        assertEquals(registered, rules);
    }

    /** A trip ereport comes from an engine; whatever else a rule waits for and nobody posts is only waited for. */
    @Test
    void tripEreportsAreInternal() throws IOException {
        for (Program program : programs().values()) {
            program.serdEngines().values().forEach(engine -> {
                if (engine.trip() != null) {
                    ClassEntry entry = REGISTRY.find(engine.trip().eventClass()).orElseThrow();
                    assertEquals(
                            Status.INTERNAL, entry.status(), entry.eventClass().name());
                }
            });
        }
    }

    /** What drivers and programs tell of disks beside their errors. */
    private static final Set<String> FOR_THE_LOG_ALONE = Set.of(
            "ereport.io.scsi.disk.attach-failure",
            "ereport.io.scsi.disk.pending-sectors",
            "ereport.io.scsi.disk.removed",
            "ereport.io.scsi.disk.usage-attribute");

    /** An error class that no rule explains is posted for the log alone; those of disks all mean something. */
    @Test
    void everyEreportOfADiskIsExplained() throws IOException {
        Set<String> explained = new TreeSet<>();
        for (Program program : programs().values()) {
            for (Propagation propagation : program.propagations()) {
                for (EventUse use : propagation.events()) {
                    explained.add(use.event().name().eventClass());
                }
            }
        }
        for (ClassEntry entry : REGISTRY.classes(Family.EREPORT)) {
            if (entry.eventClass().name().contains(".disk.")
                    && !FOR_THE_LOG_ALONE.contains(entry.eventClass().name())) {
                assertEquals(
                        true,
                        explained.contains(entry.eventClass().name()),
                        entry.eventClass().name());
            }
        }
    }

    @Test
    void theReasonsOfUnexpectedTelemetryAreTheRegistered() {
        Member reason = REGISTRY.find("defect.fmd.eft.unexpected-telemetry")
                .flatMap(entry -> entry.member("reason"))
                .orElseThrow();
        Set<String> words = new TreeSet<>();
        for (Reason one : Reason.values()) {
            words.add(one.word());
        }
        assertEquals(words, new TreeSet<>(reason.words()));
    }
}
