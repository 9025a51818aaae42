// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.fmd.api.CaseKey;
import org.fmd.model.event.LogRef;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/** The cases that are open without a diagnosis: nothing of them is published yet. */
final class OpenCases {

    /** The ereports of a case, and whether some were made by fminject. */
    static final class OpenCase {
        final Set<LogRef> ereports = new LinkedHashSet<>();
        boolean injected;
    }

    private record Key(String engine, CaseKey key) {}

    private final Map<Key, OpenCase> cases = new LinkedHashMap<>();

    int size() {
        return cases.size();
    }

    void attach(String engine, CaseKey key, LogRef ereport, boolean injected) {
        OpenCase open = cases.computeIfAbsent(new Key(engine, key), k -> new OpenCase());
        open.ereports.add(ereport);
        open.injected |= injected;
    }

    /** Takes a case that is over; null if nothing was attached to it. */
    @Nullable
    OpenCase remove(String engine, CaseKey key) {
        return cases.remove(new Key(engine, key));
    }

    /** Forgets the cases of an engine. */
    void removeAll(String engine) {
        cases.keySet().removeIf(key -> key.engine.equals(engine));
    }

    void putAll(OpenCases others) {
        cases.putAll(others.cases);
    }

    /** Writes the cases down; places in the log as the number of the log among {@code logs} and an offset. */
    List<NvList> remember() {
        List<NvList> lists = new ArrayList<>();
        cases.forEach((key, open) -> {
            Map<UUID, Long> logs = new LinkedHashMap<>();
            long[] places = new long[2 * open.ereports.size()];
            int at = 0;
            for (LogRef ereport : open.ereports) {
                places[at++] = logs.computeIfAbsent(ereport.logId(), id -> (long) logs.size());
                places[at++] = ereport.offset();
            }
            lists.add(NvList.builder()
                    .string("engine", key.engine)
                    .string("principal", key.key.principal().toString())
                    .int32("ordinal", key.key.ordinal())
                    .strings("logs", logs.keySet().stream().map(UUID::toString).toList())
                    .put("ereports", new NvValue.Ints(NvType.INT64, places))
                    .bool("injected", open.injected)
                    .build());
        });
        return lists;
    }

    /** Reads what {@link #remember} wrote; refuses with {@link IllegalArgumentException} what it cannot have written. */
    static OpenCases of(List<NvList> lists) {
        OpenCases all = new OpenCases();
        for (NvList list : lists) {
            LogRef principal = list.string("principal")
                    .flatMap(LogRef::parse)
                    .orElseThrow(() -> new IllegalArgumentException("a case without an ereport"));
            CaseKey key = new CaseKey(principal, (int) list.number("ordinal").orElse(0));
            List<UUID> logs =
                    list.strings("logs").stream().map(UUID::fromString).toList();
            OpenCase open = new OpenCase();
            open.injected = list.bool("injected").orElse(false);
            if (!(list.get("ereports") instanceof NvValue.Ints places) || places.size() % 2 != 0) {
                throw new IllegalArgumentException("a case without ereports");
            }
            for (int i = 0; i < places.size(); i += 2) {
                if (places.get(i) < 0 || places.get(i) >= logs.size()) {
                    throw new IllegalArgumentException("log " + places.get(i) + " of " + logs.size());
                }
                open.ereports.add(new LogRef(logs.get((int) places.get(i)), places.get(i + 1)));
            }
            all.cases.put(new Key(list.string("engine").orElse(""), key), open);
        }
        return all;
    }
}
