// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import org.jspecify.annotations.Nullable;

/** What was asked for cannot be done; the message says what failed, for which object, and why. */
public final class ReplayFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public ReplayFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
