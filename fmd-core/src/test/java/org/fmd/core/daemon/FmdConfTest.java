// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.fmd.api.PropertySpec;
import org.fmd.core.intake.IntakePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FmdConfTest {
    private static final List<PropertySpec> SPECS = List.of(
            PropertySpec.choice("mode", "what to do", "dry-run", "off", "auto"),
            PropertySpec.of("window", PropertySpec.Type.TIME, "1h", "how long"),
            PropertySpec.of("limit", PropertySpec.Type.INT, "1", "how many"),
            PropertySpec.of("room", PropertySpec.Type.SIZE, "2m", "how much"),
            PropertySpec.of("loud", PropertySpec.Type.BOOL, "false", "whether"),
            PropertySpec.of("name", PropertySpec.Type.TEXT, "", "who"));

    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private ModuleSettings settings(String main, String own, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("fmd.conf"), main);
        Files.createDirectories(folder.resolve("conf.d"));
        Files.writeString(folder.resolve("conf.d/thing.conf"), own);
        FmdConf conf = FmdConf.read(file, List.of(options), problems);
        return ModuleSettings.of(SPECS, conf.of("thing"), problems);
    }

    private List<String> told() {
        return problems.texts().stream()
                .map(t -> t.replace(folder.toString(), ""))
                .toList();
    }

    @Test
    void nothingConfiguredMeansTheDefaults() throws IOException {
        ModuleSettings settings = settings("", "");
        assertEquals("dry-run", settings.text("mode"));
        assertEquals(Duration.ofHours(1), settings.time("window"));
        assertEquals(1, settings.integer("limit"));
        assertEquals(2 << 20, settings.size("room"));
        assertEquals(false, settings.bool("loud"));
        assertEquals("", settings.text("name"));
        assertTrue(problems.isEmpty());
    }

    @Test
    void everyValueCanBeSetAndTheLastOneCounts() throws IOException {
        ModuleSettings settings =
                settings("# a comment\n\nsetprop thing:mode off\nsetprop thing:limit 7\n", """
                setprop mode auto # again
                setprop window 5min
                setprop room 1g
                setprop loud true
                setprop name "two \\"words\\" # no comment"
                """, "thing:limit=0x10");
        assertEquals(List.of(), told());
        assertEquals("auto", settings.text("mode"));
        assertEquals(Duration.ofMinutes(5), settings.time("window"));
        assertEquals(16, settings.integer("limit"));
        assertEquals(1L << 30, settings.size("room"));
        assertEquals(true, settings.bool("loud"));
        assertEquals("two \"words\" # no comment", settings.text("name"));
    }

    @Test
    void allMistakesAreToldAtOnceWithTheirPlaceAndARemedy() throws IOException {
        settings(
                "setprop\nfrobnicate x y\nsetprop thing:mode sometimes\n",
                "setprop mod auto\nsetprop window 5parsecs\nsetprop name \"open\nsetprop limit many\nsetprop a b c\n",
                "loud");
        assertEquals(
                List.of(
                        "/fmd.conf:1: 'setprop NAME VALUE' is expected; a value with blanks stands in quotes",
                        "/fmd.conf:2: unknown word 'frobnicate'; 'setprop NAME VALUE' is expected",
                        "/conf.d/thing.conf:3: a quote is not closed",
                        "/conf.d/thing.conf:5: 'setprop NAME VALUE' is expected; a value with blanks stands in quotes",
                        "option 'loud': NAME=VALUE is expected",
                        "/conf.d/thing.conf:4: 'many' is no value of 'limit', which is a whole number",
                        "/conf.d/thing.conf:1: unknown property 'mod'; did you mean 'mode'?",
                        "/fmd.conf:3: 'sometimes' is no value of 'mode', which is one of dry-run, off, auto",
                        "/conf.d/thing.conf:2: '5parsecs' is no value of 'window', which is a time such as 10s, 5min, 24h"),
                told());
    }

    @Test
    void askingForWhatIsNotDeclaredIsABug() throws IOException {
        ModuleSettings settings = settings("", "");
        assertThrows(IllegalArgumentException.class, () -> settings.bool("mode"));
        assertThrows(IllegalArgumentException.class, () -> settings.text("other"));
    }

    @Test
    void theDaemonsOwnDefaultsAreGood() {
        DaemonSettings settings =
                DaemonSettings.from(FmdConf.read(folder.resolve("none.conf"), List.of(), problems), problems);
        assertTrue(problems.isEmpty());
        assertEquals(2 << 20, settings.minFree());
        assertEquals(Duration.ofDays(30), settings.caseAge());
        assertEquals(4 << 20, settings.reserve());
        assertEquals(IntakePolicy.DEFAULT, settings.intake());
        assertEquals("info", settings.logLevel());
    }

    @Test
    void everyPropertyOfTheIntakeHasItsLimits() {
        List<String> set = List.of(
                "intake.capacity=15",
                "intake.thin.from=101",
                "intake.thin.keep=0",
                "intake.thin.every=1us",
                "log.reserve=2g");
        DaemonSettings settings =
                DaemonSettings.from(FmdConf.read(folder.resolve("none.conf"), set, problems), problems);
        assertEquals(
                List.of(
                        "fmd.conf: 'log.reserve' is 2147483648, it must not be more than 1g",
                        "fmd.conf: 'intake.thin.every' is less than a millisecond",
                        "fmd.conf: 'intake.capacity' is 15, it must lie between 16 and 1000000",
                        "fmd.conf: 'intake.thin.from' is 101, it must lie between 0 and 100",
                        "fmd.conf: 'intake.thin.keep' is 0, it must lie between 1 and 10000"),
                problems.texts());
        assertEquals(IntakePolicy.DEFAULT, settings.intake());
    }

    @Test
    void thePolicyOfTheIntakeIsWhatTheConfigurationSays() {
        List<String> set =
                List.of("intake.capacity=100", "intake.thin.from=0", "intake.thin.keep=7", "intake.thin.every=250ms");
        DaemonSettings settings =
                DaemonSettings.from(FmdConf.read(folder.resolve("none.conf"), set, problems), problems);
        assertEquals(List.of(), problems.texts());
        assertEquals(new IntakePolicy(100, 0, 7, Duration.ofMillis(250)), settings.intake());
    }
}
