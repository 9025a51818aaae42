// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.IOException;
import java.util.Optional;
import org.fmd.api.replay.RecordedInput;
import org.fmd.api.topo.Topology;

/**
 * An input whose form is known.
 *
 * @param what its form, for people
 * @param hardware that it tells of
 * @param opener opens it, as often as it is asked to
 */
record Form(RecordedInput input, String what, Optional<Topology> hardware, Opener opener) {

    /** Opens an input. */
    interface Opener {
        Lane open(Unread unread) throws IOException;
    }

    /** An input that tells of no hardware. */
    static Form of(RecordedInput input, String what, Opener opener) {
        return new Form(input, what, Optional.empty(), opener);
    }
}
