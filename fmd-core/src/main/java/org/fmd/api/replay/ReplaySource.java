// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.replay;

import java.io.IOException;
import java.util.Optional;

/** An event source that can also play what was recorded of what it observes. */
public interface ReplaySource {

    /**
     * Opens an input that has a form of this module's. It may be opened several times, one after the other, and gives the same
     * each time.
     *
     * @return empty if it is of another form
     * @throws IOException if it is of such a form and cannot be read at all; the message says why, without its name
     */
    Optional<Recording> open(RecordedInput input, ReplayContext context) throws IOException;
}
