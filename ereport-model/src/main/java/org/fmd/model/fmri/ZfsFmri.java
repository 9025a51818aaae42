// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fmri;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.nv.NvList;

/**
 * A ZFS pool or one of its virtual devices, by guid. The name of a pool is no part of it: names are looked up where they
 * are shown, so the string is the same whether the pool is imported or not (fmd reference §1.5).
 *
 * @param pool guid of the pool, unsigned
 * @param vdev guid of the virtual device, unsigned; empty for the pool itself
 */
public record ZfsFmri(long pool, OptionalLong vdev) implements Fmri {
    private static final Pattern FORM = Pattern.compile("pool=([0-9a-f]{1,16})(?:/vdev=([0-9a-f]{1,16}))?");

    @Override
    public String scheme() {
        return "zfs";
    }

    @Override
    public NvList toNvList() {
        NvList.Builder list =
                NvList.builder().uint8("version", 0).string("scheme", "zfs").uint64("pool", pool);
        vdev.ifPresent(guid -> list.uint64("vdev", guid));
        return list.build();
    }

    static Optional<ZfsFmri> fromNvList(NvList list) {
        OptionalLong pool = list.number("pool");
        return pool.isEmpty() ? Optional.empty() : Optional.of(new ZfsFmri(pool.getAsLong(), list.number("vdev")));
    }

    static Optional<ZfsFmri> parseRest(String rest) {
        Matcher form = FORM.matcher(rest);
        if (!form.matches()) {
            return Optional.empty();
        }
        String vdev = form.group(2);
        return Optional.of(new ZfsFmri(
                Long.parseUnsignedLong(form.group(1), 16),
                vdev == null ? OptionalLong.empty() : OptionalLong.of(Long.parseUnsignedLong(vdev, 16))));
    }

    @Override
    public String toString() {
        return "zfs://pool=" + Long.toHexString(pool)
                + (vdev.isPresent() ? "/vdev=" + Long.toHexString(vdev.getAsLong()) : "");
    }
}
