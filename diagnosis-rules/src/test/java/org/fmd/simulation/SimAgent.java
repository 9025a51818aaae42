// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentOutcome.Effect;
import org.fmd.api.AgentOutcome.Result;
import org.fmd.api.AgentOutcome.SuspectOutcome;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Output.TellAgents;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;

/** An agent, and what it did to the world, which outlives the daemon. */
final class SimAgent {
    private final String name;
    private final boolean retires;
    private final boolean fails;
    private final Deque<TellAgents> waiting = new ArrayDeque<>();
    private final Set<UUID> isolated = new HashSet<>();
    private final Map<UUID, Integer> told = new HashMap<>();

    /** @param retires whether it takes things out of service, or only speaks of them */
    SimAgent(String name, boolean retires, boolean fails) {
        this.name = name;
        this.retires = retires;
        this.fails = fails;
    }

    String name() {
        return name;
    }

    void tell(TellAgents tell) {
        waiting.add(tell);
    }

    boolean isBusy() {
        return !waiting.isEmpty();
    }

    /** Forgets what it was told and has not begun: the process is gone. */
    void gone() {
        waiting.clear();
    }

    /** The last step of the case of which it was told, 0 if of none. */
    int toldOf(UUID uuid) {
        return told.getOrDefault(uuid, 0);
    }

    /** Does what it was told first, and answers. */
    Input answer(Instant now, Random random) {
        TellAgents tell = waiting.remove();
        ListEvent event = tell.event();
        told.merge(event.uuid(), tell.step(), Math::max);
        AgentOutcome outcome = fails && random.nextInt(4) == 0
                ? AgentOutcome.failed("no such luck")
                : retires ? retire(event) : AgentOutcome.done("said so");
        return new Input.AgentAnswered(now, name, "1.0", event.uuid(), tell.step(), event.kind(), outcome);
    }

    private AgentOutcome retire(ListEvent event) {
        boolean retire = event.kind() == ListKind.SUSPECT
                && event.suspects().get(0).eventClass().name().equals("fault.sim.media");
        boolean restore = event.kind() == ListKind.REPAIRED && isolated.remove(event.uuid());
        if (!retire && !restore) {
            return AgentOutcome.notRelevant("nothing to do");
        }
        if (retire) {
            isolated.add(event.uuid());
        }
        List<SuspectOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < event.suspects().size(); i++) {
            Effect effect = retire ? Effect.ISOLATED : Effect.RESTORED;
            outcomes.add(new SuspectOutcome(i, Result.DONE, effect, "echo", "since it is so"));
        }
        return new AgentOutcome(Result.DONE, "done", outcomes);
    }
}
