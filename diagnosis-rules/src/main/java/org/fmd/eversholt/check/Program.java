// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.fmd.eversholt.syntax.Dialect;
import org.fmd.eversholt.syntax.SourceFile;

/**
 * A checked rule set. Immutable; every list is in source order, so whatever is computed from it is reproducible.
 *
 * @param events by name, in the order of first declaration. Every declared ereport is here, used or not: an engine
 *     subscribes to all of them.
 * @param propagations the {@code prop} statements
 * @param masks statements that are parsed as arrows and have no effect
 * @param frus the paths a person replaces, as declared; names only
 * @param asrus the paths the system can take out of service, as declared; names only
 * @param dictionaries the names given by {@code #pragma dictionary}
 * @param idents the texts given by {@code #ident} and {@code #pragma ident}
 */
public record Program(
        Dialect dialect,
        List<SourceFile> files,
        Map<EventName, Event> events,
        Map<EventName, SerdEngine> serdEngines,
        Map<EventName, StatEngine> statEngines,
        List<Propagation> propagations,
        List<Propagation> masks,
        Set<List<String>> frus,
        Set<List<String>> asrus,
        List<ConfigNode> configs,
        List<String> dictionaries,
        List<String> idents) {
    public Program {
        files = List.copyOf(files);
        events = Collections.unmodifiableMap(new LinkedHashMap<>(events));
        serdEngines = Collections.unmodifiableMap(new LinkedHashMap<>(serdEngines));
        statEngines = Collections.unmodifiableMap(new LinkedHashMap<>(statEngines));
        propagations = List.copyOf(propagations);
        masks = List.copyOf(masks);
        frus = Set.copyOf(frus);
        asrus = Set.copyOf(asrus);
        configs = List.copyOf(configs);
        dictionaries = List.copyOf(dictionaries);
        idents = List.copyOf(idents);
    }

    /** The ereport classes an engine subscribes to, in order of first declaration. */
    public Set<String> ereportClasses() {
        return events.values().stream()
                .filter(event -> event.kind() == EventKind.EREPORT)
                .map(event -> event.name().eventClass())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    /** Whether a report of this class whose component is not in the topology is dropped in silence. */
    public boolean discards(String ereportClass) {
        return events.values().stream()
                .anyMatch(event -> event.name().eventClass().equals(ereportClass)
                        && event.properties().discardIfUnknown());
    }
}
