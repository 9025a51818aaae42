// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.fmd.eversholt.eft.Replay;
import org.fmd.model.json.Json;
import org.fmd.model.json.QueryJson;
import org.jspecify.annotations.Nullable;

/**
 * The report as JSON, one object a line:
 *
 * <pre>
 *   summary     rules ereports other-events unreadable and a number for each {@link Replay.Kind}
 *   difference  change (lost gained moved changed), today and candidate: each null or {time line suspects[class resource certainty]}
 *   serd        rules engine records instances fired n[] t-ms[] would-fire[[]]: one row for each N
 * </pre>
 */
public final class BacktestJson {
    private static final long MILLI = 1_000_000L;

    private BacktestJson() {}

    public static void print(Backtest test, Consumer<String> out) {
        for (Backtest.Side side : test.sides()) {
            Map<String, @Nullable Object> line = line("summary");
            line.put("rules", side.name());
            line.put("ereports", test.ereports());
            line.put("other-events", test.others());
            line.put("unreadable", test.unreadable());
            for (Replay.Kind kind : Replay.Kind.values()) {
                line.put(kind.word(), side.count(kind));
            }
            if (test.sides().size() > 1) {
                line.put("same", test.differences().same());
            }
            out.accept(Json.write(line));
        }
        for (Differences.Difference difference : test.differences().all()) {
            Map<String, @Nullable Object> line = line("difference");
            line.put("change", difference.change().name().toLowerCase(Locale.ROOT));
            line.put("today", verdict(difference.today()));
            line.put("candidate", verdict(difference.candidate()));
            out.accept(Json.write(line));
        }
        for (Backtest.Side side : test.sides()) {
            for (SerdTable table : side.engines().tables()) {
                out.accept(Json.write(table(side, table)));
            }
        }
    }

    private static Map<String, @Nullable Object> line(String kind) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("schema-version", 1L);
        line.put("kind", kind);
        return line;
    }

    private static @Nullable Object verdict(Replay.@Nullable Verdict verdict) {
        if (verdict == null) {
            return null;
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("time", QueryJson.time(Times.instant(verdict.nanos())));
        if (Replay.isLine(verdict.ereport())) {
            members.put("line", verdict.ereport().offset());
        } else {
            members.put("ereport", verdict.ereport().toString());
        }
        List<Object> suspects = new ArrayList<>();
        for (Replay.Named suspect : verdict.suspects()) {
            Map<String, Object> named = new LinkedHashMap<>();
            named.put("class", suspect.eventClass());
            named.put("resource", suspect.resource());
            named.put("certainty", suspect.certainty());
            suspects.add(named);
        }
        members.put("suspects", suspects);
        return members;
    }

    private static Map<String, @Nullable Object> table(Backtest.Side side, SerdTable table) {
        Map<String, @Nullable Object> line = line("serd");
        line.put("rules", side.name());
        line.put("engine", table.engine());
        line.put("records", table.records());
        line.put("instances", table.instances());
        line.put("fired", table.fired());
        line.put("n", table.ns());
        line.put("t-ms", table.windows().stream().map(t -> t / MILLI).toList());
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < table.ns().size(); i++) {
            List<Long> row = new ArrayList<>();
            for (int j = 0; j < table.windows().size(); j++) {
                row.add(table.fired(i, j));
            }
            rows.add(row);
        }
        line.put("would-fire", rows);
        return line;
    }
}
