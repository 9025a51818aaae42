// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fmri;

import java.util.Optional;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * A module of the fault manager.
 *
 * @param module its name, for instance {@code disk-retire}
 * @param version its version, null if not known; not part of the string form
 */
public record FmdFmri(String module, @Nullable String version) implements Fmri {

    /** Refuses with {@link IllegalArgumentException} a name that is none. */
    public FmdFmri {
        if (!module.matches("[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException("'" + module + "' is no name of a module");
        }
    }

    @Override
    public String scheme() {
        return "fmd";
    }

    @Override
    public NvList toNvList() {
        NvList.Builder list =
                NvList.builder().uint8("version", 0).string("scheme", "fmd").string("mod-name", module);
        if (version != null) {
            list.string("mod-version", version);
        }
        return list.build();
    }

    static Optional<FmdFmri> fromNvList(NvList list) {
        return list.string("mod-name")
                .map(name -> new FmdFmri(name, list.string("mod-version").orElse(null)));
    }

    static Optional<FmdFmri> parseRest(String rest) {
        try {
            return rest.startsWith("/module/")
                    ? Optional.of(new FmdFmri(rest.substring("/module/".length()), null))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "fmd:///module/" + module;
    }
}
