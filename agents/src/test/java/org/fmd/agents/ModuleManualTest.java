// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.fmd.api.FmdModule;
import org.fmd.api.ModuleInfo;
import org.fmd.api.PropertySpec;
import org.fmd.testing.ConfigurationFile;
import org.fmd.testing.ManualPage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manual and the delivered configuration say of the modules of this jar is what they take. */
class ModuleManualTest {

    static List<ModuleInfo> modules() {
        return ServiceLoader.load(FmdModule.class).stream()
                .map(provider -> provider.get().info())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theManualHasEveryPropertyWithItsDefaultAndNoOther(ModuleInfo module) {
        List<ManualPage.Property> taken = new ArrayList<>();
        for (PropertySpec spec : module.properties()) {
            String kind = spec.choices().isEmpty()
                    ? spec.type().name().toLowerCase(Locale.ROOT)
                    : String.join(", ", spec.choices());
            taken.add(new ManualPage.Property(spec.name(), kind, spec.defaultText()));
        }
        assertEquals(
                taken, ManualPage.read("man5/fmd.conf.5").section(module.name()).properties());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theConfigurationFileHasEveryPropertyWithItsDefaultAndNoOther(ModuleInfo module) {
        List<String> taken = new ArrayList<>(List.of("enabled = true"));
        module.properties().forEach(spec -> taken.add(spec.name() + " = " + spec.defaultText()));
        List<String> delivered = new ArrayList<>();
        for (ConfigurationFile.Entry entry : ConfigurationFile.entries("conf.d/" + module.name() + ".conf")) {
            delivered.add(entry.name() + " = " + entry.defaultText());
        }
        assertEquals(taken, delivered);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theConfigurationFileNamesEveryChoice(ModuleInfo module) {
        List<ConfigurationFile.Entry> entries = ConfigurationFile.entries("conf.d/" + module.name() + ".conf");
        for (PropertySpec spec : module.properties()) {
            for (ConfigurationFile.Entry entry : entries) {
                for (String choice : entry.name().equals(spec.name()) ? spec.choices() : List.<String>of()) {
                    assertTrue(entry.comment().contains(choice), choice + " of " + entry.name());
                }
            }
        }
    }
}
