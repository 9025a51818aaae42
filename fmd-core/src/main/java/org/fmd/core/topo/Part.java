// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.topo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * A part in its place, as the history tells it. Texts are empty where nothing is known.
 *
 * @param place path of its node, {@code chassis0/ses-enclosure0/bay7/disk0}
 * @param label what is printed beside the place
 * @param enclosure the logical identifier of the enclosure
 * @param serial its serial number
 * @param devid its devid, for a disk
 * @param part manufacturer and model
 * @param revision its firmware
 * @param names what the kernel calls it
 * @param ports where it is connected: paths of target ports or, without one, adapters
 */
public record Part(
        String place,
        String label,
        String enclosure,
        String serial,
        String devid,
        String part,
        String revision,
        List<String> names,
        List<String> ports) {

    /** Returns the parts of a snapshot: disks, adapters, enclosures and expanders. */
    static List<Part> of(Topology topology) {
        List<Part> parts = new ArrayList<>();
        for (TopoNode node : topology.nodes()) {
            switch (node.path().last().name()) {
                case "disk", "hba", "ses-enclosure", "expander" -> parts.add(of(node, topology));
                default -> {}
            }
        }
        return parts;
    }

    private static Part of(TopoNode node, Topology topology) {
        NvList about = node.properties();
        HcFmri hc = node.resource() instanceof HcFmri resource ? resource : null;
        List<String> ports = about.strings("target-ports");
        return new Part(
                node.path().toString(),
                Objects.requireNonNullElse(node.label(), ""),
                enclosure(node, topology),
                text(hc == null ? null : hc.serial()),
                about.string("devid").orElse(""),
                text(hc == null ? null : hc.part()),
                text(hc == null ? null : hc.revision()),
                about.strings("kernel-names"),
                ports.isEmpty() ? about.strings("hbas") : ports);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String enclosure(TopoNode node, Topology topology) {
        for (TopoPath path = node.path(); path != null; path = path.parent()) {
            TopoNode above = topology.at(path);
            if (above != null && above.properties().contains("enclosure-id")) {
                return above.properties().string("enclosure-id").orElse("");
            }
        }
        return "";
    }

    /** Returns what makes it this part and no other: its devid, else part and serial number, else what it is and where. */
    public String identity() {
        if (!devid.isEmpty()) {
            return devid;
        }
        return serial.isEmpty() ? part + " at " + place : part + " " + serial;
    }

    /** Returns whether it can be told from any other of its kind. */
    public boolean isKnown() {
        return !devid.isEmpty() || !serial.isEmpty();
    }

    Map<String, Object> toMap() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("place", place);
        put(out, "label", label);
        put(out, "enclosure", enclosure);
        put(out, "serial", serial);
        put(out, "devid", devid);
        put(out, "part", part);
        put(out, "revision", revision);
        if (!names.isEmpty()) {
            out.put("names", names);
        }
        if (!ports.isEmpty()) {
            out.put("ports", ports);
        }
        return out;
    }

    private static void put(Map<String, Object> out, String name, String text) {
        if (!text.isEmpty()) {
            out.put(name, text);
        }
    }

    static Part of(Map<String, @Nullable Object> line) {
        return new Part(
                word(line, "place"),
                word(line, "label"),
                word(line, "enclosure"),
                word(line, "serial"),
                word(line, "devid"),
                word(line, "part"),
                word(line, "revision"),
                words(line, "names"),
                words(line, "ports"));
    }

    private static String word(Map<String, @Nullable Object> line, String name) {
        return line.get(name) instanceof String text ? text : "";
    }

    private static List<String> words(Map<String, @Nullable Object> line, String name) {
        List<String> words = new ArrayList<>();
        if (line.get(name) instanceof List<?> values) {
            values.forEach(value -> words.add(String.valueOf(value)));
        }
        return List.copyOf(words);
    }
}
