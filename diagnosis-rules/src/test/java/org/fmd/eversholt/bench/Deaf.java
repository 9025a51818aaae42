// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.bench;

import org.fmd.eversholt.eft.Replay;

/** Takes what an engine says, and does nothing with it. */
final class Deaf implements Replay.Listener {
    static final Deaf LISTENER = new Deaf();

    private Deaf() {}

    @Override
    public void concluded(Replay.Verdict verdict) {}

    @Override
    public void failed(String place, String problem) {
        throw new IllegalStateException(place + ": " + problem);
    }
}
