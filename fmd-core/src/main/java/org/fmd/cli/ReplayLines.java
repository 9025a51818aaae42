// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.core.replay.Told;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.fault.Suspect;
import org.fmd.model.json.Json;
import org.fmd.model.json.QueryJson;
import org.fmd.model.registry.Category;
import org.fmd.model.registry.ClassEntry;
import org.fmd.model.registry.EventRegistry;
import org.jspecify.annotations.Nullable;

/** {@code fmd replay -j}: a line for each ereport and each case, as they come, and one for it all. */
public final class ReplayLines implements Told {
    private static final List<String> OF_PAYLOAD = List.of("driver-assessment", "key", "asc", "ascq", "lba");

    private final PrintWriter out;

    public ReplayLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begins(List<Source> inputs) {}

    @Override
    public void ereport(int index, Ereport ereport, @Nullable String device) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("type", "ereport");
        line.put("time", QueryJson.time(ereport.tod()));
        line.put("class", ereport.eventClass().name());
        putIfKnown(line, "device", device);
        Map<String, @Nullable Object> payload = QueryJson.plain(ereport.payload());
        for (String member : OF_PAYLOAD) {
            putIfKnown(line, member, payload.get(member));
        }
        if (ereport.detector() != null) {
            line.put("detector", QueryJson.plain(ereport.detector().toNvList()));
        }
        print(line);
    }

    @Override
    public void diagnosed(Diagnosed diagnosed) {
        ListEvent event = diagnosed.event();
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("type", "case");
        line.put("time", QueryJson.time(event.tod()));
        line.put("uuid", event.uuid().toString());
        line.put("code", event.code());
        List<Object> suspects = new ArrayList<>();
        event.suspects().forEach(suspect -> suspects.add(suspect(suspect)));
        line.put("suspects", suspects);
        line.put("ereports", diagnosed.ereports());
        line.put("affected", diagnosed.affected());
        print(line);
    }

    private static Map<String, @Nullable Object> suspect(Suspect suspect) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("class", suspect.eventClass().name());
        putIfKnown(out, "category", category(suspect));
        out.put("certainty", suspect.certainty());
        putIfKnown(out, "resource", text(suspect.resource()));
        putIfKnown(out, "asru", text(suspect.asru()));
        putIfKnown(out, "fru", text(suspect.fru()));
        return out;
    }

    /** Returns the word for the kind of part that a suspect points to; null for a class that is not registered. */
    static @Nullable String category(Suspect suspect) {
        return EventRegistry.shipped()
                .find(suspect.eventClass())
                .map(ClassEntry::category)
                .map(Category::word)
                .orElse(null);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static void putIfKnown(Map<String, @Nullable Object> line, String name, @Nullable Object value) {
        if (value != null) {
            line.put(name, value);
        }
    }

    @Override
    public void ends(Summary summary) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("type", "summary");
        line.put("ereports", summary.ereports());
        line.put("cases", summary.cases());
        line.put("categories", summary.categories().stream().map(Category::word).toList());
        line.put("unparsed", summary.unparsed());
        print(line);
    }

    private void print(Map<String, @Nullable Object> line) {
        out.print(Json.write(line));
        out.print('\n');
    }
}
