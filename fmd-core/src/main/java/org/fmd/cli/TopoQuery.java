// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.core.topo.Part;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;

/**
 * What a person calls a part: an FMRI, a path or a pattern of one, or a name: serial number, devid, WWN,
 * name of the kernel or below {@code /dev}, PCI address, label, mount point.
 */
record TopoQuery(String text) {
    private static final List<String> NAMES = List.of(
            "serial-number",
            "devid",
            "kernel-names",
            "logical-disks",
            "partitions",
            "hctls",
            "pci-address",
            "title",
            "uuid",
            "interface",
            "mac-address",
            "addresses",
            "mount-points",
            "multipath-map",
            "enclosure-id",
            "sas-address",
            "target-port-l0ids",
            "target-name");

    /** Returns the nodes that are meant, in walk order. */
    List<TopoNode> in(Topology topology) {
        Fmri fmri = Fmri.parse(text).orElse(null);
        if (fmri != null && !isPattern()) {
            TopoNode node = topology.find(fmri);
            return node == null ? List.of() : List.of(node);
        }
        TopoPath path = TopoPath.parse(text).orElse(null);
        TopoNode at = path == null ? null : topology.at(path);
        if (at != null) {
            return List.of(at);
        }
        List<TopoNode> found = new ArrayList<>();
        for (TopoNode node : topology.nodes()) {
            if (isPattern() ? matches(node) : isCalled(node)) {
                found.add(node);
            }
        }
        return found;
    }

    boolean isPattern() {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(TopoNode node) {
        ClassGlob glob = new ClassGlob(text);
        return glob.matches(node.path().toString())
                || (text.contains("://") && glob.matches(node.resource().toString()));
    }

    private boolean isCalled(TopoNode node) {
        String wanted = plain(text);
        if (wanted.equalsIgnoreCase(String.valueOf(node.label()))) {
            return true;
        }
        NvList about = node.properties();
        for (String name : NAMES) {
            NvValue value = about.get(name);
            if (value instanceof NvValue.Str one && is(one.value(), wanted)) {
                return true;
            }
            if (value instanceof NvValue.Strs many) {
                for (String each : many.values()) {
                    if (is(each, wanted)) {
                        return true;
                    }
                }
            }
        }
        return node.resource() instanceof HcFmri hc && wanted.equals(hc.serial());
    }

    /** WWNs are written in many ways: what stands before the digits does not count. */
    private static boolean is(String name, String wanted) {
        return name.equals(wanted)
                || (wanted.length() >= 16 && name.length() >= 16 && digits(name).equals(digits(wanted)));
    }

    private static String digits(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String prefix : List.of("id1,sd@n", "id1,sd@w", "0x", "naa.", "eui.", "wwn-0x", "w")) {
            if (lower.startsWith(prefix)) {
                return lower.substring(prefix.length());
            }
        }
        return lower;
    }

    private static String plain(String name) {
        for (String prefix : List.of("/dev/mapper/", "/dev/disk/by-id/", "/dev/")) {
            if (name.startsWith(prefix)) {
                return name.substring(prefix.length());
            }
        }
        return name;
    }

    /** Returns whether a part of the history is meant: by its place, label, serial number, devid or a name that it had. */
    boolean matches(Part part) {
        if (isPattern()) {
            return new ClassGlob(text).matches(part.place());
        }
        String wanted = plain(text);
        if (Fmri.parse(text).orElse(null) instanceof HcFmri hc) {
            wanted = TopoPath.of(hc).map(TopoPath::toString).orElse("");
        }
        return part.place().equals(wanted)
                || (part.place().startsWith(wanted + "/") && !wanted.isEmpty())
                || wanted.equalsIgnoreCase(part.label())
                || isSlotNumber(part.label(), wanted)
                || wanted.equals(part.serial())
                || isDisk(part.devid(), wanted)
                || wanted.equals(part.enclosure())
                || part.names().contains(wanted);
    }

    private boolean isDisk(String devid, String wanted) {
        return !devid.isEmpty() && (is(devid, wanted) || text.contains("devid=" + devid));
    }

    /** "7" and "slot 7" mean the bay that is labelled "Slot 07". */
    private static boolean isSlotNumber(String label, String wanted) {
        String number = wanted.toLowerCase(Locale.ROOT).startsWith("slot ") ? wanted.substring(5) : wanted;
        return isNumber(number)
                && label.toLowerCase(Locale.ROOT).startsWith("slot ")
                && isNumber(label.substring(5))
                && Integer.parseInt(label.substring(5)) == Integer.parseInt(number);
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() < 6;
    }
}
