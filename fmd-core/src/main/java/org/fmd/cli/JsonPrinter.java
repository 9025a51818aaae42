// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.QueryJson;
import org.jspecify.annotations.Nullable;

/** {@code -j}: all members of each event, and its time and place in the log. */
final class JsonPrinter implements RecordPrinter {

    @Override
    public String heading() {
        return "";
    }

    @Override
    public void print(LoggedEvent event, PrintWriter out) throws JsonProblem {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("time", null);
        object.put("ref", null);
        object.putAll(QueryJson.plain(event.members()));
        // These names are ours; a member of a foreign event that has one of them gives way.
        object.put("time", QueryJson.time(event.tod()));
        object.put("ref", event.ref().toString());
        out.println(Json.write(object));
    }
}
