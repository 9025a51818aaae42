// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
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

    /** Nodes in walk order, parents before children. */
    public static Topology topology(@Nullable Object json) {
        List<TopoNode> nodes = new ArrayList<>();
        for (Object entry : list(json, "the topology")) {
            String where = "node " + nodes.size() + " of the topology";
            Map<?, ?> node = map(entry, where);
            TopoPath path = path(node.get("path"), where + ": path");
            Object properties = node.get("properties");
            nodes.add(new TopoNode(
                    path,
                    path.toHc(),
                    null,
                    null,
                    null,
                    properties == null ? NvList.EMPTY : members(map(properties, where), where)));
        }
        return new Topology(nodes);
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
                            .map(resource -> path(resource, where))
                            .toList());
        }
        Object payload = input.get("payload");
        return new RunInput.Telemetry(
                nanos,
                eventClass,
                detector(input.get("detector"), where),
                payload == null ? NvList.EMPTY : members(map(payload, where), where));
    }

    private static RunInput.Detector detector(@Nullable Object json, String where) {
        if (json == null) {
            return new RunInput.Detector(null, null, null, null);
        }
        Map<?, ?> detector = map(json, where + ": detector");
        Object path = detector.get("path");
        return new RunInput.Detector(
                path == null ? null : path(path, where),
                optional(detector.get("devid"), where),
                optional(detector.get("target-port"), where),
                optional(detector.get("device-path"), where));
    }

    private static @Nullable String optional(@Nullable Object json, String where) {
        return json == null ? null : text(json, where);
    }

    private static NvList members(Map<?, ?> json, String where) {
        NvList.Builder list = NvList.builder();
        for (Map.Entry<?, ?> member : json.entrySet()) {
            String name = String.valueOf(member.getKey());
            list.put(name, value(member.getValue(), where + ": " + name));
        }
        return list.build();
    }

    private static NvValue value(@Nullable Object json, String where) {
        if (json instanceof String text) {
            return new NvValue.Str(text);
        }
        if (json instanceof Boolean truth) {
            return new NvValue.Bool(truth);
        }
        if (json instanceof Long || json instanceof BigInteger) {
            return number((Number) json, where);
        }
        if (json instanceof Map<?, ?> map) {
            return new NvValue.Nested(nested(map, where));
        }
        if (json instanceof List<?> list) {
            return array(list, where);
        }
        throw new IllegalArgumentException(where + ": " + json + " is no value that an ereport can hold");
    }

    private static NvValue.Int number(Number number, String where) {
        BigInteger value = number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
        if (value.signum() < 0 ? value.bitLength() > 63 : value.bitLength() > 64) {
            throw new IllegalArgumentException(where + ": " + value + " has more than 64 bits");
        }
        return new NvValue.Int(value.signum() < 0 ? NvType.INT64 : NvType.UINT64, value.longValue());
    }

    private static NvList nested(Map<?, ?> json, String where) {
        Object place = json.get("hc-fmri");
        return place == null ? members(json, where) : path(place, where).toHc().toNvList();
    }

    private static NvValue array(List<?> json, String where) {
        if (!json.isEmpty() && json.stream().allMatch(Map.class::isInstance)) {
            return new NvValue.NestedLists(
                    json.stream().map(e -> nested(map(e, where), where)).toList());
        }
        if (!json.isEmpty() && json.stream().allMatch(e -> e instanceof Long || e instanceof BigInteger)) {
            List<NvValue.Int> numbers =
                    json.stream().map(e -> number((Number) e, where)).toList();
            boolean signed = numbers.stream().anyMatch(n -> n.type() == NvType.INT64);
            return new NvValue.Ints(
                    signed ? NvType.INT64 : NvType.UINT64,
                    numbers.stream().mapToLong(NvValue.Int::value).toArray());
        }
        if (!json.isEmpty() && json.stream().allMatch(Boolean.class::isInstance)) {
            return new NvValue.Bools(json.stream().map(Boolean.class::cast).toList());
        }
        return new NvValue.Strs(json.stream().map(e -> text(e, where)).toList());
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

    private static TopoPath path(@Nullable Object json, String where) {
        return TopoPath.parse(text(json, where))
                .orElseThrow(() -> new IllegalArgumentException(
                        where + ": '" + json + "' is no path; expected names with numbers such as chassis0/bay3"));
    }
}
