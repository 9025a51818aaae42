// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.fmd.core.log.Damage;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogQuery;
import org.fmd.core.log.LogReader;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** The ereports that lists refer to, in the error log beside the fault log. A reference that leads nowhere is passed over. */
final class Evidence implements Closeable {
    private static final String REFERENCES = "__ereports";

    private final LogFiles files;
    private final Consumer<Damage> damage;
    private @Nullable LogReader errors;

    /** Reads in the directory of {@code files}, when first asked. */
    Evidence(LogFiles files, Consumer<Damage> damage) {
        this.files = files;
        this.damage = damage;
    }

    /** Returns the ereports of a list that are still there, in the list's order. */
    List<LoggedEvent> of(NvList list) throws IOException {
        List<LoggedEvent> found = new ArrayList<>();
        for (String text : list.strings(REFERENCES)) {
            Optional<LogRef> ref = LogRef.parse(text);
            Optional<LogEntry> entry = ref.isPresent() ? errors().read(ref.get()) : Optional.empty();
            if (entry.isPresent()) {
                found.add(LoggedEvent.of(entry.get()));
            }
        }
        return found;
    }

    /** Returns the references of all lists of these cases, each once, in order of the fault log. */
    NvList ofCases(Set<UUID> cases) throws IOException {
        Set<String> references = new LinkedHashSet<>();
        try (LogReader faults = LogReader.history(files, LogLabel.FAULT, damage).select(LogQuery.ALL.uuids(cases))) {
            while (faults.advance()) {
                references.addAll(references(faults.body()));
            }
        }
        return NvList.builder().strings(REFERENCES, List.copyOf(references)).build();
    }

    /** Returns how many ereports a list refers to. */
    static int count(NvList list) {
        return list.strings(REFERENCES).size();
    }

    private static List<String> references(byte[] body) {
        try {
            return TypedJson.read(body).strings(REFERENCES);
        } catch (JsonProblem e) {
            return List.of();
        }
    }

    private LogReader errors() {
        LogReader open = errors;
        if (open == null) {
            open = LogReader.history(files, LogLabel.ERROR, damage);
            errors = open;
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        if (errors != null) {
            errors.close();
        }
    }
}
