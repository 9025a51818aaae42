// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.fmd.agents.TestContext;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.nv.NvList;

/**
 * A host in a folder: sys, proc and dev with the files that the agent reads, and a kernel that does what is written to them,
 * as Linux 6.12 was seen to do.
 */
final class FakeHost {
    final Path root;
    final KernelTree tree;
    final List<String> written = new ArrayList<>();
    final Set<String> claimed = new HashSet<>();
    private final List<TopoNode> nodes = new ArrayList<>();
    private int minor;

    FakeHost(Path root) {
        this.root = root;
        this.tree = new KernelTree(root.resolve("sys"), root.resolve("proc"), root.resolve("dev"));
        put(tree.proc().resolve("self/mountinfo"), "22 1 254:0 / / rw,relatime - ext4 /dev/root rw");
        put(tree.proc().resolve("swaps"), "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority");
        put(tree.proc().resolve("812/comm"), "postgres");
        folder(tree.proc().resolve("812/fd"));
    }

    static String devid(int n) {
        return "id1,sd@n5000c500a000000" + n;
    }

    /** Adds a SCSI disk that is called {@code name} and is the n-th by identity, to the kernel and to the topology. */
    FakeHost disk(String name, int n) {
        nodes.add(new TopoNode(
                TopoPath.of("bay", n),
                TopoPath.of("bay", n).toHc(),
                null,
                null,
                "Slot 0" + n,
                NvList.builder()
                        .string("devid", devid(n))
                        .string("logical-disk", name)
                        .string("serial-number", "ZC1A000" + n)
                        .build()));
        return kernelDisk(name, n);
    }

    /** Adds a SCSI disk that only the kernel knows. */
    FakeHost kernelDisk(String name, int n) {
        sys("block/" + name + "/dev", "8:" + 16 * minor++);
        folder(tree.sys().resolve("block/" + name + "/holders"));
        sys("block/" + name + "/device/state", "running");
        sys("block/" + name + "/device/vendor", "SEAGATE");
        sys("block/" + name + "/device/model", "ST8000NM0075");
        identify(name, n);
        put(tree.dev().resolve(name), "");
        return this;
    }

    /** VPD page 83h: a target port's name first, which must not count, then the logical unit's. */
    void identify(String name, int n) {
        byte[] page = HexFormat.of().parseHex("00830018" + "619300085000c500ffffff01" + "010300085000c500a000000" + n);
        try {
            Files.write(tree.sys().resolve("block/" + name + "/device/vpd_pg83"), page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeHost partition(String disk, int n) {
        String path = "block/" + disk + "/" + disk + n;
        String number = read("block/" + disk + "/dev");
        sys(path + "/partition", "" + n);
        sys(path + "/dev", "8:" + (Integer.parseInt(number.substring(2)) + n));
        folder(tree.sys().resolve(path + "/holders"));
        put(tree.dev().resolve(disk + n), "");
        return this;
    }

    /** Adds an array that is whole and idle. */
    FakeHost array(String name, String level, String... members) {
        String md = "block/" + name + "/md/";
        sys("block/" + name + "/dev", "9:" + name.substring(2));
        sys(md + "level", level);
        sys(md + "raid_disks", "" + members.length);
        sys(md + "array_state", "clean");
        sys(md + "metadata_version", "1.2");
        if (!level.equals("raid0")) {
            sys(md + "degraded", "0");
            sys(md + "sync_action", "idle");
            sys(md + "resync_start", "none");
            sys(md + "reshape_position", "none");
        }
        sys(md + "layout", level.equals("raid10") ? "258" : "0");
        for (int slot = 0; slot < members.length; slot++) {
            member(name, members[slot], "in_sync", "" + slot);
        }
        return this;
    }

    FakeHost member(String array, String device, String state, String slot) {
        String md = "block/" + array + "/md/dev-" + device;
        sys(md + "/state", state);
        sys(md + "/slot", slot);
        sys(md + "/bad_blocks", "");
        folder(holders(device).resolve(array));
        return this;
    }

    FakeHost mapper(String dm, String name, String uuid, String on) {
        sys("block/" + dm + "/dm/name", name);
        sys("block/" + dm + "/dm/uuid", uuid);
        sys("block/" + dm + "/dev", "253:" + dm.substring(3));
        folder(holders(on).resolve(dm));
        return this;
    }

    FakeHost mount(String number, String source, String on) {
        append("self/mountinfo", "40 22 " + number + " / " + on + " rw,noatime shared:7 - xfs " + source + " rw");
        return this;
    }

    FakeHost swap(String path) {
        append("swaps", path + "                               partition\t1000\t0\t-2");
        return this;
    }

    private void append(String file, String line) {
        Path path = tree.proc().resolve(file);
        put(path, KernelTreeTexts.of(path) + "\n" + line);
    }

    private Path holders(String device) {
        Path whole = tree.sys().resolve("block/" + device);
        String disk = device.replaceAll("[0-9]+$", "");
        return (Files.exists(whole) ? whole : tree.sys().resolve("block/" + disk + "/" + device)).resolve("holders");
    }

    FakeHost sys(String file, String text) {
        put(tree.sys().resolve(file), text);
        return this;
    }

    String read(String file) {
        return KernelTreeTexts.of(tree.sys().resolve(file));
    }

    void remove(Path path) {
        try (Stream<Path> below = Files.walk(path)) {
            for (Path each : below.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void link(Path link, String to) {
        try {
            Files.createSymbolicLink(link, Path.of(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Path file, String text) {
        try {
            folder(file.getParent());
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void folder(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Topology topology() {
        return new Topology(nodes);
    }

    /** The kernel takes a word. An md member that is the last good one would break the array: a test must never see that. */
    void kernel(Path file, String word) throws IOException {
        String path = tree.sys().relativize(file).toString();
        written.add(word + " > " + path);
        if (!path.contains("/md/dev-")) {
            put(file, word);
            return;
        }
        Path member = file.getParent();
        String array = tree.sys().relativize(member).getName(1).toString();
        String device = member.getFileName().toString().substring("dev-".length());
        String state = KernelTreeTexts.of(file);
        if (word.equals("faulty")) {
            String degraded = "block/" + array + "/md/degraded";
            if (!Files.exists(tree.sys().resolve(degraded)) || !read(degraded).equals("0")) {
                sys("block/" + array + "/md/array_state", "broken");
                throw new IOException(file + ": Device or resource busy");
            }
            sys(degraded, "1");
            put(file, "faulty");
            put(member.resolve("slot"), "none");
        } else if (word.equals("remove") && !state.startsWith("in_sync")) {
            remove(member);
            remove(holders(device).resolve(array));
        } else {
            throw new IOException(file + ": Device or resource busy");
        }
    }

    boolean isClaimed(Path node) throws IOException {
        return claimed.contains(String.valueOf(node.getFileName()));
    }

    DiskRetireAgent agent() {
        return new DiskRetireAgent(this::kernel, this::isClaimed);
    }

    /** Returns the settings of an agent that acts on this host. */
    TestContext context(DiskRetireAgent agent) {
        TestContext context = new TestContext(root, agent.info())
                .set("mode", "auto")
                .set("sysfs", tree.sys().toString())
                .set("procfs", tree.proc().toString())
                .set("dev", tree.dev().toString());
        context.topology = topology();
        return context;
    }

    private static final class KernelTreeTexts {
        static String of(Path file) {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
