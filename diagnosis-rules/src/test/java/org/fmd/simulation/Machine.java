// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.fmd.core.daemon.DaemonCore;
import org.fmd.core.daemon.Missed;
import org.fmd.core.intake.Intake;
import org.fmd.core.intake.IntakePolicy;
import org.fmd.core.intake.Journal;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Output;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.core.time.SteadyClock;
import org.fmd.model.event.Ereport;

/** One life of the daemon: its core, and what its threads would do, each step of which somebody else decides on. */
final class Machine {
    private static final LogOrigin ORIGIN = new LogOrigin("fmd", "host", "6.1", "#1 SMP", "amd64");
    private static final Duration AGE = Duration.ofDays(10_000);

    /** What each of the threads does. */
    enum Task {
        JOURNAL,
        MANAGER,
        CHECKPOINT,
        KEEPER,
        RETIRE,
        SYSLOG
    }

    private final Simulation world;
    private final FaultManager manager = newManager();
    private final Deque<Input> inputs = new ArrayDeque<>();
    private final Set<Task> busy = EnumSet.noneOf(Task.class);
    private final SteadyClock steady;
    private final Intake intake;
    private final DaemonCore core;
    private final Journal journal;
    private long journalRests;

    static FaultManager newManager() {
        return new FaultManager(MessageCatalog.empty(), AGE);
    }

    /**
     * Comes up.
     *
     * @throws IOException if the disk does not let it
     */
    Machine(Simulation world) throws IOException {
        this.world = world;
        this.steady = new SteadyClock(world.clock(), world.clock()::nanoTime);
        this.intake = new Intake(new IntakePolicy(64, 25, 32, Duration.ofSeconds(1)), steady);
        Schedule schedule = world.schedule();
        LogOptions options =
                new LogOptions(1024, world.clock(), world::newId).rotating(schedule.rotateSize(), Duration.ofHours(2));
        core = DaemonCore.open(
                world.disk(), ORIGIN, options, schedule.quota(), manager, world.clock(), new DaemonCore.Listener() {
                    @Override
                    public void tell(Output.TellAgents tell) {
                        world.told(tell);
                    }

                    @Override
                    public void failed(Output.EngineFailed failed) {
                        throw new AssertionError("the engine failed: " + failed);
                    }
                });
        Rules.addEngine(manager);
        world.restart(core, () -> Rules.addEngine(manager), this::resume);
        for (SimAgent agent : world.agents()) {
            for (Missed missed : core.missed(agent.name())) {
                agent.tell(missed.tell());
            }
        }
        journal = new Journal(intake, core.errlog(), world.clock(), steady, accepted -> {
            world.accepted(accepted);
            inputs.add(accepted);
        });
    }

    private Instant resume() {
        steady.resume(manager.ahead(), manager.clock());
        return steady.instant();
    }

    /** What time it is for the fault manager. */
    Instant now() {
        return steady.instant();
    }

    FaultManager manager() {
        return manager;
    }

    /** An ereport comes from the kernel; waits for nothing. */
    boolean offer(Ereport ereport) {
        return intake.offer(ereport);
    }

    void tell(Input input) {
        inputs.add(input);
    }

    /** Makes a step, unless its thread is in the middle of one; whether there was anything to do. */
    boolean step(Task task) {
        if (!busy.add(task)) {
            return false;
        }
        world.trace().in();
        try {
            return switch (task) {
                case JOURNAL -> journal();
                case MANAGER -> manage();
                case CHECKPOINT -> core.writeCheckpoint();
                case KEEPER -> keep();
                case RETIRE -> answer(world.agents().get(0));
                case SYSLOG -> answer(world.agents().get(1));
            };
        } finally {
            world.trace().out();
            busy.remove(task);
        }
    }

    private boolean journal() {
        if (world.clock().nanoTime() < journalRests) {
            return false;
        }
        Journal.Step step = journal.step();
        if (step == Journal.Step.RETRY) {
            journalRests = world.clock().nanoTime() + Journal.RETRY_AFTER.toNanos();
        }
        return step == Journal.Step.MORE;
    }

    private boolean manage() {
        Input input = inputs.poll();
        boolean due = manager.nextWakeup().filter(at -> !at.isAfter(now())).isPresent();
        if (input == null && !due) {
            core.saveIfDue();
            return false;
        }
        handle(input == null ? new Input.TimePassed(now()) : input);
        core.saveIfDue();
        return true;
    }

    private void handle(Input input) {
        History.Told told = world.handling(input);
        List<Output> outputs = core.handle(input);
        if (!core.hasGivenUp()) {
            world.handled(told, outputs);
        }
    }

    private boolean keep() {
        core.keeper().work();
        return false;
    }

    private boolean answer(SimAgent agent) {
        if (!agent.isBusy()) {
            return false;
        }
        inputs.add(world.answer(agent, now()));
        return true;
    }

    /** Whether anything is on its way between two threads. */
    boolean isIdle() {
        return intake.waiting() == 0 && inputs.isEmpty();
    }

    /** Stops in order. */
    void stop() {
        busy.add(Task.JOURNAL);
        busy.add(Task.MANAGER);
        busy.add(Task.KEEPER);
        intake.close();
        while (journal.step() != Journal.Step.ENDED) {
            world.trace().say("  the journal writes what is left");
        }
        core.stopping();
        for (Input input = inputs.poll(); input != null && !core.hasGivenUp(); input = inputs.poll()) {
            handle(input);
        }
        core.saveLast();
        while (core.writeCheckpoint()) {
            world.trace().say("  a last checkpoint");
        }
        try {
            core.close();
        } catch (IOException e) {
            world.trace().say("  closing: %s", e.getMessage());
        }
    }
}
