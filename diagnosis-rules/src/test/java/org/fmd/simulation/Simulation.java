// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.fmd.core.cases.Case;
import org.fmd.core.daemon.DaemonCore;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogLabel;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Input.EreportAccepted;
import org.fmd.core.manager.Output;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** One seed: a host with its disks, its clock, its kernel, and what happens to it. */
final class Simulation {
    private static final int PATIENCE = 20;

    private final Schedule schedule;
    private final Random random;
    private final Trace trace;
    private final SimClock clock;
    private final Faults faults;
    private final SimDisk disk;
    private final List<SimAgent> agents;
    private final History history = new History();
    private final Ledger ledger = new Ledger();
    private Hardware hardware = Hardware.FIRST;
    private @Nullable Machine machine;
    private boolean comingUp;
    private boolean paused;
    private int waited;
    private int depth;
    private long ids;
    private long posted;

    private Simulation(long seed, @Nullable PrintStream out) {
        schedule = Schedule.of(seed);
        random = new Random(seed);
        trace = new Trace(out);
        clock = new SimClock(this::whileSomebodyWaits);
        faults = new Faults(schedule, random, trace, this::others);
        disk = new SimDisk(faults);
        agents = List.of(
                new SimAgent("retire", true, schedule.failing()), new SimAgent("syslog", false, schedule.failing()));
    }

    /**
     * What a simulation has come to.
     *
     * @param crashes how often the daemon ended
     * @param cases how many cases there are
     * @param ereports how many were posted
     * @param differs why the end differs from that of the run without faults, and may; empty if it does not
     */
    record Result(int crashes, int cases, int ereports, Optional<String> differs) {}

    /**
     * Runs one seed.
     *
     * @param out where to tell what happens; null for nowhere
     * @throws AssertionError if something is not as it should be
     */
    static Result run(long seed, @Nullable PrintStream out) {
        return new Simulation(seed, out).run();
    }

    private Result run() {
        trace.say("%s", schedule);
        faults.on(true);
        for (int i = 0; i < schedule.steps(); i++) {
            guarded(this::happen);
        }
        settle();
        if (random.nextBoolean()) {
            trace.say("and once more from the logs");
            down(random.nextBoolean());
            settle();
        }
        return check();
    }

    private void guarded(Runnable what) {
        try {
            trace.at(clock.instant());
            what.run();
        } catch (Crash e) {
            down(schedule.power() && random.nextBoolean());
        }
    }

    // ---- what happens --------------------------------------------------------------------------

    private void happen() {
        Machine running = machine;
        if (running == null) {
            clock.pass(Duration.ofMillis(random.nextInt(10_000)));
            ail();
            up();
            return;
        }
        int dice = random.nextInt(100);
        if (dice < 30) {
            post(running);
        } else if (dice < 55) {
            running.step(anyTask());
        } else if (dice < 70) {
            work(running);
        } else if (dice < 86) {
            if (random.nextInt(8) > 0) {
                work(running);
            }
            pass();
        } else if (dice < 89) {
            ail();
        } else if (dice < 93) {
            command(running);
        } else if (dice < 95) {
            change(running);
        } else if (dice < 97) {
            stepClock();
        } else if (dice == 97 && schedule.stops()) {
            trace.say("stop");
            running.stop();
            gone();
        } else if (dice == 98 && schedule.crashOneIn() > 0) {
            trace.say("KILL");
            down(schedule.power() && random.nextBoolean());
        }
    }

