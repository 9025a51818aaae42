// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.util.ArrayList;
import java.util.List;
import org.fmd.core.cases.Case;
import org.fmd.core.manager.Output;

/**
 * What an agent is told when it starts, since it may have missed it.
 *
 * @param tell the last step of a case
 * @param again whether the agent has answered that before
 */
public record Missed(Output.TellAgents tell, boolean again) {

    static List<Missed> of(String agent, List<Case> cases) {
        List<Missed> missed = new ArrayList<>();
        for (Case value : cases) {
            Case.Answer answer = value.outcomes().get(agent);
            boolean answered = answer != null && answer.step() == value.step();
            if (!answered || value.state().isActive()) {
                missed.add(new Missed(new Output.TellAgents(value.last(), value.step()), answered));
            }
        }
        return missed;
    }
}
