// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fmd.model.json.Json;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.Member;
import org.jspecify.annotations.Nullable;

/** Classes for programs: one JSON object a line. What does not apply to a class is left out. */
public final class RegistryJson {
    private static final long VERSION = 1;

    private RegistryJson() {}

    /** Returns the class on a line of its own. */
    public static String line(ClassEntry entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("schema-version", VERSION);
        json.put("class", entry.eventClass().name());
        json.put("family", entry.family().word());
        json.put("meaning", entry.meaning());
        json.put("status", entry.status().word());
        json.put("by", entry.makers());
        put(json, "rules", entry.rules());
        put(json, "category", entry.category());
        put(json, "severity", entry.severity());
        put(json, "code", entry.code());
        put(json, "retire", entry.retire());
        json.put("members", entry.members().stream().map(RegistryJson::member).toList());
        return Json.write(json) + "\n";
    }

    private static Map<String, @Nullable Object> member(Member member) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", member.name());
        json.put("type", member.typeText());
        put(json, "unit", member.unit());
        if (!member.words().isEmpty()) {
            json.put("words", member.words());
        }
        json.put("presence", member.presence().word());
        put(json, "condition", member.condition().isEmpty() ? null : member.condition());
        json.put("meaning", member.meaning());
        return json;
    }

    private static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value instanceof Boolean ? value : value.toString());
        }
    }
}
