// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fmri;

import org.fmd.model.nv.NvList;

/**
 * A name of a scheme that has no type of its own here, or one with members that its type has no place for: kept whole.
 *
 * @param members all members
 */
public record OtherFmri(NvList members) implements Fmri {

    @Override
    public String scheme() {
        return members.string("scheme").orElse("unknown");
    }

    @Override
    public NvList toNvList() {
        return members;
    }

    @Override
    public boolean sameAs(Fmri other) {
        return equals(other);
    }

    /** A text for people only: the scheme and the members as they are. */
    @Override
    public String toString() {
        return scheme() + "://" + members;
    }
}
