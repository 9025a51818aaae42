// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fmd.api.SourceContext;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.Topology;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.assess.DiskIdentity;
import org.fmd.plugins.kernel.observation.Observation.Request;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.jspecify.annotations.Nullable;

/**
 * Finds the disk that the kernel speaks of. Indexes each topology snapshot once; belongs to the reader thread.
 *
 * <p>A disk with several paths has one node: the path that was named is the one that counts.
 */
final class DiskIndex {
    private static final Duration REFRESH_PAUSE = Duration.ofSeconds(1);
    /** How long a disk that went is still meant by what is said about its address. */
    private static final Duration AFTERLIFE = Duration.ofSeconds(10);

    private static final int MAX_REMEMBERED = 4096;

    /** One path to a disk. */
    private record Path(TopoNode node, @Nullable String devicePath) {}

    private record Gone(Path path, Instant since) {}

    private final SourceContext context;
    private @Nullable Topology indexed;
    private Map<String, Path> byAddress = Map.of();
    private Map<String, String> addressByName = Map.of();
    private Map<String, ScsiDevice> byNumber = Map.of();
    private Map<String, String> namesOfNumbered = Map.of();
    private Map<String, ScsiDevice> formerNumbers = Map.of();
    private final Map<String, Gone> gone = bounded();
    private final Map<String, Instant> refreshed = bounded();
    private final Map<String, String> toldPaths = bounded();
    private final Set<String> doubtful = new HashSet<>();

