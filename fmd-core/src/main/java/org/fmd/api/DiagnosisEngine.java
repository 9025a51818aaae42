// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A module that explains errors. It is pure: after {@link #start} it reads no clock, no file and no random source, and
 * the same inputs in the same order give the same outputs. It runs on the fault-manager thread alone.
 */
public non-sealed interface DiagnosisEngine extends FmdModule {

    /**
     * Loads what the engine diagnoses with.
     *
     * @throws IOException if there is nothing to diagnose with; parts that cannot be used are told to the context's log and
     *     left out
     */
    void start(EngineContext context) throws IOException;

    /** Takes one input and returns what follows from it, in order. */
    List<EngineOutput> handle(EngineInput input);

    /** Says why; empty if the engine does not remember, or never knew. Nothing changes by it. */
    default Optional<Explanation> explain(Explanation.Question question) {
        return Optional.empty();
    }
}
