// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.topo;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvType;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/**
 * A machine as people write it down, from plain values as JSON texts hold them.
 *
 * <pre>
 *   [{"path": "chassis0", "properties": {}},
 *    {"path": "chassis0/disk3", "properties": {"devid": "id1,d0", "slots": 16, "ports": ["p0", "p1"]}}]
 * </pre>
 *
 * <p>In properties {@code {"hc-fmri": PATH}} is the name of a component. All methods refuse with {@link
 * IllegalArgumentException}, whose message says which entry is wrong and why, what has another form.
 */
public final class TopologyJson {
    private TopologyJson() {}

    /** Returns the nodes of a list, in walk order, parents before children. */
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

    /** Returns an object as a list of named values; {@code where} begins the message of a refusal. */
    public static NvList members(Map<?, ?> json, String where) {
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

    /** Returns a place that is written as {@code chassis0/bay3}. */
    public static TopoPath path(@Nullable Object json, String where) {
        return TopoPath.parse(text(json, where))
                .orElseThrow(() -> new IllegalArgumentException(
                        where + ": '" + json + "' is no path; expected names with numbers such as chassis0/bay3"));
    }
}
