// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds who uses a disk: by the kernel's holders, mounted file systems, swap, and whatever else takes a block device without
 * leaving a holder (loop devices, targets, multi-device btrfs, programs that have it open). All of the disk's partitions count.
 */
final class DiskUsers {
    /** Files that hold the path of a block device in use, with what uses it. */
    private static final Map<String, String> BACKINGS = new LinkedHashMap<>();

    static {
        BACKINGS.put("block/*/loop/backing_file", "a loop device");
        BACKINGS.put("kernel/config/target/core/*/*/udev_path", "a SCSI target");
        BACKINGS.put("kernel/config/nvmet/subsystems/*/namespaces/*/device_path", "an NVMe target");
    }

    private final KernelTree tree;
    private final MountTable mounts;

    private DiskUsers(KernelTree tree, MountTable mounts) {
        this.tree = tree;
        this.mounts = mounts;
    }

    /** Returns the users of a disk; throws if any place where one could show cannot be read. */
    static List<DiskUse> of(KernelTree tree, String disk) throws IOException {
        DiskUsers users = new DiskUsers(tree, MountTable.read(tree));
        List<DiskUse> uses = new ArrayList<>();
        List<String> devices = users.devices(disk);
        for (String device : devices) {
            String path = device.equals(disk) ? "block/" + disk : "block/" + disk + "/" + device;
            users.addHolders(path, device, uses);
            users.addMounts(path, device, uses);
        }
        users.addBackings(devices, uses);
        users.addPrograms(devices, uses);
        return uses;
    }

    /** Returns the disk and its partitions. */
    private List<String> devices(String disk) throws IOException {
        List<String> devices = new ArrayList<>(List.of(disk));
        for (String entry : tree.names("block/" + disk)) {
            if (tree.exists("block/" + disk + "/" + entry + "/partition")) {
                devices.add(entry);
            }
        }
        return devices;
    }

    private void addHolders(String path, String device, List<DiskUse> uses) throws IOException {
        for (String holder : tree.names(path + "/holders")) {
            if (tree.exists("block/" + holder + "/md")) {
                uses.add(new DiskUse.Membership(holder, device));
            } else {
                uses.add(new DiskUse.Other(device + " " + held(holder)));
            }
        }
        for (String entry : tree.expand("fs/btrfs/*/devices/" + device)) {
            uses.add(new DiskUse.Other(device + " belongs to btrfs file system " + entry.split("/")[2]));
        }
    }

    private String held(String holder) throws IOException {
        String block = "block/" + holder;
        String uuid = tree.text(block + "/dm/uuid").orElse("");
        String name = tree.text(block + "/dm/name").orElse("");
        if (uuid.startsWith("mpath-")) {
            return "is a path of multipath map " + name + " (" + holder
                    + "); paths are multipath's to fail, this version does not";
        }
        String kind = "is held by ";
        if (uuid.startsWith("LVM-")) {
            kind = "holds LVM volume ";
        } else if (uuid.startsWith("CRYPT-")) {
            kind = "holds encrypted volume ";
        } else if (!name.isEmpty()) {
            kind = "holds device-mapper volume ";
        }
        String what = kind + (name.isEmpty() ? holder : name + " (" + holder + ")");
        List<String> uses = new ArrayList<>();
        collectMounts(holder, uses, 0);
        return uses.isEmpty() ? what : what + ", " + String.join(", ", uses);
    }

    /** Looks upwards through the stack; the kernel allows no loops, the bound only guards against a torn tree. */
    private void collectMounts(String device, List<String> uses, int depth) throws IOException {
        mounts.usesOf(tree.text("block/" + device + "/dev").orElse(""), device).stream()
                .filter(use -> !uses.contains(use))
                .forEach(uses::add);
        for (String holder : depth < 16 ? tree.names("block/" + device + "/holders") : List.<String>of()) {
            collectMounts(holder, uses, depth + 1);
        }
    }

    private void addMounts(String path, String device, List<DiskUse> uses) throws IOException {
        for (String use : mounts.usesOf(tree.require(path + "/dev"), device)) {
            uses.add(new DiskUse.Other(device + " is " + use));
        }
    }

    private void addBackings(List<String> devices, List<DiskUse> uses) throws IOException {
        for (Map.Entry<String, String> backing : BACKINGS.entrySet()) {
            for (String file : tree.expand(backing.getKey())) {
                String path = tree.text(file).orElse("");
                for (String device : devices) {
                    if (path.equals(tree.node(device).toString())) {
                        uses.add(new DiskUse.Other(device + " is behind " + backing.getValue() + " ("
                                + tree.sys().resolve(file) + ")"));
                    }
                }
            }
        }
    }

    /** Programs that have the device open, as a virtual machine has its disk: the kernel shows no holder for these. */
    private void addPrograms(List<String> devices, List<DiskUse> uses) throws IOException {
        String self = Long.toString(ProcessHandle.current().pid());
        for (String process : KernelTree.names(tree.proc())) {
            if (!process.matches("[0-9]+") || process.equals(self)) {
                continue;
            }
            Optional<String> device = openedBy(tree.proc().resolve(process).resolve("fd"), devices);
            if (device.isPresent()) {
                String program = KernelTree.text(tree.proc().resolve(process).resolve("comm"))
                        .orElse("gone");
                uses.add(new DiskUse.Other(device.get() + " is open in process " + process + " (" + program + ")"));
            }
        }
    }

    private Optional<String> openedBy(Path descriptors, List<String> devices) throws IOException {
        List<String> numbers;
        try {
            numbers = KernelTree.names(descriptors);
        } catch (IOException e) {
            if (e.getCause() instanceof AccessDeniedException || Files.exists(descriptors)) {
                throw e;
            }
            return Optional.empty();
        }
        for (String number : numbers) {
            Optional<Path> target = target(descriptors.resolve(number));
            for (String device : devices) {
                if (target.equals(Optional.of(tree.node(device)))) {
                    return Optional.of(device);
                }
            }
        }
        return Optional.empty();
    }

    /** Returns where a descriptor leads; empty if it was closed, or its process ended, since the listing. */
    private static Optional<Path> target(Path descriptor) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
