// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fmd.api.topo.Topology;

/**
 * Decides how a disk is taken out of service, or why it is not; and how it comes back. Reads the kernel's files and writes
 * nothing. Whatever cannot be read is a reason to keep the hands off.
 *
 * @param tree the kernel's files
 * @param claims asks whether a device is claimed for exclusive use
 * @param redundant whether an md array must be redundant, or have a spare, after it lost the member
 */
record RetirePlanner(KernelTree tree, Claims claims, boolean redundant) {

    /** Asks the kernel who may have a device for himself. */
    @FunctionalInterface
    interface Claims {
        /**
         * Returns whether somebody has claimed the device for exclusive use: a mounted file system, a pool, a target.
         *
         * @throws IOException if it cannot be told
         */
        boolean isClaimed(Path node) throws IOException;
    }

    RetirePlan planRetire(String devid, Topology topology) {
        try {
            DiskLocator.Found found = DiskLocator.locate(devid, topology, tree);
            Disk disk = found.disk();
            if (disk == null) {
                return found.absent() ? new RetirePlan.Absent(found.reason()) : new RetirePlan.Refuse(found.reason());
            }
            return plan(disk);
        } catch (IOException e) {
            return new RetirePlan.Refuse("who uses " + devid + " cannot be told: " + e.getMessage());
        }
    }

    private RetirePlan plan(Disk disk) throws IOException {
        Optional<String> state = tree.text(disk.stateFile());
        if (state.equals(Optional.of("offline"))) {
            return new RetirePlan.Already(disk, disk + " was out of service already");
        }
        List<DiskUse.Membership> memberships = new ArrayList<>();
        for (DiskUse use : DiskUsers.of(tree, disk.name())) {
            if (use instanceof DiskUse.Other other) {
                return new RetirePlan.Refuse(disk + " is in use: " + other.user());
            }
            if (use instanceof DiskUse.Membership membership) {
                memberships.add(membership);
            }
        }
        return memberships.isEmpty() ? planFree(disk, state) : planMember(disk, state, memberships);
    }

    private RetirePlan planFree(Disk disk, Optional<String> state) throws IOException {
        if (!hasSwitch(disk) || state.isEmpty()) {
            return new RetirePlan.Refuse(disk + " is in no array, and its driver has no switch to take it offline");
        }
        if (!state.get().equals("running")) {
            return new RetirePlan.Refuse(disk + " is in the kernel's state " + state.get()
                    + ", which is not a disk's trouble alone; nothing is changed in it");
        }
        if (claims.isClaimed(tree.node(disk.name()))) {
            return new RetirePlan.Refuse(disk + " is in use: somebody has claimed " + tree.node(disk.name())
                    + " for himself (a ZFS pool, a target, another file system)");
        }
        return new RetirePlan.Act(disk, List.of(new RetireStep.Offline(disk)), "");
    }

    private RetirePlan planMember(Disk disk, Optional<String> state, List<DiskUse.Membership> memberships)
            throws IOException {
        List<RetireStep> steps = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        boolean inService = false;
        for (DiskUse.Membership membership : memberships) {
            MdArray array = MdArray.read(tree, membership.array());
            MdArray.Member member = array.member(membership.device());
            if (!member.isFaulty()) {
                Optional<String> objection = array.objectionToLosing(membership.device(), redundant);
                if (objection.isPresent()) {
                    return new RetirePlan.Refuse(disk + " stays in service: " + objection.get());
                }
                inService = true;
                if (!member.isIdleSpare()) {
                    steps.add(new RetireStep.FailMember(disk, membership.array(), membership.device()));
                }
            }
            steps.add(new RetireStep.RemoveMember(disk, membership.array(), membership.device()));
            advice.add(readdCommand(membership.array(), membership.device()));
        }
        if (!inService) {
            return new RetirePlan.Already(disk, disk + " was out of service already: faulty in " + arrays(memberships));
        }
        if (hasSwitch(disk) && state.equals(Optional.of("running"))) {
            steps.add(new RetireStep.Offline(disk));
        }
        return new RetirePlan.Act(disk, steps, "to put it back later: " + String.join("; ", advice));
    }

