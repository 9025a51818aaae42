// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.util.ArrayList;
import java.util.List;
import org.fmd.api.topo.TopoNode;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;
import org.jspecify.annotations.Nullable;

/** A part on one line, as a person would call it. */
final class TopoWords {
    private TopoWords() {}

    /** Returns what it is: label, model, serial number, size, names. */
    static String of(TopoNode node) {
        NvList about = node.properties();
        List<String> words = new ArrayList<>();
        switch (node.path().last().name()) {
            case "disk" -> {
                add(words, "", maker(about));
                add(words, "serial ", about.string("serial-number").orElse(""));
                about.number("capacity-in-bytes").ifPresent(bytes -> words.add(size(bytes)));
                add(words, "", String.join(" ", about.strings("logical-disks")));
                add(words, "multipath ", about.string("multipath-map").orElse(""));
            }
            case "bay" -> add(words, "", node.label());
            case "hba" -> {
                add(words, "", maker(about));
                add(words, "", about.string("driver").orElse(""));
                add(words, "firmware ", about.string("firmware-revision").orElse(""));
                add(words, "", String.join(" ", about.strings("kernel-names")));
                add(words, "", node.label());
            }
            case "nic" -> {
                add(words, "", about.string("interface").orElse(node.label()));
                add(words, "", about.string("driver").orElse(""));
                add(words, "", about.string("pci-address").orElse(""));
                add(words, "", String.join(" ", about.strings("addresses")));
                add(words, "link ", about.string("link-state").orElse(""));
            }
            case "target-port" -> {
                add(words, "", String.join(" ", about.strings("target-port-l0ids")));
                add(words, "", about.string("target-name").orElse(""));
                add(words, "portal ", String.join(" ", about.strings("portals")));
                add(words, "", String.join(" ", about.strings("kernel-names")));
            }
            case "md-array", "multipath-map", "volume" -> {
                add(words, "", about.string("block-device").orElse(""));
                add(words, "", about.string("title").orElse(""));
                about.number("capacity-in-bytes").ifPresent(bytes -> words.add(size(bytes)));
                add(words, "on ", String.join(" ", about.strings("below")));
                about.number("degraded")
                        .ifPresent(missing -> add(words, "", missing > 0 ? missing + " of its disks missing" : ""));
                add(words, "mounted at ", String.join(" ", about.strings("mount-points")));
            }
            default -> {
                add(words, "", maker(about));
                add(words, "serial ", about.string("serial-number").orElse(""));
                add(words, "firmware ", about.string("firmware-revision").orElse(""));
                add(words, "", about.string("server").orElse(""));
                add(words, "id ", about.string("enclosure-id").orElse(""));
                add(words, "", node.label());
            }
        }
        return printable(String.join("  ", words));
    }

    private static String maker(NvList about) {
        String maker = about.string("manufacturer").orElse("");
        String model = about.string("model").orElse("");
        return maker.isEmpty() || model.startsWith(maker) ? model : (maker + " " + model).strip();
    }

    private static void add(List<String> words, String before, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            words.add(before + text);
        }
    }

    /** Returns the size as disks are sold, in powers of ten with one decimal: {@code 600.1 GB}. */
    static String size(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
        long tenths = bytes >= 0 && bytes < Long.MAX_VALUE / 10 ? bytes * 10 : Long.MAX_VALUE;
        int unit = 0;
        while (tenths >= 10_000 && unit < units.length - 1) {
            tenths /= 1000;
            unit++;
        }
        return unit == 0 ? tenths / 10 + " B" : tenths / 10 + "." + tenths % 10 + " " + units[unit];
    }

    /** Returns a value as text: arrays in brackets. */
    static String text(NvValue value) {
        if (value instanceof NvValue.Str text) {
            return printable(text.value());
        }
        if (value instanceof NvValue.Strs texts) {
            return printable("[ " + String.join(" ", texts.values()) + " ]");
        }
        return value instanceof NvValue.Int number ? number.decimal() : printable(value.toString());
    }

    /** A device may call itself anything: what a terminal would obey is shown as a question mark. */
    static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c < ' ' || (c >= 0x7f && c < 0xa0) ? '?' : c);
        }
        return out.toString();
    }
}
