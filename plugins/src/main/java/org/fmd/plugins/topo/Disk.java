// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fmd.plugins.topo.DevId.Source;

/**
 * A disk and all paths to it.
 *
 * @param devid empty if it has none, or none that is its own
 * @param ambiguous whether it says of itself what another disk says too
 * @param paths at least one, in order
 */
record Disk(Optional<DevId> devid, boolean ambiguous, List<DiskPath> paths) {

    /** Joins the paths with one identity. The disks come in the order of their first paths. */
    static List<Disk> group(List<DiskPath> paths) {
        Map<String, List<DiskPath>> byId = new LinkedHashMap<>();
        for (DiskPath path : paths) {
            String key = path.identity()
                    .devid()
                    .map(DevId::text)
                    .orElse(path.device().text());
            byId.computeIfAbsent(key, k -> new ArrayList<>()).add(path);
        }
        List<Disk> disks = new ArrayList<>();
        for (List<DiskPath> same : byId.values()) {
            disks.addAll(
                    isOne(same)
                            ? List.of(of(same))
                            : same.stream().map(Disk::doubtful).toList());
        }
        disks.sort(Comparator.comparing(disk -> disk.first().device()));
        return disks;
    }

    private static Disk of(List<DiskPath> same) {
        return new Disk(same.get(0).identity().devid(), false, List.copyOf(same));
    }

    private static Disk doubtful(DiskPath path) {
        return new Disk(Optional.empty(), true, List.of(path));
    }

    /** An identity that is unique by a standard is believed; another one only if nothing else speaks against it. */
    private static boolean isOne(List<DiskPath> same) {
        DiskPath first = same.get(0);
        Optional<Source> source = first.identity().devid().map(DevId::source);
        if (source.isEmpty() || source.get().isWorldwide()) {
            return true;
        }
        return same.stream()
                .allMatch(path -> !path.identity().contradicts(first.identity())
                        && (path.block().capacity().isEmpty()
                                || first.block().capacity().isEmpty()
                                || path.block().capacity().equals(first.block().capacity())));
    }

    DiskPath first() {
        return paths.get(0);
    }

    /** Returns what the number of an unknown bay is made from. */
    String lastingName() {
        return devid.map(DevId::text).orElse(first().device().lasting());
    }

    /** Returns the word in the property {@code devid-source}. */
    String devidSource() {
        return devid.map(id -> id.source().word()).orElse(ambiguous ? "ambiguous" : "none");
    }

    /** Returns every path in the kernel's tree under which the disk is known. */
    List<String> devicePaths() {
        List<String> texts = new ArrayList<>();
        for (DiskPath path : paths) {
            texts.add(path.device().text());
            path.others().forEach(other -> texts.add(other.text()));
        }
        return texts;
    }

    static List<String> known(Collection<String> texts) {
        return texts.stream().filter(text -> !text.isEmpty()).distinct().toList();
    }
}
