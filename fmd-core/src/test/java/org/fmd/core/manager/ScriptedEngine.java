// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.fmd.api.CaseKey;
import org.fmd.api.DiagnosisEngine;
import org.fmd.api.EngineContext;
import org.fmd.api.EngineInput;
import org.fmd.api.EngineOutput;
import org.fmd.api.Explanation;
import org.fmd.api.ModuleInfo;
import org.fmd.model.event.EventClass;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.Fmri;

/**
 * An engine whose rule is in the ereport: payload {@code suspects} names classes and resources ({@code class@fmri}), {@code wait}
 * seconds to wait before it concludes. Without suspects the ereport is discarded.
 */
final class ScriptedEngine implements DiagnosisEngine {
    final List<EngineInput> seen = new ArrayList<>();
    private final List<EngineInput.Accepted> waiting = new ArrayList<>();
    private long timers;

    @Override
    public ModuleInfo info() {
        return new ModuleInfo("scripted", "1.0", "concludes what the ereport says", List.of());
    }

    @Override
    public void start(EngineContext context) {}

    @Override
    public List<EngineOutput> handle(EngineInput input) {
        seen.add(input);
        if (input instanceof EngineInput.Accepted accepted) {
            if (accepted.ereport().payload().contains("crash")) {
                throw new IllegalStateException("crash");
            }
            long seconds = accepted.ereport().payload().number("wait").orElse(0);
            if (accepted.ereport().payload().strings("suspects").isEmpty()) {
                return List.of(new EngineOutput.Discarded(
                        accepted.ref(), EngineOutput.Cause.NO_RULE, "no suspects in " + accepted.ref()));
            }
            CaseKey key = new CaseKey(accepted.ref(), 0);
            List<EngineOutput> out = new ArrayList<>();
            out.add(new EngineOutput.Opened(key));
            if (seconds > 0) {
                waiting.add(accepted);
                out.add(new EngineOutput.TimerSet(
                        timers++, accepted.ereport().tod().plus(Duration.ofSeconds(seconds))));
            } else {
                out.add(new EngineOutput.Solved(key, suspects(accepted)));
            }
            return out;
        }
        if (input instanceof EngineInput.TimerDue due) {
            EngineInput.Accepted accepted = waiting.get((int) due.timer());
            return List.of(new EngineOutput.Solved(new CaseKey(accepted.ref(), 0), suspects(accepted)));
        }
        return List.of();
    }

    /** It remembers one case, can say something of any problem, and fails on one. */
    @Override
    public Optional<Explanation> explain(Explanation.Question question) {
        if (question instanceof Explanation.Question.OfProblem asked) {
            if (asked.eventClass().equals("fault.crash")) {
                throw new IllegalStateException("crash");
            }
            return Optional.of(
                    Explanation.of(Explanation.Kind.DROPPED, asked.eventClass() + " of " + asked.resource(), Map.of()));
        }
        return question instanceof Explanation.Question.OfCase asked
                        && asked.uuid().equals(new UUID(1, 2))
                ? Optional.of(Explanation.of(Explanation.Kind.CASE, "it is so", Map.of()))
                : Optional.empty();
    }

    private static List<Suspect> suspects(EngineInput.Accepted accepted) {
        List<Suspect> suspects = new ArrayList<>();
        for (String text : accepted.ereport().payload().strings("suspects")) {
            int at = text.indexOf('@');
            suspects.add(Suspect.of(
                    new EventClass(text.substring(0, at)),
                    Fmri.parse(text.substring(at + 1)).orElseThrow()));
        }
        return suspects;
    }
}