    private static String arrays(List<DiskUse.Membership> memberships) {
        return String.join(
                ", ", memberships.stream().map(DiskUse.Membership::array).toList());
    }

    private String readdCommand(String array, String device) {
        return "mdadm " + tree.dev().resolve(array) + " --re-add " + tree.node(device);
    }

    /** Only SCSI disks have a switch at that place; an NVMe controller shows a file of the same name that is none. */
    private boolean hasSwitch(Disk disk) {
        return tree.exists(disk.stateFile())
                && !disk.name().startsWith("nvme")
                && !tree.exists("block/" + disk.name() + "/device/cntlid");
    }

    /**
     * Decides how a disk comes back.
     *
     * @param left the arrays that it was taken out of, with the devices that were members
     */
    RetirePlan planReturn(String devid, Topology topology, List<DiskUse.Membership> left) {
        try {
            DiskLocator.Found found = DiskLocator.locate(devid, topology, tree);
            Disk disk = found.disk();
            if (disk == null) {
                return found.absent() ? new RetirePlan.Absent(found.reason()) : new RetirePlan.Refuse(found.reason());
            }
            String advice = adviceToReturn(left);
            String state = hasSwitch(disk) ? tree.text(disk.stateFile()).orElse("") : "";
            if (state.equals("offline")) {
                return new RetirePlan.Act(disk, List.of(new RetireStep.Online(disk)), advice);
            }
            if (!state.isEmpty() && !state.equals("running")) {
                return new RetirePlan.Refuse(
                        disk + " is in the kernel's state " + state + ", which only the kernel can end");
            }
            return advice.isEmpty()
                    ? new RetirePlan.Already(disk, disk + " is in service")
                    : new RetirePlan.Refuse(disk + " is usable; " + advice);
        } catch (IOException e) {
            return new RetirePlan.Refuse("the state of " + devid + " cannot be told: " + e.getMessage());
        }
    }

    /** Whether data is copied onto a disk again is for a person to decide: the command is told, not run. */
    private String adviceToReturn(List<DiskUse.Membership> left) throws IOException {
        List<String> commands = new ArrayList<>();
        for (DiskUse.Membership membership : left) {
            String array = membership.array();
            if (!tree.exists(MdArray.stateFile(array, membership.device()))) {
                commands.add(readdCommand(array, membership.device()));
            } else if (MdArray.read(tree, array).member(membership.device()).isFaulty()) {
                commands.add("mdadm " + tree.dev().resolve(array) + " --remove " + tree.node(membership.device()));
                commands.add(readdCommand(array, membership.device()));
            }
        }
        return commands.isEmpty()
                ? ""
                : "whether it returns to its array is yours to decide: " + String.join("; ", commands);
    }

    /**
     * Returns why the step must not be taken now, empty if it may: asked again right before each write, since the world may
     * have moved since the plan was made.
     */
    Optional<String> objectionTo(RetireStep step) throws IOException {
        Disk disk = step.disk();
        if (!DiskIdentity.read(tree, disk.name()).isCalled(disk.devid())) {
            return Optional.of(disk.name() + " is another disk now, not " + disk.devid());
        }
        if (step instanceof RetireStep.FailMember fail) {
            return MdArray.read(tree, fail.array()).objectionToLosing(fail.device(), redundant);
        }
        if (step instanceof RetireStep.RemoveMember remove) {
            MdArray.Member member = MdArray.read(tree, remove.array()).member(remove.device());
            return member.isFaulty() || member.isIdleSpare()
                    ? Optional.empty()
                    : Optional.of(remove.device() + " is in service in " + remove.array() + " again");
        }
        return step instanceof RetireStep.Offline ? objectionToOffline(disk) : Optional.empty();
    }

    private Optional<String> objectionToOffline(Disk disk) throws IOException {
        for (DiskUse use : DiskUsers.of(tree, disk.name())) {
            if (use instanceof DiskUse.Membership member) {
                return Optional.of(member.array() + " has not let go of " + member.device());
            }
            if (use instanceof DiskUse.Other other) {
                return Optional.of(other.user());
            }
        }
        return claims.isClaimed(tree.node(disk.name()))
                ? Optional.of("somebody has claimed " + tree.node(disk.name()) + " for himself")
                : Optional.empty();
    }
}
