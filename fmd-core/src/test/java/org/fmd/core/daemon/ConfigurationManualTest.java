// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fmd.api.PropertySpec;
import org.fmd.testing.ConfigurationFile;
import org.fmd.testing.Fixtures;
import org.fmd.testing.ManualPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fmd.conf(5) and the delivered configuration; each module checks its own part in its own tests. */
class ConfigurationManualTest {
    private final ManualPage page = ManualPage.read("man5/fmd.conf.5");

    @TempDir
    private Path folder;

    private static Set<String> deliveredModules() throws IOException {
        try (Stream<Path> files = Files.list(Fixtures.project("etc/conf/conf.d"))) {
            return files.map(file -> file.getFileName().toString().replaceAll("\\.conf$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void theManualHasEveryPropertyOfTheDaemonAndNoOther() {
        List<ManualPage.Property> taken = new ArrayList<>();
        for (PropertySpec spec : DaemonSettings.PROPERTIES) {
            String kind = spec.choices().isEmpty()
                    ? spec.type().name().toLowerCase(Locale.ROOT)
                    : String.join(", ", spec.choices());
            taken.add(new ManualPage.Property(spec.name(), kind, spec.defaultText()));
        }
        assertEquals(taken, page.section("PROPERTIES OF THE DAEMON").properties());
    }

    @Test
    void theDeliveredFileHasEveryPropertyOfTheDaemonAndNoOther() {
        List<String> delivered = new ArrayList<>();
        for (ConfigurationFile.Entry entry : ConfigurationFile.entries("fmd.conf")) {
            delivered.add(entry.name() + " = " + entry.defaultText());
        }
        assertEquals(
                DaemonSettings.PROPERTIES.stream()
                        .map(spec -> spec.name() + " = " + spec.defaultText())
                        .toList(),
                delivered);
    }

    @Test
    void everyModuleHasItsSectionAndItsFile() throws IOException {
        Set<String> sections = new TreeSet<>(page.subsections());
        assertEquals(deliveredModules(), sections);
        int modules = 0;
        for (String jar : List.of("agents", "diagnosis-rules", "plugins")) {
            Path services = Fixtures.project(jar + "/src/main/resources/META-INF/services/org.fmd.api.FmdModule");
            modules += (int) Files.readAllLines(services).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .count();
        }
        assertEquals(modules, sections.size());
    }

    @Test
    void everyModuleCanBeDisabled() {
        assertEquals(
                List.of(new ManualPage.Property("enabled", "bool", "true")),
                page.section("PROPERTIES OF EVERY MODULE").properties());
    }

    @Test
    void whatIsDeliveredSetsNothing() {
        Problems problems = new Problems();
        FmdConf conf = FmdConf.read(Fixtures.project("etc/conf/fmd.conf"), List.of(), problems);
        assertEquals(List.of(), problems.texts());
        assertEquals(List.of(), conf.modules());
    }

    @Test
    void everyDefaultCanBeUncommentedAsItStands() throws IOException {
        Files.createDirectories(folder.resolve("conf.d"));
        uncomment("fmd.conf");
        for (String module : deliveredModules()) {
            uncomment("conf.d/" + module + ".conf");
        }
        Problems problems = new Problems();
        FmdConf conf = FmdConf.read(folder.resolve("fmd.conf"), List.of(), problems);
        DaemonSettings.from(conf, problems);
        assertEquals(List.of(), problems.texts());
        for (String module : deliveredModules()) {
            Map<String, String> delivered = new HashMap<>();
            ConfigurationFile.entries("conf.d/" + module + ".conf")
                    .forEach(entry -> delivered.put(entry.name(), entry.defaultText()));
            Map<String, String> read = new HashMap<>();
            conf.of(module).forEach((name, setting) -> read.put(name, setting.text()));
            assertEquals(delivered, read, module);
        }
    }

    private void uncomment(String name) throws IOException {
        String text = Files.readString(Fixtures.project("etc/conf/" + name));
        Files.writeString(
                folder.resolve(name), text.replaceAll("(?m)^#setprop ([^:\\s]+) (\\S+|\"[^\"]*\")$", "setprop $1 $2"));
    }

    @Test
    void everyUnitOfTimeThatTheManualNamesIsTaken() {
        String values = String.join("\n", page.section("VALUES").lines());
        Matcher units = Pattern.compile("(?m)^\\.BR ([a-z]+) \", \" ([a-z]+)").matcher(values);
        int found = 0;
        while (units.find()) {
            assertTrue(ConfValue.time("10" + units.group(1)).isPresent(), units.group());
            assertEquals(ConfValue.time("10" + units.group(1)), ConfValue.time("10" + units.group(2)));
            found++;
        }
        assertEquals(7, found);
    }
}
