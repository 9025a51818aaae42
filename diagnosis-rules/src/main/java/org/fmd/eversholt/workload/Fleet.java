// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.workload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;

/**
 * Hosts full of disks: {@code chassis0/ses-enclosure2/bay17/disk0}. An enclosure has up to {@value #BAYS} disks behind one
 * expander, an adapter up to {@value #ENCLOSURES} enclosures. What is known of a disk follows from its number.
 */
public final class Fleet {
    static final int BAYS = 60;
    static final int ENCLOSURES = 4;

    private static final String[][] MODELS = {
        {"SEAGATE", "ST8000NM0075", "E004"},
        {"HGST", "HUS728T8TAL5204", "B41G"},
        {"TOSHIBA", "MG06SCA800EY", "0109"},
        {"WDC", "WUH721816AL5204", "C680"}
    };

    private final int disks;
    private final int hosts;
    private final int perHost;

    Fleet(int disks, int hosts) {
        this.disks = disks;
        this.hosts = hosts;
        this.perHost = (disks + hosts - 1) / hosts;
    }

    int disks() {
        return disks;
    }

    /** The disks {@code first} to {@code end}, the latter left out. */
    record Range(int first, int end) {
        int size() {
            return end - first;
        }
    }

    /** The disks behind the expander of a disk. */
    Range enclosure(int disk) {
        return around(disk, BAYS);
    }

    /** The disks on the adapter of a disk. */
    Range adapter(int disk) {
        return around(disk, BAYS * ENCLOSURES);
    }

    private Range around(int disk, int size) {
        int ofHost = disk / perHost * perHost;
        int first = ofHost + (disk - ofHost) / size * size;
        return new Range(first, Math.min(disks, Math.min(first + size, ofHost + perHost)));
    }

    /** The identity of a disk: what its name and serial number are made of. */
    private static String identity(int disk) {
        long bits = (Dice.mixed(disk) >>> 24 & ~0xff_ffffL) | (disk & 0xff_ffffL);
        return Long.toHexString(1L << 40 | bits).substring(1);
    }

    static String devid(int disk) {
        return "id1,sd@n5000c5" + identity(disk);
    }

    static String serial(int disk) {
        return "ZC" + identity(disk).toUpperCase(Locale.ROOT);
    }

    /** Maker, model and firmware. */
    static String[] model(int disk) {
        return MODELS[(int) (Dice.mixed(disk) >>> 60) % MODELS.length];
    }

    String devicePath(int disk) {
        int host = disk / perHost;
        int place = disk % perHost;
        int adapter = place / (BAYS * ENCLOSURES);
        return "/devices/pci0000:" + Integer.toHexString(0x100 | (host & 0xff)).substring(1) + "/0000:00:03.0/host"
                + host + "-" + adapter + "/target4:0:" + place + "/4:0:" + place + ":0";
    }

    TopoPath path(int disk) {
        int place = disk % perHost;
        return TopoPath.of("chassis", disk / perHost)
                .child("ses-enclosure", place / BAYS)
                .child("bay", place % BAYS)
                .child("disk", 0);
    }

    DevFmri detector(int disk) {
        return new DevFmri(devicePath(disk), devid(disk), "w5000c5" + identity(disk));
    }

    /** Returns the machine as the engine takes it. */
    public Topology topology() {
        List<TopoNode> nodes = new ArrayList<>();
        walk(nodes::add);
        return new Topology(nodes);
    }

    /** Tells the nodes of the machine in walk order, parents before children. */
    public void walk(Consumer<TopoNode> nodes) {
        for (int host = 0; host < hosts; host++) {
            TopoPath chassis = TopoPath.of("chassis", host);
            nodes.accept(node(chassis, NvList.EMPTY));
            int end = Math.min(disks, (host + 1) * perHost);
            for (int disk = host * perHost; disk < end; disk++) {
                int place = disk % perHost;
                TopoPath enclosure = chassis.child("ses-enclosure", place / BAYS);
                if (place % BAYS == 0) {
                    nodes.accept(node(enclosure, NvList.EMPTY));
                }
                nodes.accept(node(enclosure.child("bay", place % BAYS), NvList.EMPTY));
                nodes.accept(node(path(disk), properties(disk)));
            }
        }
    }

    private static TopoNode node(TopoPath path, NvList properties) {
        return new TopoNode(path, path.toHc(), null, null, null, properties);
    }

    private NvList properties(int disk) {
        String[] model = model(disk);
        return NvList.builder()
                .string("devid", devid(disk))
                .string("dev", devicePath(disk))
                .strings("target-port-l0ids", List.of("w5000c5" + identity(disk)))
                .string("manufacturer", model[0])
                .string("model", model[1])
                .string("serial-number", serial(disk))
                .string("firmware-revision", model[2])
                .build();
    }

    /** Returns a node in the form that {@code --topology} takes, for {@code Json.write}. */
    public static Map<String, Object> plain(TopoNode node) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("path", node.path().toString());
        if (!node.properties().isEmpty()) {
            Map<String, Object> properties = new LinkedHashMap<>();
            node.properties()
                    .asMap()
                    .keySet()
                    .forEach(name -> properties.put(
                            name,
                            node.properties()
                                    .string(name)
                                    .<Object>map(text -> text)
                                    .orElseGet(() -> node.properties().strings(name))));
            plain.put("properties", properties);
        }
        return plain;
    }
}
