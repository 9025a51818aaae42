// SPDX-License-Identifier: Apache-2.0
package org.fmd.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fmd.model.fault.DiagCode;
import org.fmd.model.fault.DiagDictionary;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.EventRegistry;
import org.fmd.model.registry.Family;
import org.junit.jupiter.api.Test;

/** The dictionaries, their texts and the event registry say the same, both ways. */
class DictionariesAgainstRegistryTest {
    private static final Path DICT = Path.of("src", "main", "dict");
    private static final Pattern OF_SUSPECT = Pattern.compile("%<fault-list\\[0\\]\\.([a-z][a-z0-9_-]*)");
    private static final EventRegistry REGISTRY = EventRegistry.shipped();

    /** Class, code and texts of each line of a dictionary with one class. */
    private record Coded(String eventClass, String code, Properties texts) {}

    private static List<Coded> coded() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(DICT)) {
            files = found.filter(f -> f.toString().endsWith(".dict")).toList();
        }
        List<Coded> coded = new java.util.ArrayList<>();
        for (Path file : files) {
            DiagDictionary dictionary = DiagDictionary.parse(file.toString(), Files.readAllLines(file))
                    .dictionary()
                    .orElseThrow();
            Properties texts = new Properties();
            try (Reader reader = Files.newBufferedReader(DICT.resolve(dictionary.name() + ".properties"))) {
                texts.load(reader);
            }
            dictionary.values().forEach((classes, value) -> {
                if (!classes.contains(" ")) {
                    coded.add(new Coded(classes, new DiagCode(dictionary.name(), value).toString(), texts));
                }
            });
        }
        assertFalse(coded.isEmpty(), "no dictionaries in " + DICT.toAbsolutePath());
        return coded;
    }

    @Test
    void codesAndSeveritiesAreTheRegistered() throws IOException {
        Map<String, String> shipped = new TreeMap<>();
        for (Coded one : coded()) {
            shipped.put(one.eventClass(), one.code() + " " + one.texts().getProperty(one.code() + ".severity"));
        }
        Map<String, String> registered = new TreeMap<>();
        for (ClassEntry entry : REGISTRY.classes()) {
            if (entry.code() != null) {
                registered.put(entry.eventClass().name(), entry.code() + " " + entry.severity());
            }
        }
        assertEquals(registered, shipped);
    }

    @Test
    void everyFaultAndDefectHasACode() {
        assertEquals(
                List.of(),
                REGISTRY.classes().stream()
                        .filter(entry -> entry.family().isSuspect() && entry.code() == null)
                        .toList());
    }

    @Test
    void theTypeOfATextIsTheFamily() throws IOException {
        for (Coded one : coded()) {
            Family family = REGISTRY.find(one.eventClass()).orElseThrow().family();
            String type = one.texts().getProperty(one.code() + ".type");
            assertEquals(
                    switch (family) {
                        case FAULT -> "Fault";
                        case DEFECT -> "Defect";
                        default ->
                            Map.of("list.repaired", "Repair", "list.updated", "Update", "list.resolved", "Resolved")
                                    .get(one.eventClass());
                    },
                    type,
                    one.eventClass());
        }
    }

    /** {@code %<fault-list[0].key>} in a text: a member that the suspect can have. */
    @Test
    void textsNameOnlyRegisteredMembersOfASuspect() throws IOException {
        for (Coded one : coded()) {
            ClassEntry entry = REGISTRY.find(one.eventClass()).orElseThrow();
            for (String key : one.texts().stringPropertyNames()) {
                Matcher named = OF_SUSPECT.matcher(one.texts().getProperty(key));
                while (key.startsWith(one.code() + ".") && named.find()) {
                    assertEquals(true, entry.member(named.group(1)).isPresent(), key + " names " + named.group(1));
                }
            }
        }
    }
}
