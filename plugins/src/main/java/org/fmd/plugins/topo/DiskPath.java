// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.List;
import java.util.Optional;
import org.fmd.plugins.topo.BlockDevices.Layout;
import org.fmd.plugins.topo.BlockDevices.Partition;

/**
 * One kernel device that is a disk: one way to it.
 *
 * @param device the logical unit, namespace or device in the kernel's tree
 * @param others further paths under which it is known; an NVMe namespace with several controllers has one for each
 * @param hctl the SCSI address {@code 0:0:7:0}, empty if it has none
 * @param block what its block device says
 * @param identity what it says of itself
 * @param transport how it is reached, empty if that is not known
 * @param adapters the devices of its adapters: SCSI host, NVMe controllers, or the device itself
 * @param state what the kernel says of it now: {@code running}, {@code offline}; empty if it says nothing
 */
record DiskPath(
        DevicePath device,
        List<DevicePath> others,
        String hctl,
        Block block,
        Identity identity,
        Optional<Transport> transport,
        List<DevicePath> adapters,
        String state) {

    /**
     * The block device on it.
     *
     * @param name the kernel's name, empty if there is none: then all the rest is empty too
     * @param devt {@code 8:0}
     * @param capacity in bytes
     * @param blockSize in bytes, the logical one
     * @param holders md arrays and dm maps on it
     * @param partitions the parts of it
     * @param multipathMap the name of the dm-multipath map on it
     */
    record Block(
            String name,
            String devt,
            Optional<Long> capacity,
            Optional<Long> blockSize,
            List<String> holders,
            List<Partition> partitions,
            Optional<String> multipathMap) {
        static final Block NONE =
                new Block("", "", Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());

        static Block of(BlockDevices blocks, String name) {
            Layout layout = blocks.layout(name);
            return new Block(
                    name,
                    blocks.devt(name).orElse(""),
                    blocks.capacity(name),
                    blocks.blockSize(name),
                    layout.holders(),
                    layout.partitions(),
                    layout.holders().stream()
                            .flatMap(h -> blocks.multipathMap(h).stream())
                            .findFirst());
        }
    }
}
