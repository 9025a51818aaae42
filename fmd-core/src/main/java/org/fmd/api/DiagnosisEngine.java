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
     * Loads what the engine diagnoses with. Started once more, it knows nothing of what it was told before.
     *
     * @throws IOException if there is nothing to diagnose with; parts that cannot be used are told to the context's log and
     *     left out
     */
    void start(EngineContext context) throws IOException;

    /** Takes one input and returns what follows from it, in order. */
    List<EngineOutput> handle(EngineInput input);

    /**
     * Returns all that the engine knows, to go on from after a restart; empty if it cannot say. Asked between two inputs, now
     * and then: it may take as long as it takes to copy what there is, and nothing changes by it.
     */
    default Optional<EngineMemory> remember() {
        return Optional.empty();
    }

    /**
     * Goes on where an engine of the same name stood when it {@linkplain #remember remembered}, timers included. Comes after
     * {@link #start} and before the first input, which need not be a {@link EngineInput.TopologyChanged} then: the hardware is
     * that of the memory until one comes.
     *
     * @param ereports finds what the memory names, as long as the error log has it
     * @return empty if the engine stands there now; else why not, for instance since it has other rules than the one that
     *     remembered, and then the engine is as it was before
     */
    default Optional<String> recall(EngineMemory memory, EreportLookup ereports) {
        return Optional.of("it has no use for a memory");
    }

    /** Says why; empty if the engine does not remember, or never knew. Nothing changes by it. */
    default Optional<Explanation> explain(Explanation.Question question) {
        return Optional.empty();
    }
}
