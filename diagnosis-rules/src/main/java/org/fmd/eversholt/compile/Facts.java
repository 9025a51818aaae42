// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.api.topo.TopoPath;

/** What expressions may ask about the world beyond the ereports: both answers are part of the daemon's replayable state. */
public interface Facts {
    /** Whether the component has an open fault whose class matches the pattern; an empty pattern matches all. */
    boolean hasFault(Component component, String classPattern);

    /** The value of the counter of that class at that place, 0 if it was never raised. */
    long count(String counterClass, TopoPath path);
}
