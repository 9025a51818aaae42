// SPDX-License-Identifier: Apache-2.0
package org.fmd.dict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fmd.model.fault.DiagCode;
import org.fmd.model.fault.DiagDictionary;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DictionaryTextsTest {
    private static final Path DICT = Path.of("src", "main", "dict");
    private static final Set<String> ITEMS = Set.of("type", "severity", "description", "response", "impact", "action");
    private static final Set<String> TYPES =
            Set.of("Fault", "Defect", "Error", "Alert", "Repair", "Update", "Resolved");
    private static final Set<String> SEVERITIES = Set.of("Critical", "Major", "Minor");
    private static final Pattern EXPRESSION =
            Pattern.compile("%<[a-z][a-z0-9_-]*(\\[[0-9]+\\])?(\\.[a-z][a-z0-9_-]*(\\[[0-9]+\\])?)*>|%s|%%");

    @TestFactory
    Stream<DynamicTest> eachDictionaryAndItsTextsNameTheSameCodes() throws IOException {
        return files(".dict")
                .map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> {
                    DiagDictionary dictionary = dictionary(file);
                    Set<String> codes = new TreeSet<>();
                    dictionary
                            .values()
                            .forEach((classes, value) -> codes.add(new DiagCode(dictionary.name(), value).toString()));
                    assertEquals(codes, texts(dictionary.name()).keySet());
                }));
    }

    @Test
    void noTextsAreWithoutDictionary() throws IOException {
        assertEquals(
                files(".dict").map(f -> f.toString().replace(".dict", "")).toList(),
                files(".properties")
                        .map(f -> f.toString().replace(".properties", ""))
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> eachCodeHasAllItsItemsAndNoOthers() throws IOException {
        return files(".dict")
                .flatMap(file -> texts(dictionary(file).name()).entrySet().stream())
                .map(code -> DynamicTest.dynamicTest(code.getKey(), () -> {
                    Map<String, String> items = code.getValue();
                    assertEquals(new TreeSet<>(ITEMS), items.keySet());
                    assertTrue(TYPES.contains(items.get("type")), items.get("type"));
                    assertTrue(SEVERITIES.contains(items.get("severity")), items.get("severity"));
                    items.forEach((item, text) -> assertWellFormed(code.getKey() + "." + item, text));
                }));
    }

    /** The numbers are the ones that administrators of the reference know by heart (fmd reference §2.7, §3.14). */
    @Test
    void knownClassesHaveTheirKnownCodes() throws IOException {
        Map<String, String> known = new TreeMap<>(Map.of(
                "fault.io.disk.predictive-failure", "DISK-8000-0X",
                "fault.io.disk.over-temperature", "DISK-8000-12",
                "fault.io.disk.self-test-failure", "DISK-8000-2J",
                "fault.io.scsi.cmd.disk.dev.rqs.derr", "DISK-8000-3E",
                "fault.io.scsi.cmd.disk.dev.rqs.merr", "DISK-8000-4Q",
                "fault.io.disk.attach-failure", "DISK-8000-5C",
                "fault.io.disk.device-errors-exceeded", "DISK-8000-6R",
                "fault.io.disk.slow-io", "DISK-8000-74"));
        known.putAll(Map.of(
                "defect.sunos.fmd.nosub", "FMD-8000-0W",
                "defect.sunos.fmd.module", "FMD-8000-2K",
                "defect.sunos.fmd.config", "FMD-8000-3F",
                "list.repaired", "FMD-8000-4M",
                "list.updated", "FMD-8000-58",
                "list.resolved", "FMD-8000-6U"));
        Map<String, String> found = new TreeMap<>();
        for (Path file : files(".dict").toList()) {
            DiagDictionary dictionary = dictionary(file);
            dictionary
                    .values()
                    .forEach((classes, value) -> found.put(classes, new DiagCode(dictionary.name(), value).toString()));
        }
        found.keySet().retainAll(known.keySet());
        assertEquals(known, found);
    }

    private static void assertWellFormed(String place, String text) {
        assertFalse(text.isBlank(), place);
        assertEquals(text.strip(), text, place);
        assertFalse(text.contains("  "), place + " has two blanks in a row");
        assertFalse(EXPRESSION.matcher(text).replaceAll("").contains("%"), place + " has a broken expression: " + text);
        assertTrue(text.chars().allMatch(c -> c >= ' ' && c <= '~'), place + " is not plain ASCII");
        boolean oneWord = place.endsWith(".type") || place.endsWith(".severity");
        assertTrue(oneWord || text.endsWith("."), place + " is no sentence: " + text);
    }

    private static Stream<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(DICT)) {
            List<Path> found =
                    files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
            assertFalse(found.isEmpty(), "no *" + suffix + " in " + DICT.toAbsolutePath());
            return found.stream();
        }
    }

    private static DiagDictionary dictionary(Path file) {
        try {
            DiagDictionary.Parsed parsed = DiagDictionary.parse(file.toString(), Files.readAllLines(file));
            assertEquals(List.of(), parsed.problems());
            DiagDictionary dictionary = parsed.dictionary().orElseThrow();
            assertEquals(dictionary.name() + ".dict", String.valueOf(file.getFileName()));
            return dictionary;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns the items of each code; a code that is none of the dictionary fails its test by being one too many. */
    private static Map<String, Map<String, String>> texts(String name) {
        Path file = DICT.resolve(name + ".properties");
        List<String> twice = new ArrayList<>();
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Object put(Object key, Object value) {
                if (containsKey(key)) {
                    twice.add(key.toString());
                }
                return super.put(key, value);
            }
        };
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertEquals(List.of(), twice, "keys that are there twice in " + file);
        Map<String, Map<String, String>> codes = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            int dot = key.lastIndexOf('.');
            codes.computeIfAbsent(key.substring(0, Math.max(dot, 0)), k -> new TreeMap<>())
                    .put(key.substring(dot + 1), properties.getProperty(key));
        }
        return codes;
    }
}
