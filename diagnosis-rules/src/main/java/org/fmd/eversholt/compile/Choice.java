// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Graphs of one class by what was asked while they were built: a tree of questions, a graph at each leaf. */
final class Choice {
    private final Map<Object, Choice> next = new HashMap<>();
    private Reads.@Nullable Question question;
    private @Nullable InstanceGraph graph;

    /** The graph that would be built around the component now, null if it has not been built yet. */
    @Nullable
    InstanceGraph find(World world, Component center) {
        Choice at = this;
        while (at.question != null) {
            at = at.next.get(at.question.ask(world, center));
            if (at == null) {
                return null;
            }
        }
        return at.graph;
    }

    /**
     * Keeps a graph.
     *
     * @param answers what it was built on; after the same answers building asks the same question next, so lists that begin
     *     alike agree in the question that follows
     */
    void keep(List<Reads.Answer> answers, InstanceGraph built) {
        Choice at = this;
        for (Reads.Answer answer : answers) {
            if (at.question == null) {
                at.question = answer.question();
            }
            if (!Objects.equals(at.question, answer.question())) {
                throw new IllegalStateException(at.question + " was asked here, now " + answer.question());
            }
            at = at.next.computeIfAbsent(answer.answer(), a -> new Choice());
        }
        at.graph = built;
    }
}
