// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import org.jspecify.annotations.Nullable;

/**
 * Who a disk is, as far as the topology knows.
 *
 * @param devicePath the path that failed, below {@code /sys}; {@code /devices/unknown/…} for a disk that is not known
 * @param devid its identity, null where it is not certain
 * @param vendor null where it is not known, as the three below
 * @param blockSize bytes in a logical block, 0 where not known
 */
public record DiskIdentity(
        String devicePath,
        @Nullable String devid,
        @Nullable String vendor,
        @Nullable String product,
        @Nullable String revision,
        @Nullable String serial,
        int blockSize) {}
