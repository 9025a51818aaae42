// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.api.topo.TopoPath;

/** What an event on a real component is found by. */
public record EventKey(String eventClass, TopoPath path) {
    @Override
    public int hashCode() {
        return 31 * eventClass.hashCode() + path.hashCode();
    }

    @Override
    public String toString() {
        return eventClass + "@" + path;
    }
}
