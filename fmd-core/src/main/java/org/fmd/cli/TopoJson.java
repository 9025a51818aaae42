// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoNode;
import org.fmd.cli.ServiceStates.Blame;
import org.fmd.core.topo.Part;
import org.fmd.core.topo.Stay;
import org.fmd.model.json.Json;
import org.fmd.model.json.QueryJson;
import org.jspecify.annotations.Nullable;

/** {@code -j}: a node or a stay as one JSON object. */
final class TopoJson {
    private TopoJson() {}

    static String of(TopoNode node, ServiceStates states) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("path", node.path().toString());
        out.put("resource", node.resource().toString());
        putIfGiven(out, "asru", node.asru());
        putIfGiven(out, "fru", node.fru());
        putIfGiven(out, "label", node.label());
        out.put("state", states.of(node).word());
        List<Object> cases = new ArrayList<>();
        for (Blame blame : states.blames(node)) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("uuid", blame.uuid());
            one.put("code", blame.code());
            one.put("class", blame.eventClass());
            cases.add(one);
        }
        out.put("cases", cases);
        out.put("properties", QueryJson.plain(node.properties()));
        return Json.write(out);
    }

    static String of(Stay stay) {
        Part part = stay.part();
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("from", QueryJson.time(stay.from()));
        putTime(out, "not-before", stay.fromAfter());
        putTime(out, "to", stay.to());
        putTime(out, "there-at", stay.toAfter());
        out.put("place", part.place());
        putText(out, "label", part.label());
        putText(out, "enclosure", part.enclosure());
        putText(out, "serial", part.serial());
        putText(out, "devid", part.devid());
        putText(out, "part", part.part());
        putText(out, "revision", part.revision());
        out.put("names", part.names());
        out.put("ports", part.ports());
        return Json.write(out);
    }

    private static void putTime(Map<String, @Nullable Object> out, String name, @Nullable Instant time) {
        if (time != null && !time.equals(Instant.EPOCH)) {
            out.put(name, QueryJson.time(time));
        }
    }

    private static void putText(Map<String, @Nullable Object> out, String name, String text) {
        if (!text.isEmpty()) {
            out.put(name, text);
        }
    }

    private static void putIfGiven(Map<String, @Nullable Object> out, String name, @Nullable Object value) {
        if (value != null) {
            out.put(name, value.toString());
        }
    }
}
