// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.io.IOException;

/** A module that observes errors. It owns its threads. */
public non-sealed interface EventSource extends FmdModule {

    /**
     * Starts observing and returns.
     *
     * @throws IOException if it cannot observe anything; the module is then shown as failed with that reason
     */
    void start(SourceContext context) throws IOException;

    /** Stops observing and waits for its threads; nothing is posted after it returns. */
    void stop();
}
