// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.api.SourceContext;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.assess.DiskIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Finds the part that a message of the kernel names: {@code mpt3sas_cm0}, {@code 0000:18:00.0}, {@code ata1.00}, {@code
 * connection2:0}, {@code sdb}. Indexes each topology snapshot once; belongs to the reader thread.
 */
final class PartIndex {
    /** An adapter of which the driver tells a number of its own: {@code mpt3sas_cm0}, {@code ioc0}, {@code mpi3mr0}. */
    private static final Pattern NUMBERED = Pattern.compile("(mpt2sas|mpt3sas|mpi3mr|ioc)(?:_cm)?([0-9]{1,4})");

    private static final Pattern ATA_DEVICE = Pattern.compile("(ata[0-9]{1,5})\\.([0-9]{1,2})");
    private static final Pattern SESSION = Pattern.compile("connection([0-9]{1,9}):[0-9]{1,9}");
    private static final Pattern REMOTE_PORT = Pattern.compile("/(rport-[0-9:-]{1,30})/");
    private static final Pattern NVME_NAMESPACE = Pattern.compile("(nvme[0-9]{1,5})(?:c[0-9]{1,5})?n[0-9]{1,9}");

    private final SourceContext context;
    private @Nullable Topology indexed;
    private Map<String, String> pathOf = Map.of();
    /** By the names that the topology knows; an adapter has those of all its ports, too. */
    private Map<String, String> pathOfKernelName = Map.of();

    private Map<String, TopoNode> diskOfName = Map.of();
    private Map<String, String> diskOfNumber = Map.of();
    private Map<String, String> addressOfAta = Map.of();
    private Map<String, List<String>> adaptersOfDriver = Map.of();

    PartIndex(SourceContext context) {
        this.context = context;
    }

    /** Returns the device path of a part below {@code /sys}, {@code /devices/unknown/NAME} if the topology does not know it. */
    String pathOf(String part) {
        use(context.topology());
        String path = pathOf.get(part);
        if (path == null) {
            path = byForm(part);
        }
        if (path == null) {
            path = pathOfKernelName.get(part);
        }
        return path != null ? path : "/devices/unknown/" + printable(part);
    }

    /** Returns who a disk without a SCSI address is, by its name; null if the topology does not know it. */
    @Nullable
    DiskIdentity disk(String name) {
        use(context.topology());
        TopoNode node = diskOfName.get(name);
        if (node == null) {
            return null;
        }
        NvList about = node.properties();
        String devid = about.string("devid").orElse("");
        boolean fits = !devid.isEmpty() && devid.indexOf('/') < 0 && devid.indexOf(':') < 0;
        long blockSize = about.number("block-size").orElse(0);
        return new DiskIdentity(
                pathOf(name),
                fits ? devid : null,
                about.string("manufacturer").orElse(null),
                about.string("model").orElse(null),
                about.string("firmware-revision").orElse(null),
                about.string("serial-number").orElse(null),
                blockSize > 0 && blockSize <= 1 << 20 ? (int) blockSize : 0);
    }

    /** Returns the name of the disk with a number, {@code 8:16}; those of SCSI disks are assigned for good. */
    @Nullable
    String diskOfNumber(String number) {
        use(context.topology());
        String known = diskOfNumber.get(number);
        return known != null ? known : DiskNumbers.nameOf(number);
    }

    /** Returns the SCSI address of an ATA device, {@code ata1.00} to {@code 0:0:0:0}; null if it is not known. */
    @Nullable
    String addressOfAta(String device) {
        use(context.topology());
        Matcher ata = ATA_DEVICE.matcher(device);
        if (!ata.matches()) {
            return null;
        }
        int number = Integer.parseInt(ata.group(2));
        // Behind a port multiplier the number is the SCSI channel, without one the SCSI target.
        String channel = addressOfAta.get(ata.group(1) + " " + number + ":0");
        return channel != null ? channel : addressOfAta.get(ata.group(1) + " 0:" + number);
    }

    private @Nullable String byForm(String part) {
        Matcher numbered = NUMBERED.matcher(part);
        if (numbered.matches()) {
            String known = pathOfKernelName.get(part);
            return known != null ? known : numbered(numbered.group(1), Integer.parseInt(numbered.group(2)));
        }
        Matcher session = SESSION.matcher(part);
        if (session.matches()) {
            return pathOf.get("session" + session.group(1));
        }
        Matcher ata = ATA_DEVICE.matcher(part);
        if (ata.matches()) {
            String address = addressOfAta(part);
            return address != null ? pathOf.get(address) : pathOf.get(ata.group(1));
        }
        Matcher namespace = NVME_NAMESPACE.matcher(part);
        if (namespace.matches()) {
            return pathOf.get(namespace.group(1));
        }
        // A partition's disk: sdb6, nvme0n1p2.
        String disk = part.replaceFirst("(?<=n[0-9]{1,4})p[0-9]{1,4}$|(?<=^[a-z]{3,9})[0-9]{1,4}$", "");
        return disk.equals(part) ? null : pathOf.get(disk);
    }

