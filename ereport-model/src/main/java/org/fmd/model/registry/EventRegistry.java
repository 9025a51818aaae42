// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fmd.model.event.EventClass;

/**
 * All classes of events, by name.
 *
 * @param meanings what each family is, in a sentence
 * @param entries by class, in the order of the file
 */
public record EventRegistry(Map<Family, String> meanings, Map<EventClass, ClassEntry> entries) {
    private static final String RESOURCE = "events.registry";

    private static final class Holder {
        static final EventRegistry SHIPPED = load();
    }

    public EventRegistry {
        meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The registry of a text, or all that is wrong with it. */
    public record Parsed(Optional<EventRegistry> registry, List<String> problems) {
        public Parsed {
            problems = List.copyOf(problems);
        }
    }

    /** Returns the registry of this product, {@code events.registry}; read once, when first asked for. */
    public static EventRegistry shipped() {
        return Holder.SHIPPED;
    }

    /** Reads a registry; each problem is {@code file:line: what is wrong; what to do}. */
    public static Parsed parse(String file, List<String> lines) {
        return new RegistryParser(file).parse(lines);
    }

    private static EventRegistry load() {
        try (InputStream in = EventRegistry.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing from the jar");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            Parsed parsed = parse(RESOURCE, reader.lines().collect(Collectors.toList()));
            return parsed.registry().orElseThrow(() -> new IllegalStateException(String.join("\n", parsed.problems())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + RESOURCE, e);
        }
    }

    /** Returns all classes in the order of the file. */
    public Collection<ClassEntry> classes() {
        return entries.values();
    }

    /** Returns the classes of a family in the order of the file. */
    public List<ClassEntry> classes(Family family) {
        return entries.values().stream()
                .filter(entry -> entry.family() == family)
                .toList();
    }

    /** Returns what is known of a class, empty if it is not registered. */
    public Optional<ClassEntry> find(EventClass eventClass) {
        return Optional.ofNullable(entries.get(eventClass));
    }

    /** Returns what is known of a class, empty if it is not registered or no class at all. */
    public Optional<ClassEntry> find(String eventClass) {
        return EventClass.parse(eventClass).flatMap(this::find);
    }
}
