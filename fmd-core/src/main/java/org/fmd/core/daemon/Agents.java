// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fmd.api.AgentTask;
import org.fmd.core.cases.Case;
import org.fmd.core.manager.Output;
import org.fmd.core.msg.Host;
import org.fmd.core.msg.MessageCatalog;

/** All agents that run, each on its thread. */
final class Agents implements Consumer<Output.TellAgents> {
    private static final long STOP_MILLIS = 2_000;

    private final List<AgentRunner> runners = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final MessageCatalog messages;
    private final Host host;

    Agents(MessageCatalog messages, Host host) {
        this.messages = messages;
        this.host = host;
    }

    /**
     * Starts an agent and its thread.
     *
     * @throws IOException if the agent cannot act at all
     */
    void start(AgentRunner runner) throws IOException {
        runner.start();
        runners.add(runner);
        Thread thread = new Thread(runner, "agent " + runner.name());
        threads.add(thread);
        thread.start();
    }

    @Override
    public void accept(Output.TellAgents tell) {
        runners.forEach(runner -> runner.tell(task(tell, false), tell.step()));
    }

    /** Tells each agent what it may have {@linkplain Missed missed}. */
    void catchUp(List<Case> cases) {
        for (AgentRunner runner : runners) {
            for (Missed missed : Missed.of(runner.name(), cases)) {
                runner.tell(task(missed.tell(), missed.again()), missed.tell().step());
            }
        }
    }

    private AgentTask task(Output.TellAgents tell, boolean again) {
        return new AgentTask(tell.event(), messages.message(tell.event(), host, ZoneId.systemDefault()), again);
    }

    /** Lets each agent finish what it was told, for a short while. */
    void stop() throws InterruptedException {
        for (int i = 0; i < runners.size(); i++) {
            runners.get(i).stop();
        }
        for (Thread thread : threads) {
            thread.join(STOP_MILLIS);
            thread.interrupt();
        }
    }
}
