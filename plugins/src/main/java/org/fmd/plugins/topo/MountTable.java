// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fmd.model.nv.NvList;

/**
 * Which file systems are mounted from which device, and which devices hold swap (proc(5), mountinfo and swaps).
 *
 * <pre>
 *   36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
 *         devt       mount point                 type source
 * </pre>
 *
 * <p>A device is known by its number; btrfs, which mounts under a number of its own, by the name of its source. Containers mount one
 * device hundreds of times: the first few are told. Lines of another form are passed over.
 */
final class MountTable {
    private static final int MOST = 8; // mount points of one device
    private static final String SWAP = "swap";

    private record Mount(String point, String type) {}

    private final Map<String, List<Mount>> byDevice = new HashMap<>();

    MountTable(HostFacts facts) {
        facts.mounts().orElse("").lines().forEach(this::mount);
        facts.swaps().orElse("").lines().forEach(this::swap);
    }

    private void mount(String line) {
        String[] words = line.split(" ", -1);
        int dash = 6;
        while (dash < words.length && !words[dash].equals("-")) {
            dash++;
        }
        if (dash + 2 >= words.length || !words[2].matches("[0-9]+:[0-9]+")) {
            return;
        }
        Mount mount = new Mount(plain(words[4]), plain(words[dash + 1]));
        String source = plain(words[dash + 2]);
        add(words[2], mount);
        if (mount.type().equals("btrfs") && source.startsWith("/dev/")) {
            add("btrfs:" + source.substring("/dev/".length()), mount);
        }
    }

    private void swap(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length >= 2 && words[1].equals("partition") && words[0].startsWith("/dev/")) {
            add(plain(words[0]).substring("/dev/".length()), new Mount("[swap]", SWAP));
        }
    }

    private void add(String device, Mount mount) {
        List<Mount> mounts = byDevice.computeIfAbsent(device, d -> new ArrayList<>());
        if (mounts.size() < MOST && !mounts.contains(mount)) {
            mounts.add(mount);
        }
    }

    /** Both files write blanks, tabs, line feeds and backslashes as three octal digits behind a backslash. */
    private static String plain(String word) {
        if (word.indexOf('\\') < 0) {
            return word;
        }
        StringBuilder out = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) == '\\' && word.substring(i + 1).matches("(?s)[0-3][0-7]{2}.*")) {
                out.append((char) Integer.parseInt(word.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                out.append(word.charAt(i));
            }
        }
        return out.toString();
    }

    /**
     * Adds what is mounted to the properties of a node.
     *
     * @param devices names that the kernel has for parts of it, each with its number or another name, which may be empty
     */
    void put(NvList.Builder properties, List<String[]> devices) {
        List<String> names = new ArrayList<>();
        List<String> points = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (String[] device : devices) {
            for (String key : device) {
                for (Mount mount : key.isEmpty() ? List.<Mount>of() : byDevice.getOrDefault(key, List.of())) {
                    names.add(device[0]);
                    points.add(mount.point());
                    types.add(mount.type());
                }
            }
        }
        DiskNodes.strings(properties, "mount-devices", names);
        DiskNodes.strings(properties, "mount-points", points);
        DiskNodes.strings(properties, "file-systems", types);
    }
}
