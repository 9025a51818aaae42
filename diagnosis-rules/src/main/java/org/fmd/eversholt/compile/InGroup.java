// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.List;
import org.fmd.eversholt.check.Count;

/** The arrows governed by one K: their target happens only if at least K of them are active. */
public record InGroup(Count k, List<InstanceArrow> arrows) {
    public InGroup {
        arrows = List.copyOf(arrows);
    }
}