    private void post(Machine running) {
        String serial = hardware.serials().get(random.nextInt(Hardware.BAYS));
        String name = List.of("hard", "soft", "soft", "link", "noise").get(random.nextInt(5));
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            boolean late = schedule.late() && random.nextInt(3) == 0;
            Instant tod = clock.instant().minusMillis(late ? random.nextInt(20_000) : 0);
            NvList payload = NvList.builder()
                    .string("driver-assessment", random.nextBoolean() ? "fatal" : "retry")
                    .uint64("block", random.nextInt(3) + (random.nextInt(10) == 0 ? 100 : 0))
                    .uint64("n", ++posted)
                    .build();
            Ereport ereport = new Ereport(
                    new EventClass("ereport.sim." + name), tod, Ena.UNKNOWN, Hardware.detector(serial), payload);
            for (int times = schedule.twice() && random.nextInt(4) == 0 ? 2 : 1; times > 0; times--) {
                if (running.offer(ereport)) {
                    trace.say("post %s %s of %s n %d", name, tod, serial, posted);
                    ledger.posted(ereport);
                }
            }
            clock.pass(Duration.ofMillis(1 + random.nextInt(50)));
        }
    }

    private Machine.Task anyTask() {
        Machine.Task task = any(Machine.Task.values());
        boolean agent = task == Machine.Task.RETIRE || task == Machine.Task.SYSLOG;
        return agent && schedule.slow() && random.nextInt(4) > 0 ? Machine.Task.MANAGER : task;
    }

    private <T> T any(T[] some) {
        return some[random.nextInt(some.length)];
    }

    /** The threads do what there is to do. */
    private void work(Machine running) {
        for (boolean more = true; more; ) {
            more = running.step(Machine.Task.JOURNAL);
            more |= running.step(Machine.Task.MANAGER);
            if (!schedule.slow()) {
                more |= running.step(Machine.Task.RETIRE);
                more |= running.step(Machine.Task.SYSLOG);
            }
        }
        running.step(Machine.Task.CHECKPOINT);
    }

    private void pass() {
        int dice = random.nextInt(20);
        clock.pass(Duration.ofMillis(
                dice < 10 ? random.nextInt(1000) : dice < 17 ? random.nextInt(6000) : random.nextInt(300_000)));
    }

    private void ail() {
        if (faults.ailment() != Faults.Ailment.NONE || disk.isBounded()) {
            heal();
        } else if (schedule.readOnly() && random.nextInt(3) == 0) {
            faults.ail(Faults.Ailment.READ_ONLY);
        } else if (schedule.failOneIn() > 0 && random.nextInt(3) == 0) {
            faults.ail(Faults.Ailment.FAILING);
        } else if (schedule.full()) {
            long room = disk.used() + random.nextInt(4000);
            trace.say("disk: room for %d bytes", room - disk.used());
            disk.room(room);
        }
    }

    private void heal() {
        if (disk.isBounded()) {
            trace.say("disk: room again");
        }
        disk.room(Long.MAX_VALUE);
        faults.ail(Faults.Ailment.NONE);
    }

    private void command(Machine running) {
        List<Case> cases = running.manager().cases();
        if (!schedule.operator() || cases.isEmpty()) {
            return;
        }
        Case some = cases.get(random.nextInt(cases.size()));
        String target = random.nextBoolean()
                ? some.uuid().toString()
                : String.valueOf(some.diagnosis().suspects().get(0).resource());
        Input.Verb verb = any(Input.Verb.values());
        trace.say("operator: %s %s", verb, target);
        running.tell(new Input.OperatorSays(running.now(), verb, target, Optional.empty()));
    }

    private void change(Machine running) {
        if (schedule.hardware()) {
            hardware = hardware.changed(random);
            trace.say("hardware: %s", hardware.serials());
            running.tell(new Input.TopologyTaken(running.now(), hardware.topology()));
        }
    }

    private void stepClock() {
        if (schedule.stepBack() && random.nextBoolean()) {
            clock.step(Duration.ofMillis(-random.nextInt(120_000)));
            trace.say("clock: set back to %s", clock.instant());
        } else if (schedule.stepForth()) {
            clock.step(Duration.ofMillis(random.nextInt(120_000)));
            trace.say("clock: set to %s", clock.instant());
        }
    }

    /** Another thread goes on while one is at the disk. */
    private void others() {
        Machine running = machine;
        if (running != null && !comingUp && depth < 3) {
            depth++;
            try {
                running.step(anyTask());
            } finally {
                depth--;
            }
        }
    }

    /** A second has gone by, in which somebody waited for the disk. */
    private void whileSomebodyWaits() {
        trace.at(clock.instant());
        paused = true;
        if (++waited > PATIENCE || random.nextInt(4) == 0) {
            heal();
            waited = 0;
        }
        if (waited > 2 * PATIENCE) {
            faults.on(false);
        }
        others();
    }

    // ---- up and down ---------------------------------------------------------------------------

    private void up() {
        comingUp = true;
        faults.alive();
        agents.forEach(SimAgent::gone);
        try {
            trace.say("start");
            machine = new Machine(this);
        } catch (IOException e) {
            trace.say("does not start: %s", e.getMessage());
            gone();
        } finally {
            comingUp = false;
        }
    }

    private void gone() {
        gone(false);
    }

    private void gone(boolean power) {
        machine = null;
        depth = 0;
        disk.killed();
        agents.forEach(SimAgent::gone);
        // What a failed force has orphaned can be read by the next process, and is not on the disk: no process can know
        // that.
        if (power || disk.hasOrphans()) {
            boolean all = random.nextInt(3) == 0;
            trace.say("POWER LOST, %s", all ? "and all that was not forced" : "and some of what was not forced");
            ledger.torn(!all);
            disk.powerLost(all, random);
        }
    }

    private void down(boolean power) {
        gone(power);
        ledger.crashed();
        faults.alive();
        boolean was = faults.on(false);
        ledger.check(disk, schedule);
        faults.on(was);
    }

    /** Brings the fault manager of a new process to where it was, and keeps the book on it. */
    void restart(DaemonCore core, Runnable engines, InstantSource time) throws IOException {
        boolean was = faults.on(false);
        for (LogEntry entry : Logs.read(disk, LogLabel.ERROR)) {
            Ereport ereport = (Ereport) Logs.event(entry);
            ledger.handledAgain(entry);
            history.add(new EreportAccepted(ereport.tod(), entry.ref(), ereport))
                    .done();
        }
        faults.on(was);
        paused = false;
        DaemonCore.Restarted restarted;
        try {
            restarted = core.restart(engines, hardware.topology(), time);
        } catch (Crash e) {
            history.add(new Input.TopologyTaken(time.instant(), hardware.topology()));
            if (paused) {
                ledger.vague("the daemon ended while it came up and waited for the disk");
            }
            throw e;
        }
        trace.say("  handled again: %s", restarted);
        history.restarted(restarted.from(), hardware.topology());
        history.add(new Input.TopologyTaken(time.instant(), hardware.topology()))
                .done();
    }

    // ---- what the machine tells ----------------------------------------------------------------

    Schedule schedule() {
        return schedule;
    }

    SimClock clock() {
        return clock;
    }

    SimDisk disk() {
        return disk;
    }

    Trace trace() {
        return trace;
    }

    List<SimAgent> agents() {
        return agents;
    }

    UUID newId() {
        return new UUID(0x4000, ++ids);
    }

    void accepted(EreportAccepted accepted) {
        trace.say(
                "accepted %s n %s", accepted.ref(), accepted.ereport().payload().get("n"));
        ledger.accepted(accepted);
    }

    History.Told handling(Input input) {
        trace.say("handle %s", Trace.brief(input));
        return history.add(input);
    }

    void handled(History.Told told, List<Output> outputs) {
        told.done();
        waited = 0;
        outputs.forEach(output -> trace.say("  %s", Trace.brief(output)));
        ledger.promised(outputs);
    }

    void told(Output.TellAgents tell) {
        ledger.told(tell);
        agents.forEach(agent -> agent.tell(tell));
    }

    Input answer(SimAgent agent, Instant now) {
        return agent.answer(now, random);
    }

    // ---- the end -------------------------------------------------------------------------------

    /** All is well again: whatever is on its way arrives, and each timer runs out. */
    private void settle() {
        trace.say("all is well again");
        heal();
        faults.on(false);
        if (machine == null) {
            up();
        }
        Machine running = machine;
        if (running == null) {
            throw new AssertionError("the daemon does not come up on a disk that works");
        }
        for (int rounds = 0; ; rounds++) {
            trace.at(clock.instant());
            boolean more = false;
            for (Machine.Task task : Machine.Task.values()) {
                more |= running.step(task);
            }
            Optional<Instant> next = running.manager().nextWakeup();
            if (!more && running.isIdle()) {
                if (next.isEmpty()) {
                    return;
                }
                Duration until = Duration.between(running.now(), next.get());
                clock.pass(until.isNegative() ? Duration.ZERO : until);
            } else if (!more) {
                clock.pass(Duration.ofSeconds(1));
            }
            if (rounds > 10_000) {
                throw new AssertionError("there is no end to it");
            }
        }
    }

    private Result check() {
        FaultManager manager = Objects.requireNonNull(machine).manager();
        ledger.check(disk, schedule);
        ledger.checkTold(disk, schedule, agents);
        List<String> faultTexts = texts(LogLabel.FAULT);
        List<String> infoTexts = texts(LogLabel.INFO);
        List<String> logged = new ArrayList<>(faultTexts);
        logged.addAll(infoTexts);
        Oracle oracle = Oracle.of(history.items(), Hardware.FIRST.topology(), logged);
        Optional<String> vague = ledger.whyVague().or(oracle::whyVague);
        try {
            same("fault log", oracle.faults(), faultTexts);
            same("information log", oracle.infos(), infoTexts);
            same("state", Oracle.state(oracle.manager()), Oracle.state(manager));
            vague = Optional.empty();
        } catch (AssertionError e) {
            if (vague.isEmpty()) {
                throw e;
            }
            trace.say("since %s: %s", vague.get(), e.getMessage());
            if (ledger.whyVague().isEmpty() && !oracle.isOnOtherHardware()) {
                Oracle other = Oracle.byTime(history.items(), Hardware.FIRST.topology(), logged);
                notLost(Oracle.problems(oracle.faults()), Oracle.problems(other.faults()), Oracle.problems(faultTexts));
            }
        }
        return new Result(ledger.crashes(), manager.cases().size(), (int) posted, vague);
    }

    /** What is diagnosed in either order must be. What a mixture of the two makes of SERD engines may be something else again. */
    private static void notLost(Set<String> one, Set<String> other, Set<String> found) {
        Set<String> lost = new TreeSet<>(one);
        lost.retainAll(other);
        lost.removeAll(found);
        if (!lost.isEmpty()) {
            throw new AssertionError("diagnoses lost: " + lost);
        }
    }

    private List<String> texts(LogLabel label) {
        return Logs.read(disk, label).stream().map(Logs::text).toList();
    }

    private void same(String what, List<String> expected, List<String> found) {
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            String one = i < expected.size() ? expected.get(i) : "nothing";
            String other = i < found.size() ? found.get(i) : "nothing";
            if (!one.equals(other)) {
                int at = 0;
                while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
                    at++;
                }
                throw new AssertionError("the " + what + " differs from the run without faults, line " + (i + 1)
                        + "\n  without: " + around(one, at) + "\n  with:    " + around(other, at));
            }
        }
    }

    private static String around(String text, int at) {
        return (at > 150 ? "… " : "") + text.substring(Math.max(0, at - 150), Math.min(text.length(), at + 250));
    }
}
