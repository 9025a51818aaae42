// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.replay;

import java.time.Instant;
import org.fmd.api.SourceContext;

/**
 * What a recording may ask of who plays it. Its clock shows the time of the record that is being played, its topology is what is
 * known of the machine that the recording is from, if anything is.
 */
public interface ReplayContext extends SourceContext {

    /** Says how late it is in the recording. */
    void timeIs(Instant now);

    /**
     * Says that something is not as it should be and was left out.
     *
     * @param line its line or the number of the record, from 1; 0 if the problem itself names the place
     * @param problem what was expected or found
     */
    void unreadable(long line, String problem);
}
