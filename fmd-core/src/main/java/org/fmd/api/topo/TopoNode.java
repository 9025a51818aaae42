// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.topo;

import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * A piece of hardware.
 *
 * <p>Properties of a disk: {@code devid}, {@code dev} (its device path), {@code target-port-l0ids} (texts), {@code
 * logical-disk} (the kernel's name, {@code sda}), {@code hctl}, {@code devt} ({@code 8:0}), {@code manufacturer}, {@code
 * model}, {@code serial-number}, {@code firmware-revision}, {@code capacity-in-bytes}, {@code block-size} (uint64), {@code
 * hba} and {@code target-port} (paths of nodes), {@code devid-source} (which rule made the devid).
 *
 * @param path its place
 * @param resource its own name
 * @param asru what software takes out of service when it is broken; null if nothing can be
 * @param fru what a person replaces; null if nothing can be
 * @param label what is printed on it or beside it, for instance {@code Slot 07}; null if not known
 * @param properties what is known of it
 */
public record TopoNode(
        TopoPath path,
        Fmri resource,
        @Nullable Fmri asru,
        @Nullable Fmri fru,
        @Nullable String label,
        NvList properties) {}
