// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.List;
import org.fmd.eversholt.check.Count;

/** The arrows governed by one N: if their source happens, at least N of their targets must. */
public record OutGroup(Count n, List<InstanceArrow> arrows) {
    public OutGroup {
        arrows = List.copyOf(arrows);
    }
}
