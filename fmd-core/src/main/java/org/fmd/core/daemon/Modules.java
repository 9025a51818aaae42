// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.util.ArrayList;
import java.util.List;
import org.fmd.api.FmdModule;
import org.fmd.api.PropertySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The modules that there are, each with its settings; none is started. */
public final class Modules {
    private static final Logger LOG = LoggerFactory.getLogger("fmd");
    private static final PropertySpec ENABLED =
            PropertySpec.of("enabled", PropertySpec.Type.BOOL, "true", "whether the module is used at all");

    private final List<ModuleState> all = new ArrayList<>();

    private Modules() {}

    /**
     * Loads modules.
     *
     * @param folders of the image, {@code plugins} and {@code agents}; without an image the class path has them
     * @param conf their settings; what is wrong with these is added to {@code problems}
     */
    public static Modules load(Places places, List<String> folders, FmdConf conf, Problems problems) {
        ModuleLoader.Found found = places.home() == null
                ? ModuleLoader.onClassPath()
                : ModuleLoader.inFolders(
                        folders.stream().map(places.home()::resolve).toList());
        found.problems().forEach(LOG::error);
        Modules modules = new Modules();
        for (FmdModule module : found.modules()) {
            modules.add(module, conf, problems);
        }
        return modules;
    }

    private void add(FmdModule module, FmdConf conf, Problems problems) {
        List<PropertySpec> properties = new ArrayList<>(module.info().properties());
        properties.add(ENABLED);
        String name = module.info().name();
        if (names().contains(name)) {
            LOG.error("a second module is called '{}' and is not used: {}", name, module.getClass());
            return;
        }
        ModuleState state = new ModuleState(module, ModuleSettings.of(properties, conf.of(name), problems));
        if (!state.settings().bool(ENABLED.name())) {
            state.set(ModuleState.Status.DISABLED, "disabled by its configuration");
        }
        all.add(state);
    }

    private List<String> names() {
        return all.stream().map(module -> module.info().name()).toList();
    }

    /** Adds a problem for each module that something is set for and that is not there. */
    void checkNames(FmdConf conf, Problems problems) {
        List<String> names = names();
        for (String name : conf.modules()) {
            if (!name.equals(FmdConf.DAEMON) && !names.contains(name)) {
                String place = conf.of(name).values().iterator().next().place();
                problems.add(place, "there is no module '" + name + "'" + Problems.suggestion(name, names));
            }
        }
    }

    /** Returns them all, the disabled ones included. */
    List<ModuleState> all() {
        return List.copyOf(all);
    }

    /** Returns those that are not disabled. */
    public List<ModuleState> enabled() {
        return all.stream()
                .filter(m -> m.status() != ModuleState.Status.DISABLED)
                .toList();
    }
}
