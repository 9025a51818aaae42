// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.api.topo.TopoPath;

/** What an event on a real component is found by. */
public record EventKey(String eventClass, TopoPath path) {
    /** The hash code of the key that one would make of a class and a path with that hash code. */
    public static int hash(String eventClass, int path) {
        return 31 * eventClass.hashCode() + path;
    }

    @Override
    public int hashCode() {
        return hash(eventClass, path.hashCode());
    }

    @Override
    public String toString() {
        return eventClass + "@" + path;
    }
}
