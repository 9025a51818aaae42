// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fmri;

import java.util.Optional;
import org.fmd.model.nv.NvList;

/** The name of a resource. {@code toString} is the string form that people see and that {@link #parse} reads. */
public sealed interface Fmri permits HcFmri, DevFmri, FmdFmri, ModFmri, ZfsFmri, OtherFmri {

    /** Returns the scheme, for instance {@code hc}. */
    String scheme();

    /** Returns the members, {@code version} and {@code scheme} first. */
    NvList toNvList();

    /** Returns whether both name the same resource, by the rules of the scheme; equal strings unless it says otherwise. */
    default boolean sameAs(Fmri other) {
        return toString().equals(other.toString());
    }

    /** Reads the string form; empty if it is none of a scheme that has one here. */
    static Optional<Fmri> parse(String text) {
        int colon = text.indexOf("://");
        if (colon < 0) {
            return Optional.empty();
        }
        String rest = text.substring(colon + 3);
        return switch (text.substring(0, colon)) {
            case "hc" -> HcText.parse(rest).map(f -> f);
            case "dev" -> DevFmri.parseRest(rest).map(f -> f);
            case "fmd" -> FmdFmri.parseRest(rest).map(f -> f);
            case "mod" -> ModFmri.parseRest(rest).map(f -> f);
            case "zfs" -> ZfsFmri.parseRest(rest).map(f -> f);
            default -> Optional.empty();
        };
    }

    /** Reads the members; a list that does not hold what its scheme asks for is kept as {@link OtherFmri}. */
    static Fmri of(NvList members) {
        Optional<? extends Fmri> known;
        try {
            known = switch (members.string("scheme").orElse("")) {
                case "hc" -> HcFmri.fromNvList(members);
                case "dev" -> DevFmri.fromNvList(members);
                case "fmd" -> FmdFmri.fromNvList(members);
                case "mod" -> ModFmri.fromNvList(members);
                case "zfs" -> ZfsFmri.fromNvList(members);
                default -> Optional.<Fmri>empty();
            };
        } catch (IllegalArgumentException e) {
            known = Optional.empty();
        }
        // Members that the scheme's type has no place for must not be lost.
        return known.isPresent() && known.get().toNvList().equals(members) ? known.get() : new OtherFmri(members);
    }
}
