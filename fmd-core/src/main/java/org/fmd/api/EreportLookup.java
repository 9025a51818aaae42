// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.util.Optional;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.LogRef;

/** Finds an ereport by its place in the error log. */
@FunctionalInterface
public interface EreportLookup {

    /** Returns the ereport, empty if the log does not hold it any more. */
    Optional<Ereport> find(LogRef ref);
}
