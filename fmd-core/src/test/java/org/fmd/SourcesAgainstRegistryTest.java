// SPDX-License-Identifier: Apache-2.0
package org.fmd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fmd.model.registry.EventRegistry;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

/** A class that the sources spell out is registered, so that a new event cannot be forgotten. */
class SourcesAgainstRegistryTest {
    private static final Pattern CLASS = Pattern.compile("new EventClass\\(\"([a-z0-9._-]+)\"\\)");

    @Test
    void everyClassInTheSourcesIsRegistered() throws IOException {
        Path root = Fixtures.path(".").toAbsolutePath().normalize().getParent();
        Set<String> spelt = new TreeSet<>();
        for (String module : List.of("ereport-model", "fmd-core", "diagnosis-rules", "agents", "plugins")) {
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    Matcher name = CLASS.matcher(Files.readString(file));
                    while (name.find()) {
                        spelt.add(name.group(1));
                    }
                }
            }
        }
        assertFalse(spelt.isEmpty(), "the sources were read");
        spelt.removeIf(name -> EventRegistry.shipped().find(name).isPresent());
        assertEquals(Set.of(), spelt);
    }
}
