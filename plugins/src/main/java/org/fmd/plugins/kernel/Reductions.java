// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.util.ArrayList;
import java.util.List;
import org.fmd.api.SourceContext;

/** All that makes the channel tell less than it should: a later reason does not hide an earlier one. */
final class Reductions {
    private final SourceContext context;
    private final List<String> reasons = new ArrayList<>();

    Reductions(SourceContext context) {
        this.context = context;
    }

    synchronized void add(String why) {
        reasons.add(why);
        context.degraded(String.join("; ", reasons));
    }
}
