// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an md array says of itself, and whether it can do without a member. The question is answered here and never put to
 * the kernel: refused by the kernel, the array is marked broken although nothing was taken out (kernel-channel reference §10).
 *
 * @param name kernel name, {@code md0}
 * @param attributes the files of its {@code md} folder that matter, as they read
 * @param members by the name of their block device
 */
record MdArray(String name, Map<String, String> attributes, Map<String, Member> members) {
    private static final List<String> ATTRIBUTES = List.of(
            "level",
            "raid_disks",
            "degraded",
            "layout",
            "array_state",
            "sync_action",
            "resync_start",
            "reshape_position",
            "metadata_version");
    private static final Set<String> IN_SERVICE = Set.of("clean", "active", "active-idle");
    private static final Set<String> SOUND = Set.of("in_sync", "write_mostly", "failfast");

    /**
     * A member.
     *
     * @param states the words of its state: in_sync, spare, faulty, blocked, write_error …
     * @param slot its place in the array, {@code none} if it has none
     * @param badBlocks whether md knows ranges that this member does not hold
     */
    record Member(Set<String> states, String slot, boolean badBlocks) {
        Member {
            states = Set.copyOf(states);
        }

        boolean isFaulty() {
            return states.contains("faulty");
        }

        boolean isIdleSpare() {
            return states.equals(Set.of("spare")) && slot.equals("none");
        }

        boolean isSound() {
            return states.contains("in_sync") && SOUND.containsAll(states);
        }
    }

    MdArray {
        attributes = Map.copyOf(attributes);
        members = Map.copyOf(members);
    }

    static String folder(String array) {
        return "block/" + array + "/md";
    }

    static String stateFile(String array, String member) {
        return folder(array) + "/dev-" + member + "/state";
    }

    static MdArray read(KernelTree tree, String array) throws IOException {
        Map<String, String> attributes = new TreeMap<>();
        for (String attribute : ATTRIBUTES) {
            tree.text(folder(array) + "/" + attribute).ifPresent(text -> attributes.put(attribute, text));
        }
        Map<String, Member> members = new TreeMap<>();
        for (String entry : tree.names(folder(array))) {
            if (entry.startsWith("dev-")) {
                String member = entry.substring("dev-".length());
                String path = folder(array) + "/" + entry;
                members.put(
                        member,
                        new Member(
                                words(tree.require(path + "/state")),
                                tree.require(path + "/slot"),
                                !tree.text(path + "/bad_blocks").orElse("").isEmpty()));
            }
        }
        return new MdArray(array, attributes, members);
    }

    private static Set<String> words(String states) {
        Set<String> words = new HashSet<>(List.of(states.split(",")));
        words.remove("");
        return words;
    }

    /** Returns the member on that block device; refuses what an array does not hold as an {@link IOException}. */
    Member member(String device) throws IOException {
        Member member = members.get(device);
        if (member == null) {
            throw new IOException(name + " holds " + device + " but shows no member of that name");
        }
        return member;
    }

    /**
     * Returns why the array must not lose the member, empty if it can.
     *
     * @param redundant whether the array must be redundant afterwards too, or have a spare to become so
     */
    Optional<String> objectionToLosing(String device, boolean redundant) throws IOException {
        Member leaving = member(device);
        if (leaving.isIdleSpare()) {
            return Optional.empty();
        }
        if (attribute("metadata_version").startsWith("external")) {
            return Optional.of(name + " is managed from outside the kernel (external metadata): use mdadm --fail");
        }
        int spareCopies = spareCopies();
        if (spareCopies < 1) {
            return Optional.of(name + " (" + attribute("level") + ") has no redundancy, it would lose data");
        }
        Optional<String> unrest = unrest();
        if (unrest.isPresent()) {
            return unrest;
        }
        Optional<String> unsound = unsoundMember(device);
        if (unsound.isPresent()) {
            return unsound;
        }
        boolean hasSpare = members.values().stream().anyMatch(Member::isIdleSpare);
        if (redundant && spareCopies < 2 && !hasSpare) {
            return Optional.of(name + " would have no redundancy left and no spare to rebuild on (property keep)");
        }
        return Optional.empty();
    }

    /** Returns how many members the array can lose when it is whole. */
    private int spareCopies() throws IOException {
        return switch (attribute("level")) {
            case "raid1" -> number("raid_disks") - 1;
            case "raid4", "raid5" -> 1;
            case "raid6" -> 2;
            case "raid10" -> {
                // md's layout word: near copies in the low byte, far or offset copies in the next.
                int layout = number("layout");
                yield (layout & 0xFF) * ((layout >> 8) & 0xFF) - 1;
            }
            default -> 0;
        };
    }

    /** Returns what goes on in the array that must end first. */
    private Optional<String> unrest() throws IOException {
        String state = attribute("array_state");
        if (!IN_SERVICE.contains(state)) {
            return Optional.of(name + " is not in normal service (array_state " + state + ")");
        }
        String action = attribute("sync_action");
        if (!action.equals("idle")) {
            return Optional.of(name + " is at work on itself (sync_action " + action + ")");
        }
        if (!attributes.getOrDefault("resync_start", "none").equals("none")) {
            return Optional.of(name + " has not finished a resync");
        }
        if (!attributes.getOrDefault("reshape_position", "none").equals("none")) {
            return Optional.of(name + " is being reshaped");
        }
        int degraded = number("degraded");
        return degraded == 0
                ? Optional.empty()
                : Optional.of(name + " is degraded already, " + degraded + " of its members out");
    }

    /** Returns what is wrong with the members: each slot must have one that is whole, or the others may miss data. */
    private Optional<String> unsoundMember(String leaving) throws IOException {
        Set<String> filled = new HashSet<>();
        for (Map.Entry<String, Member> entry : new TreeMap<>(members).entrySet()) {
            Member member = entry.getValue();
            if (member.isIdleSpare() || (member.isFaulty() && member.slot().equals("none"))) {
                continue;
            }
            // What is wrong with the one that leaves is why it leaves.
            boolean fit = member.isSound() || (entry.getKey().equals(leaving) && canLeave(member));
            if (!fit) {
                return Optional.of(name + " has a member that is not whole, " + entry.getKey() + " ("
                        + String.join(",", member.states().stream().sorted().toList()) + ")");
            }
            if (member.badBlocks() && !entry.getKey().equals(leaving)) {
                return Optional.of(name + " knows bad blocks on " + entry.getKey()
                        + ", for which this disk may hold the last good copy");
            }
            filled.add(member.slot());
        }
        for (int slot = 0; slot < number("raid_disks"); slot++) {
            if (!filled.contains(Integer.toString(slot))) {
                return Optional.of(name + " has nobody in slot " + slot);
            }
        }
        return Optional.empty();
    }

    private static boolean canLeave(Member member) {
        Set<String> others = new HashSet<>(member.states());
        others.remove("write_error");
        return others.contains("in_sync") && SOUND.containsAll(others);
    }

    private String attribute(String attribute) throws IOException {
        String text = attributes.get(attribute);
        if (text == null) {
            throw new IOException(name + " does not tell its " + attribute);
        }
        return text;
    }

    private int number(String attribute) throws IOException {
        String text = attribute(attribute);
        // While an array is reshaped the old number follows in brackets.
        if (!text.matches("[0-9]{1,6}")) {
            throw new IOException(name + "'s " + attribute + " reads '" + text + "', which is no plain number");
        }
        return Integer.parseInt(text);
    }
}
