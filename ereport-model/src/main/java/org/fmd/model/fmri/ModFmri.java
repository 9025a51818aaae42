// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fmri;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * A kernel module.
 *
 * @param name its name, for instance {@code mpt3sas}
 * @param id its number; 0 on Linux, which has none
 * @param description one line about it, null if not known; not part of the string form
 */
public record ModFmri(String name, int id, @Nullable String description) implements Fmri {
    private static final Pattern FORM = Pattern.compile("/mod-name=([^/=\\s]+)/mod-id=(-?[0-9]{1,9})");

    /** Refuses with {@link IllegalArgumentException} a name that could not be read back. */
    public ModFmri {
        if (!name.matches("[^/=\\s]+")) {
            throw new IllegalArgumentException("'" + name + "' is no name of a kernel module");
        }
    }

    @Override
    public String scheme() {
        return "mod";
    }

    @Override
    public NvList toNvList() {
        NvList.Builder list = NvList.builder()
                .uint8("version", 0)
                .string("scheme", "mod")
                .string("mod-name", name)
                .int32("mod-id", id);
        if (description != null) {
            list.string("mod-desc", description);
        }
        return list.build();
    }

    static Optional<ModFmri> fromNvList(NvList list) {
        OptionalLong id = list.number("mod-id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return list.string("mod-name")
                .map(name -> new ModFmri(
                        name, (int) id.getAsLong(), list.string("mod-desc").orElse(null)));
    }

    static Optional<ModFmri> parseRest(String rest) {
        Matcher form = FORM.matcher(rest);
        return form.matches()
                ? Optional.of(new ModFmri(form.group(1), Integer.parseInt(form.group(2)), null))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "mod:///mod-name=" + name + "/mod-id=" + id;
    }
}