    /** The drivers number their adapters as they find them, and so are SCSI hosts numbered. */
    private @Nullable String numbered(String driver, int number) {
        List<String> adapters = adaptersOfDriver.getOrDefault(driver, List.of());
        if (adapters.isEmpty() && driver.equals("mpt2sas")) {
            adapters = adaptersOfDriver.getOrDefault("mpt3sas", List.of());
        }
        return number < adapters.size() ? adapters.get(number) : null;
    }

    /** A device path may hold anything but what would end it. */
    private static String printable(String part) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < part.length() && i < 64; i++) {
            char c = part.charAt(i);
            name.append(c <= ' ' || c >= 0x7f || c == '/' ? '_' : c);
        }
        return name.toString();
    }

    private void use(Topology topology) {
        if (topology == indexed) {
            return;
        }
        indexed = topology;
        Map<String, String> paths = new HashMap<>();
        Map<String, String> called = new HashMap<>();
        Map<String, String> numbers = new HashMap<>();
        Map<String, String> ata = new HashMap<>();
        Map<String, TopoNode> named = new HashMap<>();
        Map<String, Map<Integer, String>> adapters = new TreeMap<>();
        for (TopoNode node : topology.nodes()) {
            NvList about = node.properties();
            List<String> devices = all(about, "dev", "paths");
            String first = devices.isEmpty() ? "" : devices.get(0);
            if (!first.startsWith("/") || first.startsWith("//")) {
                continue;
            }
            about.string("pci-address").ifPresent(name -> paths.putIfAbsent(name, first));
            about.string("nvme-controller").ifPresent(name -> paths.putIfAbsent(name, first));
            about.string("session").ifPresent(name -> paths.putIfAbsent(name, first));
            about.string("ata-port").ifPresent(name -> paths.putIfAbsent(name, first));
            about.string("sas-address").ifPresent(name -> paths.putIfAbsent("0x" + name, first));
            for (String host : about.strings("scsi-hosts")) {
                paths.putIfAbsent(host, first);
            }
            adapter(about, first, adapters);
            disks(about, devices, paths, numbers, ata);
            about.strings("kernel-names").forEach(name -> called.putIfAbsent(name, first));
            if (all(about, "hctl", "hctls").isEmpty()) {
                all(about, "logical-disk", "logical-disks").forEach(name -> named.putIfAbsent(name, node));
            }
        }
        pathOf = paths;
        pathOfKernelName = called;
        diskOfName = named;
        diskOfNumber = numbers;
        addressOfAta = ata;
        Map<String, List<String>> ordered = new HashMap<>();
        adapters.forEach((driver, byHost) -> ordered.put(driver, new ArrayList<>(byHost.values())));
        adaptersOfDriver = ordered;
    }

    private static void adapter(NvList about, String path, Map<String, Map<Integer, String>> adapters) {
        String driver = about.string("driver").orElse("");
        int host = about.strings("scsi-hosts").stream()
                .filter(name -> name.matches("host[0-9]{1,8}"))
                .map(name -> Integer.valueOf(name.substring(4)))
                .min(Comparator.naturalOrder())
                .orElse(-1);
        if (host >= 0) {
            // The drivers of the first generation have one base, whose numbers they share.
            String key = driver.matches("mpt(sas|spi|fc)") ? "ioc" : driver;
            adapters.computeIfAbsent(key, k -> new TreeMap<>()).put(host, path);
        }
    }

    private static void disks(
            NvList about,
            List<String> devices,
            Map<String, String> paths,
            Map<String, String> numbers,
            Map<String, String> ata) {
        List<String> names = all(about, "logical-disk", "logical-disks");
        List<String> devts = all(about, "devt", "devts");
        List<String> addresses = all(about, "hctl", "hctls");
        for (int i = 0; i < addresses.size(); i++) {
            String address = addresses.get(i);
            for (String device : devices) {
                if (device.endsWith("/" + address)) {
                    paths.putIfAbsent(address, device);
                    remotePort(device, paths);
                    ata(device, address, ata);
                    if (names.size() == addresses.size()) {
                        paths.putIfAbsent(names.get(i), device);
                    }
                }
            }
        }
        for (int i = 0; i < names.size(); i++) {
            paths.putIfAbsent(names.get(i), devices.get(0));
            if (devts.size() == names.size()) {
                numbers.putIfAbsent(devts.get(i), names.get(i));
            }
        }
    }

    private static void remotePort(String device, Map<String, String> paths) {
        Matcher port = REMOTE_PORT.matcher(device);
        if (port.find()) {
            paths.putIfAbsent(port.group(1), device.substring(0, port.end() - 1));
        }
    }

    private static void ata(String device, String address, Map<String, String> ata) {
        int from = device.indexOf("/ata");
        int to = from < 0 ? -1 : device.indexOf('/', from + 1);
        String[] numbers = address.split(":", -1);
        if (to > 0 && numbers.length == 4) {
            ata.putIfAbsent(device.substring(from + 1, to) + " " + numbers[1] + ":" + numbers[2], address);
        }
    }

    private static List<String> all(NvList properties, String one, String many) {
        List<String> values = properties.strings(many);
        return values.isEmpty() ? properties.string(one).stream().toList() : values;
    }
}
