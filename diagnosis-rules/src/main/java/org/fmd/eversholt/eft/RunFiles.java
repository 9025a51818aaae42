// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.Topology;
import org.fmd.api.topo.TopologyJson;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * The files of a {@link DiagnosisRun}, from plain values as JSON texts hold them.
 *
 * <pre>
 *   topology   [{"path": "chassis0/bay3/disk0", "properties": {"devid": "id1,d0", "slots": 16, "ports": ["p0", "p1"]}}]
 *   ereports   [{"t_ms": 1000, "class": "ereport.disk.dead", "detector": {"devid": "id1,d0"}, "payload": {"lba": 100}},
 *               {"t_ms": 2000, "class": "list.repaired", "resources": ["chassis0/bay3/disk0"]}]
 * </pre>
 *
 * <p>In a payload {@code {"hc-fmri": PATH}} is the name of a component. All methods refuse with {@link
 * IllegalArgumentException}, whose message says which entry is wrong and why, what has another form.
 */
public final class RunFiles {
    private RunFiles() {}

    /** Nodes in walk order, parents before children: {@link TopologyJson#topology}. */
    public static Topology topology(@Nullable Object json) {
        return TopologyJson.topology(json);
    }

    /** Ereports and repairs in order of delivery. */
    public static List<RunInput> inputs(@Nullable Object json) {
        List<RunInput> inputs = new ArrayList<>();
        for (Object entry : list(json, "the list of ereports")) {
            String where = "ereport " + inputs.size();
            Map<?, ?> input = map(entry, where);
            if (!(input.get("t_ms") instanceof Long millis)) {
                throw new IllegalArgumentException(where + ": t_ms is no number");
            }
            inputs.add(input(input, Math.multiplyExact(millis, 1_000_000L), where));
        }
        return inputs;
    }

    /** One entry of the list, at that time; what it says of its own time is not looked at. */
    public static RunInput input(Map<?, ?> input, long nanos, String where) {
        String eventClass = text(input.get("class"), where + ": class");
        if (eventClass.equals("list.repaired")) {
            return new RunInput.Repair(
                    nanos,
                    list(input.get("resources"), where + ": resources").stream()
                            .map(resource -> TopologyJson.path(resource, where))
                            .toList());
        }
        Object payload = input.get("payload");
        return new RunInput.Telemetry(
                nanos,
                eventClass,
                detector(input.get("detector"), where),
                payload == null ? NvList.EMPTY : TopologyJson.members(map(payload, where), where));
    }

    private static RunInput.Detector detector(@Nullable Object json, String where) {
        if (json == null) {
            return new RunInput.Detector(null, null, null, null);
        }
        Map<?, ?> detector = map(json, where + ": detector");
        Object path = detector.get("path");
        return new RunInput.Detector(
                path == null ? null : TopologyJson.path(path, where),
                optional(detector.get("devid"), where),
                optional(detector.get("target-port"), where),
                optional(detector.get("device-path"), where));
    }

    private static @Nullable String optional(@Nullable Object json, String where) {
        return json == null ? null : text(json, where);
    }

    private static List<?> list(@Nullable Object json, String what) {
        if (json instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(what + ": a list is expected");
    }

    private static Map<?, ?> map(@Nullable Object json, String what) {
        if (json instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(what + ": an object is expected");
    }

    private static String text(@Nullable Object json, String what) {
        if (json instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(what + ": a text is expected");
    }
}
