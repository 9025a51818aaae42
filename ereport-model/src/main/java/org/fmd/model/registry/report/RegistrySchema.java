// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.model.json.Json;
import org.fmd.model.json.QueryJson;
import org.fmd.model.nv.NvType;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.Member;
import org.fmd.model.registry.Status;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema (draft 2020-12) of events as the commands print them with {@code -j}: {@link QueryJson}'s form of the list,
 * with {@code time} and {@code ref} of the log before it. The document is an {@code anyOf} over the classes that come into a
 * log, each of them under {@code $defs}; suspects are known by their class inside {@code fault-list}.
 */
public final class RegistrySchema {
    /** 2^53: up to here numbers are numbers, beyond they are decimal strings. */
    private static final long EXACT = 1L << 53;

    private RegistrySchema() {}

    /** Returns the document, on one line. */
    public static String of(Collection<ClassEntry> entries) {
        Map<String, @Nullable Object> defs = new LinkedHashMap<>();
        List<@Nullable Object> any = new ArrayList<>();
        defs.put("suspect", suspect(entries));
        for (ClassEntry entry : entries) {
            if (entry.status() == Status.INTERNAL) {
                continue;
            }
            defs.put(entry.eventClass().name(), entry(entry));
            if (!entry.family().isSuspect()) {
                any.add(ref(entry.eventClass().name()));
            }
        }
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Events of fmd as the commands print them with -j, schema version 1");
        schema.put("anyOf", any);
        schema.put("$defs", defs);
        return Json.write(schema) + "\n";
    }

    /** A suspect of a class that is shown is held to it; of another class only the class is known. */
    private static Map<String, @Nullable Object> suspect(Collection<ClassEntry> entries) {
        List<@Nullable Object> rules = new ArrayList<>();
        for (ClassEntry entry : entries) {
            if (entry.family().isSuspect()) {
                Map<String, @Nullable Object> is = object();
                is.put(
                        "properties",
                        Map.of("class", Map.of("const", entry.eventClass().name())));
                Map<String, @Nullable Object> rule = new LinkedHashMap<>();
                rule.put("if", is);
                rule.put("then", ref(entry.eventClass().name()));
                rules.add(rule);
            }
        }
        Map<String, @Nullable Object> suspect = object();
        suspect.put("required", List.of("class", "certainty"));
        if (!rules.isEmpty()) {
            suspect.put("allOf", rules);
        }
        return suspect;
    }

    private static Map<String, @Nullable Object> entry(ClassEntry entry) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        if (!entry.family().isSuspect()) {
            properties.put("time", described("string", "When, RFC 3339 with nanoseconds, UTC."));
            properties.put("ref", described("string", "Its place in the log."));
        }
        Map<String, @Nullable Object> schema = object(properties, entry.members(), "");
        properties.put("class", Map.of("const", entry.eventClass().name()));
        schema.put("description", entry.meaning());
        return schema;
    }

    /** The members of one list; a list of which the inside is not registered is open. */
    private static Map<String, @Nullable Object> object(
            Map<String, @Nullable Object> properties, List<Member> members, String parent) {
        Map<String, @Nullable Object> schema = object();
        List<@Nullable Object> required = new ArrayList<>();
        boolean open = true;
        for (Member member : members) {
            if (member.parent().equals(parent)) {
                String name = member.name().substring(parent.isEmpty() ? 0 : parent.length() + 1);
                open = false;
                if (name.equals("*")) {
                    schema.put("additionalProperties", value(member, members, name));
                } else {
                    properties.put(name, value(member, members, name));
                    if (member.presence() == Member.Presence.ALWAYS) {
                        required.add(name);
                    }
                }
            }
        }
        schema.put("properties", properties);
        schema.put("required", required);
        if (!open) {
            schema.putIfAbsent("additionalProperties", false);
        }
        return schema;
    }

    private static Map<String, @Nullable Object> value(Member member, List<Member> members, String name) {
        Map<String, @Nullable Object> one = single(member, members, name);
        Map<String, @Nullable Object> value = one;
        if (member.array()) {
            value = new LinkedHashMap<>();
            value.put("type", "array");
            value.put("items", one);
        }
        value.put("description", (member.unit() == null ? "" : "[" + member.unit() + "] ") + member.meaning());
        return value;
    }

    private static Map<String, @Nullable Object> single(Member member, List<Member> members, String name) {
        if (member.type() == NvType.NVLIST) {
            return "fault or defect".equals(member.unit())
                    ? ref("suspect")
                    : object(new LinkedHashMap<>(), members, member.asParent());
        }
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        if (member.type() == NvType.STRING) {
            one.put("type", "string");
            if (!member.words().isEmpty()) {
                one.put("enum", member.words());
            }
        } else if (!member.type().isInteger()) {
            one.put("type", "boolean");
        } else if (QueryJson.isIdentity(name)) {
            one.put("type", "string");
            one.put("pattern", "^0x[0-9a-f]+$");
        } else {
            number(one, member.type());
        }
        return one;
    }

    private static void number(Map<String, @Nullable Object> one, NvType type) {
        boolean wide = type.bits() == 64;
        one.put("type", wide ? List.of("integer", "string") : (Object) "integer");
        long most = wide ? EXACT : (1L << (type.isSigned() ? type.bits() - 1 : type.bits())) - 1;
        one.put("minimum", type.isSigned() ? (wide ? -most : -most - 1) : 0L);
        one.put("maximum", most);
        if (wide) {
            one.put("pattern", type.isSigned() ? "^-?[0-9]{16,19}$" : "^[0-9]{16,20}$");
        }
    }

    private static Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        return object;
    }

    private static Map<String, @Nullable Object> described(String type, String description) {
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        schema.put("description", description);
        return schema;
    }

    private static Map<String, @Nullable Object> ref(String name) {
        Map<String, @Nullable Object> ref = new LinkedHashMap<>();
        ref.put("$ref", "#/$defs/" + name);
        return ref;
    }
}
