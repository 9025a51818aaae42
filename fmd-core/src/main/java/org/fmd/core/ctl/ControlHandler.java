// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.ctl;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Answers requests. */
@FunctionalInterface
public interface ControlHandler {

    /**
     * Answers one request; called on the server's thread, so it does not wait.
     *
     * @param request the members of the request
     * @param mayChange whether the client may change anything
     * @return the objects of the answer; a future that fails with {@link Refusal} is answered by its message
     */
    CompletableFuture<List<Map<String, @Nullable Object>>> handle(
            Map<String, @Nullable Object> request, boolean mayChange);

    /** A request that is answered by an error. */
    final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        public Refusal(String message) {
            super(message, null, false, false);
        }
    }

    /** Returns an answer that is an error. */
    static CompletableFuture<List<Map<String, @Nullable Object>>> refuse(String message) {
        return CompletableFuture.failedFuture(new Refusal(message));
    }
}