    DiskIndex(SourceContext context) {
        this.context = context;
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MAX_REMEMBERED;
            }
        };
    }

    /** Returns the address of a disk by its name in the latest snapshot, null if it is not there. */
    @Nullable
    String addressOf(String disk) {
        use(context.topology());
        return addressByName.get(disk);
    }

    /** Whether there is a disk at an address, or was a moment ago; takes no new snapshot. */
    boolean isKnown(ScsiDevice device) {
        use(context.topology());
        return byAddress.containsKey(device.hctl()) || departed(device.hctl()) != null;
    }

    /** Returns the disk with a device number; null if there is none. */
    @Nullable
    ScsiDevice numbered(Request request) {
        use(context.topology());
        String number = request.major() + ":" + request.minor();
        ScsiDevice disk = byNumber.get(number);
        if (disk == null && mayRefresh("number " + number)) {
            use(context.refreshTopology());
            disk = byNumber.get(number);
        }
        // What is left of a disk that went is still in the buffer.
        return disk != null ? disk : formerNumbers.get(number);
    }

    /** Whether the device number of a disk is known. */
    boolean isNumbered(ScsiDevice disk) {
        use(context.topology());
        return namesOfNumbered.containsKey(disk.hctl());
    }

    /** Returns the name of the disk at an address, null if it is not known. */
    @Nullable
    String nameOf(ScsiDevice disk) {
        use(context.topology());
        return namesOfNumbered.get(disk.hctl());
    }

    /** Notes that a device appeared: who is at that address is not certain until a later snapshot. */
    void appeared(ScsiDevice device, String devicePath) {
        if (doubtful.size() < MAX_REMEMBERED) {
            doubtful.add(device.hctl());
        }
        toldPaths.put(device.hctl(), devicePath.replaceFirst("/block/[^/]*$", ""));
    }

    /** Returns the disks that are reached through a part, by the part's name in their device paths: {@code session2}. */
    List<ScsiDevice> behind(String part) {
        if (part.isEmpty()) {
            return List.of();
        }
        use(context.topology());
        return byAddress.entrySet().stream()
                .filter(path -> path.getValue().devicePath() != null
                        && path.getValue().devicePath().contains("/" + part + "/"))
                .map(path -> new ScsiDevice(path.getKey(), namesOfNumbered.get(path.getKey())))
                .sorted(Comparator.comparing(ScsiDevice::hctl))
                .toList();
    }

    /** Returns who the device is; takes a new snapshot if the latest one does not know, at most once a second for each. */
    DiskIdentity identify(ScsiDevice device) {
        use(context.topology());
        String address = device.hctl().isEmpty() && device.disk() != null
                ? addressByName.getOrDefault(device.disk(), "")
                : device.hctl();
        boolean known = byAddress.containsKey(address) && !doubtful.contains(address);
        if (!known && mayRefresh(address.isEmpty() ? "name " + device.disk() : address)) {
            use(context.refreshTopology());
            doubtful.remove(address);
        }
        Path path = byAddress.get(address);
        if (path == null) {
            path = departed(address);
        }
        return path == null ? unknown(device, address) : identity(path, address);
    }

    private boolean mayRefresh(String key) {
        Instant now = context.clock().instant();
        Instant last = refreshed.get(key);
        if (last != null && now.isBefore(last.plus(REFRESH_PAUSE))) {
            return false;
        }
        refreshed.put(key, now);
        return true;
    }

    private @Nullable Path departed(String address) {
        Gone departed = gone.get(address);
        if (departed == null
                || !context.clock().instant().isBefore(departed.since().plus(AFTERLIFE))) {
            return null;
        }
        return departed.path();
    }

    private DiskIdentity unknown(ScsiDevice device, String address) {
        String told = toldPaths.get(address);
        String place = device.hctl().isEmpty() ? device.disk() : device.hctl();
        return new DiskIdentity(told != null ? told : "/devices/unknown/" + place, null, null, null, null, null, 0);
    }

    private DiskIdentity identity(Path path, String address) {
        NvList about = path.node().properties();
        long blockSize = about.number("block-size").orElse(0);
        boolean certain = !doubtful.contains(address);
        return new DiskIdentity(
                path.devicePath() != null ? path.devicePath() : "/devices/unknown/" + address,
                certain ? printable(about.string("devid").orElse(null)) : null,
                about.string("manufacturer").orElse(null),
                about.string("model").orElse(null),
                about.string("firmware-revision").orElse(null),
                about.string("serial-number").orElse(null),
                blockSize > 0 && blockSize <= 1 << 20 ? (int) blockSize : 0);
    }

    /** Returns the devid if it can stand in a device name. */
    private static @Nullable String printable(@Nullable String devid) {
        boolean fits = devid != null && !devid.isEmpty() && devid.indexOf('/') < 0 && devid.indexOf(':') < 0;
        return fits ? devid : null;
    }

    private void use(Topology topology) {
        if (topology == indexed) {
            return;
        }
        boolean first = indexed == null;
        indexed = topology;
        Map<String, Path> paths = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        Map<String, ScsiDevice> numbers = new HashMap<>();
        for (TopoNode node : topology.nodes()) {
            if (node.path().last().name().equals("disk")) {
                index(node, paths, names, numbers);
            }
        }
        Instant now = context.clock().instant();
        byAddress.forEach((address, path) -> {
            if (!paths.containsKey(address)) {
                gone.put(address, new Gone(path, now));
            }
        });
        byAddress = paths;
        addressByName = names;
        formerNumbers = byNumber;
        byNumber = numbers;
        namesOfNumbered = new HashMap<>();
        for (ScsiDevice disk : numbers.values()) {
            namesOfNumbered.put(disk.hctl(), disk.disk());
        }
        if (!first) {
            doubtful.clear();
        }
    }

    private static void index(
            TopoNode node, Map<String, Path> paths, Map<String, String> names, Map<String, ScsiDevice> numbers) {
        List<String> addresses = all(node.properties(), "hctl", "hctls");
        List<String> disks = all(node.properties(), "logical-disk", "logical-disks");
        List<String> devices = all(node.properties(), "dev", "paths");
        List<String> majorsAndMinors = all(node.properties(), "devt", "devts");
        for (int i = 0; i < addresses.size(); i++) {
            String address = addresses.get(i);
            paths.put(address, new Path(node, devicePathOf(address, devices)));
            // A path whose disk has no name yet shifts the names, and then only the first one is certain.
            if (i == 0 ? !disks.isEmpty() : disks.size() == addresses.size()) {
                names.put(disks.get(i), address);
                if (i == 0 ? !majorsAndMinors.isEmpty() : majorsAndMinors.size() == addresses.size()) {
                    numbers.put(majorsAndMinors.get(i), new ScsiDevice(address, disks.get(i)));
                }
            }
        }
    }

    /** Returns the path that ends in the address; else that of the disk, null if it is none. */
    private static @Nullable String devicePathOf(String address, List<String> devices) {
        for (String device : devices) {
            if (device.endsWith("/" + address)) {
                return device;
            }
        }
        String first = devices.isEmpty() ? "" : devices.get(0);
        return first.startsWith("/") && !first.startsWith("//") && first.length() > 1 ? first : null;
    }

    /** Returns the values of all paths, or the one of the only path. */
    private static List<String> all(NvList properties, String one, String many) {
        List<String> values = properties.strings(many);
        return values.isEmpty() ? properties.string(one).stream().toList() : values;
    }
}
