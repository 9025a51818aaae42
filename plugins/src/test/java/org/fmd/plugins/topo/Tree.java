// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fmd.api.topo.Topology;
import org.fmd.model.json.Json;
import org.fmd.plugins.topo.sysfs.CapturedSysfs;
import org.fmd.plugins.topo.sysfs.Sysfs;

/** A machine made by hand. */
final class Tree {
    final Map<String, Object> values = new LinkedHashMap<>();

    Tree text(String path, String text) {
        values.put(path, text);
        return this;
    }

    Tree hex(String path, String hex) {
        values.put(path, Map.of("hex", hex));
        return this;
    }

    Tree link(String path, String target) {
        values.put(path, Map.of("link", target));
        return this;
    }

    /** Adds a SCSI disk below a target, with its block device. */
    Tree disk(String target, String hctl, String block, String vendor, String model) {
        String device = target + "/" + hctl;
        String folder = "class/scsi_device/" + hctl;
        return link(folder, device + "/scsi_device/" + hctl)
                .text(folder + "/device/type", "0")
                .text(folder + "/device/vendor", vendor)
                .text(folder + "/device/model", model)
                .text(folder + "/device/rev", "0001")
                .link("block/" + block + "/device", device)
                .text("block/" + block + "/size", "2048");
    }

    Tree serial(String hctl, String serial) {
        return hex("class/scsi_device/" + hctl + "/device/vpd_pg80", page(0x80, bytes(serial)));
    }

    Tree naa(String hctl, String hex) {
        String designator = "010300" + "%02x".formatted(hex.length() / 2) + hex;
        return hex("class/scsi_device/" + hctl + "/device/vpd_pg83", page(0x83, designator));
    }

    Tree enclosure(String target, String hctl, String id) {
        String device = target + "/" + hctl;
        return link("class/scsi_device/" + hctl, device + "/scsi_device/" + hctl)
                .text("class/scsi_device/" + hctl + "/device/type", "13")
                .link("class/enclosure/" + hctl, device + "/enclosure/" + hctl)
                .text("class/enclosure/" + hctl + "/id", id);
    }

    Tree bay(String enclosure, String name, String slot) {
        String folder = "class/enclosure/" + enclosure + "/" + name;
        return text(folder + "/type", "array device").text(folder + "/slot", slot);
    }

    static String bytes(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String page(int code, String hex) {
        return "00%02x%04x".formatted(code, hex.length() / 2) + hex;
    }

    Sysfs sysfs() {
        try {
            return CapturedSysfs.of(Json.writeLine(Map.of("before", values)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Topology topology() {
        return SysfsTopology.of(sysfs(), "nas1");
    }
}
