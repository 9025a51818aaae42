// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is mounted and what is swapped on, as proc(5) tells in {@code self/mountinfo} and {@code swaps}.
 *
 * @param entries in the kernel's order
 */
record MountTable(List<Entry> entries) {
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");

    /**
     * One use.
     *
     * @param number {@code major:minor} of the device, empty where the file does not tell it
     * @param source the device's kernel name, or the path it was given by
     * @param use {@code mounted on /srv}, {@code swap}
     */
    record Entry(String number, String source, String use) {}

    MountTable {
        entries = List.copyOf(entries);
    }

    /** Reads both files; a system without swap has no second one, but all have the first. */
    static MountTable read(KernelTree tree) throws IOException {
        List<Entry> entries = new ArrayList<>();
        String mounts = KernelTree.text(tree.proc().resolve("self/mountinfo"))
                .orElseThrow(() -> new IOException(tree.proc().resolve("self/mountinfo") + " is not there"));
        for (String line : mounts.lines().toList()) {
            String[] fields = line.split(" ");
            int dash = List.of(fields).indexOf("-");
            if (fields.length < 5 || dash < 0 || dash + 2 >= fields.length) {
                throw new IOException("a line of self/mountinfo is not understood: " + line);
            }
            entries.add(new Entry(
                    fields[2], deviceName(tree, unescape(fields[dash + 2])), "mounted on " + unescape(fields[4])));
        }
        String swaps = KernelTree.text(tree.proc().resolve("swaps")).orElse("");
        swaps.lines()
                .skip(1)
                .map(line -> line.split("\\s+")[0])
                .forEach(path -> entries.add(new Entry("", deviceName(tree, unescape(path)), "swap")));
        return new MountTable(entries);
    }

    /** Returns what the device of that number or name is used for. */
    List<String> usesOf(String number, String kernelName) {
        return entries.stream()
                .filter(e -> (!e.number().isEmpty() && e.number().equals(number))
                        || e.source().equals(kernelName))
                .map(Entry::use)
                .distinct()
                .toList();
    }

    /** File systems with anonymous numbers (btrfs) are known by the device they were mounted from. */
    private static String deviceName(KernelTree tree, String source) {
        String dev = tree.dev() + "/";
        return source.startsWith(dev) ? source.substring(dev.length()).replace('/', '!') : source;
    }

    private static String unescape(String text) {
        return OCTAL.matcher(text)
                .replaceAll(m -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(m.group(1), 8))));
    }
}
