// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.ctl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentOutcome.SuspectOutcome;
import org.fmd.api.Message;
import org.fmd.core.cases.Case;
import org.fmd.core.manager.OutcomeRecord;
import org.fmd.core.msg.Host;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.LogRef;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.json.QueryJson;
import org.jspecify.annotations.Nullable;

/** A case as the control socket tells it. */
public final class CaseJson {
    private CaseJson() {}

    /**
     * Returns the case as plain values.
     *
     * @param message what its code says to people
     */
    public static Map<String, @Nullable Object> of(Case value, Host host, Message message) {
        ListEvent diagnosis = value.diagnosis();
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("type", "case");
        out.put("uuid", value.uuid().toString());
        out.put("code", diagnosis.code());
        out.put("severity", message.severity());
        out.put("state", OutcomeRecord.word(value.state()));
        out.put("time", QueryJson.time(value.last().tod()));
        out.put("diag-time", QueryJson.time(diagnosis.diagTime()));
        out.put("message", diagnosis.message());
        out.put("injected", diagnosis.injected());
        out.put("de", engine(diagnosis));
        out.put("host", Map.of("server", host.server(), "product", host.product(), "chassis", host.chassis()));
        List<Object> suspects = new ArrayList<>();
        for (int i = 0; i < diagnosis.suspects().size(); i++) {
            suspects.add(suspect(diagnosis.suspects().get(i), value.statuses().get(i)));
        }
        out.put("suspects", suspects);
        out.put("ereports", diagnosis.ereports().stream().map(LogRef::toString).toList());
        out.put("duplicates", value.duplicates());
        out.put("last-seen", QueryJson.time(value.lastSeen()));
        out.put("outcomes", outcomes(value));
        out.put("texts", texts(message));
        return out;
    }

    private static Map<String, @Nullable Object> engine(ListEvent diagnosis) {
        Map<String, @Nullable Object> engine = new LinkedHashMap<>();
        if (diagnosis.engine() instanceof FmdFmri fmd) {
            engine.put("mod-name", fmd.module());
            engine.put("mod-version", fmd.version());
        } else {
            engine.put("mod-name", diagnosis.engine().toString());
        }
        return engine;
    }

    private static Map<String, @Nullable Object> suspect(Suspect suspect, SuspectStatus status) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("class", suspect.eventClass().name());
        out.put("certainty", suspect.certainty());
        putIfKnown(out, "resource", suspect.resource());
        putIfKnown(out, "asru", suspect.asru());
        putIfKnown(out, "fru", suspect.fru());
        putIfKnown(out, "location", suspect.location());
        out.put("retire", suspect.retire());
        out.put("response", suspect.response());
        out.put("message", suspect.message());
        out.put("payload", QueryJson.plain(suspect.payload()));
        out.put("status", status.set().stream().map(OutcomeRecord::word).toList());
        return out;
    }

    private static void putIfKnown(Map<String, @Nullable Object> out, String name, @Nullable Object value) {
        if (value != null) {
            out.put(name, value.toString());
        }
    }

    private static List<Object> outcomes(Case value) {
        List<Object> all = new ArrayList<>();
        for (Map.Entry<String, Case.Answer> entry : new TreeMap<>(value.outcomes()).entrySet()) {
            AgentOutcome outcome = entry.getValue().outcome();
            List<Object> suspects = new ArrayList<>();
            for (SuspectOutcome suspect : outcome.suspects()) {
                suspects.add(Map.of(
                        "index", suspect.index(),
                        "result", OutcomeRecord.word(suspect.result()),
                        "effect", OutcomeRecord.word(suspect.effect()),
                        "action", suspect.action(),
                        "reason", suspect.reason()));
            }
            Map<String, @Nullable Object> out = new LinkedHashMap<>();
            out.put("agent", entry.getKey());
            out.put("time", QueryJson.time(entry.getValue().time()));
            out.put("event", entry.getValue().kind().eventClass().name());
            out.put("result", OutcomeRecord.word(outcome.result()));
            out.put("reason", outcome.reason());
            out.put("suspects", suspects);
            all.add(out);
        }
        return all;
    }

    private static Map<String, @Nullable Object> texts(Message message) {
        Map<String, @Nullable Object> texts = new LinkedHashMap<>();
        texts.put("type", message.type());
        texts.put("severity", message.severity());
        texts.put("description", message.description());
        texts.put("response", message.response());
        texts.put("impact", message.impact());
        texts.put("action", message.action());
        return texts;
    }
}
