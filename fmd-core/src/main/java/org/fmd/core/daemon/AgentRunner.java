// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.fmd.api.Agent;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentTask;
import org.fmd.core.manager.Input;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent on a worker of its own, so that a slow one delays nobody. A task that finds the queue full is not lost: the case has
 * no answer of this agent, so it is told again at the next start.
 */
final class AgentRunner implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRunner.class);
    private static final int CAPACITY = 4096;

    /** What waits in the queue. */
    private sealed interface Work permits Told, End {}

    /**
     * A task.
     *
     * @param step which list event of its case the task is about
     */
    private record Told(AgentTask task, int step) implements Work {}

    /** Nothing more will come; only wakes the worker, which ends when the queue is empty. */
    private record End() implements Work {}

    private final ModuleState module;
    private final Agent agent;
    private final Context context;
    private final InstantSource clock;
    private final Consumer<Input> outcomes;
    private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(CAPACITY);
    private volatile boolean stopping;

    AgentRunner(ModuleState module, Agent agent, Context context, InstantSource clock, Consumer<Input> outcomes) {
        this.module = module;
        this.agent = agent;
        this.context = context;
        this.clock = clock;
        this.outcomes = outcomes;
    }

    String name() {
        return module.info().name();
    }

    /**
     * Starts the agent.
     *
     * @throws IOException if it cannot act at all
     */
    void start() throws IOException {
        agent.start(context);
    }

    void tell(AgentTask task, int step) {
        if (!queue.offer(new Told(task, step))) {
            module.count("tasks-postponed", 1);
            LOG.warn(
                    "agent '{}' has {} tasks waiting; it is told of case {} at the next start",
                    name(),
                    CAPACITY,
                    task.event().uuid());
        }
    }

    /** Lets the worker end after the tasks that wait; {@link Thread#interrupt} makes it end after the one at hand. */
    void stop() {
        stopping = true;
        // A queue without room for it is not empty, so the worker does not sleep.
        var unused = queue.offer(new End());
    }

    @Override
    public void run() {
        try {
            while (!stopping || !queue.isEmpty()) {
                if (queue.take() instanceof Told work) {
                    answer(work);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("agent '{}' was interrupted with {} tasks waiting", name(), queue.size());
        }
        try {
            agent.stop();
        } catch (RuntimeException e) {
            LOG.warn("agent '{}' did not stop in order: {}", name(), e.toString());
        }
    }

    private void answer(Told work) {
        AgentOutcome outcome;
        try {
            outcome = agent.respond(work.task());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error(
                    "agent '{}' failed on case {}", name(), work.task().event().uuid(), e);
            outcome = AgentOutcome.failed("the agent failed: " + e);
        }
        module.count("outcomes-" + org.fmd.core.manager.OutcomeRecord.word(outcome.result()), 1);
        outcomes.accept(new Input.AgentAnswered(
                clock.instant(),
                name(),
                module.info().version(),
                work.task().event().uuid(),
                work.step(),
                work.task().event().kind(),
                outcome));
    }
}
