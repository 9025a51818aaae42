// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fmd.api.PropertySpec;
import org.fmd.api.Settings;

/** The values of one module's properties, each checked against its declaration. Immutable. */
public final class ModuleSettings implements Settings {
    private final Map<String, PropertySpec> specs;
    private final Map<String, String> texts;

    private ModuleSettings(Map<String, PropertySpec> specs, Map<String, String> texts) {
        this.specs = specs;
        this.texts = texts;
    }

    /** Takes defaults and what was set; what is wrong goes to {@code problems}, and the default counts there. */
    static ModuleSettings of(List<PropertySpec> declared, Map<String, FmdConf.Setting> set, Problems problems) {
        Map<String, PropertySpec> specs = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        for (PropertySpec spec : declared) {
            specs.put(spec.name(), spec);
            texts.put(spec.name(), spec.defaultText());
        }
        for (Map.Entry<String, FmdConf.Setting> entry : new TreeMap<>(set).entrySet()) {
            String name = entry.getKey();
            FmdConf.Setting setting = entry.getValue();
            PropertySpec spec = specs.get(name);
            if (spec == null) {
                problems.add(
                        setting.place(), "unknown property '" + name + "'" + Problems.suggestion(name, specs.keySet()));
                continue;
            }
            Optional<String> problem = ConfValue.problem(spec, setting.text());
            if (problem.isPresent()) {
                problems.add(setting.place(), problem.get());
            } else {
                texts.put(name, setting.text());
            }
        }
        return new ModuleSettings(specs, texts);
    }

    private String value(String name, PropertySpec.Type... types) {
        PropertySpec spec = specs.get(name);
        String text = texts.get(name);
        if (spec == null || text == null || !List.of(types).contains(spec.type())) {
            throw new IllegalArgumentException("no property '" + name + "' of type " + List.of(types) + " is declared");
        }
        return text;
    }

    @Override
    public boolean bool(String name) {
        return Boolean.parseBoolean(value(name, PropertySpec.Type.BOOL));
    }

    @Override
    public long integer(String name) {
        return ConfValue.integer(value(name, PropertySpec.Type.INT)).orElseThrow();
    }

    @Override
    public String text(String name) {
        return value(name, PropertySpec.Type.TEXT, PropertySpec.Type.CHOICE);
    }

    @Override
    public Duration time(String name) {
        return ConfValue.time(value(name, PropertySpec.Type.TIME)).orElseThrow();
    }

    @Override
    public long size(String name) {
        return ConfValue.size(value(name, PropertySpec.Type.SIZE)).orElseThrow();
    }
}
