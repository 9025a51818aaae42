// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleSetTest {
    private static Set<String> names(Iterable<String> files) {
        return StreamSupport.stream(files.spliterator(), false)
                .map(file -> Path.of(file).getFileName().toString())
                .collect(Collectors.toSet());
    }

    @Test
    void aBadFileAndThoseThatNeedItAreLeftOutAndTheOthersStay(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("a-bad.esc"),
                "event ereport.x.a@disk;\nprop fault.x.nowhere@disk -> ereport.x.a@disk;\n");
        Files.writeString(
                folder.resolve("b-needs-bad.esc"), "event fault.x.b@disk;\nprop fault.x.b@disk -> ereport.x.a@disk;\n");
        Files.writeString(
                folder.resolve("c-good.esc"),
                "event fault.x.c@disk;\nevent ereport.x.c@disk;\nprop fault.x.c@disk -> ereport.x.c@disk;\n");
        RuleSet rules = RuleSet.load(folder);
        assertEquals(Set.of("c-good.esc"), names(rules.used()));
        assertEquals(
                Set.of("a-bad.esc", "b-needs-bad.esc"), names(rules.refused().keySet()));
        assertEquals(Set.of("ereport.x.c"), rules.program().ereportClasses());
    }

    /** A checkpoint of one installation can be used by another one with the same rules. */
    @Test
    void aCopyOfTheRulesIsTheSameRules(@TempDir Path folder) throws IOException {
        Path one = Files.createDirectories(folder.resolve("one"));
        Path other = Files.createDirectories(folder.resolve("other"));
        for (Path place : List.of(one, other)) {
            Files.writeString(place.resolve("common.h"), "event ereport.x.c@disk;\n");
            Files.writeString(
                    place.resolve("a.esc"),
                    "#include \"common.h\"\nevent fault.x.c@disk;\nprop fault.x.c@disk -> ereport.x.c@disk;\n");
        }
        assertEquals(RuleSet.load(one).fingerprint(), RuleSet.load(other).fingerprint());
        Files.writeString(other.resolve("common.h"), "event ereport.x.c@disk; // since today\n");
        assertNotEquals(RuleSet.load(one).fingerprint(), RuleSet.load(other).fingerprint());
    }

    @Test
    void theShippedRulesAreInForce() throws IOException {
        RuleSet rules = RuleSet.load(Path.of("src/main/eversholt"));
        assertEquals(Set.of(), rules.refused().keySet());
    }

    @Test
    void anEngineWithoutRulesDoesNotStart(@TempDir Path folder) {
        EftEngine engine = new EftEngine();
        IOException refusal = assertThrows(IOException.class, () -> engine.start(new TestContext(folder)));
        assertEquals("no usable rule file (*.esc) in '" + folder + "'", refusal.getMessage());
    }

    @Test
    void overridesAreTriplets() {
        assertEquals(
                List.of(new Settings.Limits(9, 1_000_000_000L), new Settings.Limits(1, 120_000_000_000L)),
                List.of(
                        Settings.overrides("serd.other,9,1s serd.x,1,2m").get("serd.other"),
                        Settings.overrides("serd.other,9,1s serd.x,1,2m").get("serd.x")));
        assertThrows(IllegalArgumentException.class, () -> Settings.overrides("serd.x,many,2m"));
    }
}
