// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.fmd.agents.retire.RetireSettings.Mode;
import org.fmd.agents.retire.jna.ExclusiveOpen;
import org.fmd.api.Agent;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentOutcome.Effect;
import org.fmd.api.AgentOutcome.Result;
import org.fmd.api.AgentOutcome.SuspectOutcome;
import org.fmd.api.AgentTask;
import org.fmd.api.ModuleContext;
import org.fmd.api.ModuleInfo;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.Suspect;

/**
 * Takes disks that are faulty out of service and puts them back when they are repaired. What it does not do it refuses in
 * words. Idempotent: the state is read from the kernel each time, so being told again changes nothing that is done already.
 */
public final class DiskRetireAgent implements Agent {
    private static final ModuleInfo INFO = new ModuleInfo(
            "disk-retire",
            "1.0",
            "takes faulty disks out of service, and puts repaired ones back",
            RetireSettings.PROPERTIES);

    private final KernelCalls.Sink sink;
    private final RetirePlanner.Claims claims;
    private volatile @org.jspecify.annotations.Nullable Work work;

    /** Makes the agent that writes to this host's kernel. */
    public DiskRetireAgent() {
        this(KernelCalls::writeAttribute, ExclusiveOpen::isClaimed);
    }

    DiskRetireAgent(KernelCalls.Sink sink, RetirePlanner.Claims claims) {
        this.sink = sink;
        this.claims = claims;
    }

    @Override
    public ModuleInfo info() {
        return INFO;
    }

    @Override
    public void start(ModuleContext context) throws IOException {
        RetireSettings settings = RetireSettings.from(context.settings());
        Path file = context.root().resolve("var/lib/fmd/disk-retire/retirements");
        RetirementLedger ledger =
                RetirementLedger.open(file, settings.window(), context.clock().instant());
        if (!ledger.trouble().isEmpty()) {
            context.log().warn(ledger.trouble());
        }
        KernelCalls calls = new KernelCalls(settings.deadline(), sink);
        RetirePlanner planner = new RetirePlanner(
                settings.tree(),
                node -> calls.within("the question who uses it", node, () -> claims.isClaimed(node)),
                settings.redundant());
        work = new Work(context, settings, ledger, planner, new PlanRunner(planner, calls));
    }

    @Override
    public AgentOutcome respond(AgentTask task) {
        Work current = work;
        if (current == null) {
            return AgentOutcome.failed("disk-retire is not started");
        }
        return switch (task.event().kind()) {
            case SUSPECT, UPDATED, REPAIRED -> current.respond(task.event());
            case ISOLATED, RESOLVED -> AgentOutcome.notRelevant("nothing is to be done at this step of a case");
        };
    }

    @Override
    public void stop() {
        work = null;
    }

    /** The agent between start and stop. On the agent's worker only. */
    private record Work(
            ModuleContext context,
            RetireSettings settings,
            RetirementLedger ledger,
            RetirePlanner planner,
            PlanRunner runner) {

        AgentOutcome respond(ListEvent event) {
            SuspectPolicy policy = new SuspectPolicy(settings.exceptions());
            List<SuspectOutcome> outcomes = new ArrayList<>();
            // What is no longer suspected comes back first: it may be the redundancy that the rest needs.
            for (boolean faulty : new boolean[] {false, true}) {
                for (int i = 0; i < event.suspects().size(); i++) {
                    boolean isolate = event.kind() != ListKind.REPAIRED
                            && event.statuses().get(i).isFaulty();
                    if (isolate == faulty
                            && SuspectPolicy.blamesDisk(event.suspects().get(i).eventClass())) {
                        SuspectOutcome outcome = isolate ? isolate(event, i, policy) : restore(event, i);
                        context.count(outcome.result().name().toLowerCase(Locale.ROOT), 1);
                        outcomes.add(outcome);
                    }
                }
            }
            return outcomes.isEmpty()
                    ? AgentOutcome.notRelevant("no suspect is a disk")
                    : new AgentOutcome(worst(outcomes), reasons(outcomes), outcomes);
        }

        private SuspectOutcome isolate(ListEvent event, int index, SuspectPolicy policy) {
            if (settings.mode() == Mode.OFF) {
                return refused(index, "mode is off");
            }
            Optional<String> objection = policy.objection(event, index);
            Optional<String> devid = SuspectPolicy.devid(event.suspects().get(index));
            if (objection.isPresent() || devid.isEmpty()) {
                return refused(index, objection.orElse("the ASRU has no devid"));
            }
            RetirePlan plan = planner.planRetire(devid.get(), context.topology());
            if (plan instanceof RetirePlan.Act act) {
                return settings.mode() == Mode.AUTO ? retire(event, index, act) : rehearse(event, index, act);
            }
            if (plan instanceof RetirePlan.Already already) {
                return isolatedAlready(event, index, already);
            }
            return unplanned(index, plan);
        }

        private SuspectOutcome retire(ListEvent event, int index, RetirePlan.Act act) {
            String devid = act.disk().devid();
            Instant now = context.clock().instant();
            Optional<String> full = ledger.objection(devid, now, settings.most(), false);
            if (full.isPresent()) {
                return refused(index, act.disk() + " stays in service: " + full.get());
            }
            try {
                ledger.record(new Retirement(now, Retirement.Kind.ACTED, false, event.uuid(), devid, left(act)));
            } catch (IOException e) {
                return refused(index, act.disk() + " stays in service, since the retirement cannot be recorded: " + e);
            }
            PlanRunner.Ran ran = runner.run(act);
            return new SuspectOutcome(index, ran.result(), ran.effect(), String.join("; ", ran.done()), ran.reason());
        }

        private SuspectOutcome rehearse(ListEvent event, int index, RetirePlan.Act act) {
            String devid = act.disk().devid();
            Instant now = context.clock().instant();
            Optional<String> full = ledger.objection(devid, now, settings.most(), true);
            if (full.isPresent()) {
                return refused(index, act.disk() + " would stay in service: " + full.get());
            }
            try {
                ledger.record(new Retirement(now, Retirement.Kind.REHEARSED, false, event.uuid(), devid, left(act)));
            } catch (IOException e) {
                context.log()
                        .warn("the rehearsal is not recorded, so the next one will not count it: {}", e.toString());
            }
            String reason = act.disk() + " would be taken out of service; mode is dry-run";
            return new SuspectOutcome(index, Result.DRY_RUN, Effect.NONE, act.commands(settings.tree()), reason);
        }

        private SuspectOutcome isolatedAlready(ListEvent event, int index, RetirePlan.Already already) {
            try {
                if (settings.mode() == Mode.AUTO) {
                    ledger.record(new Retirement(
                            context.clock().instant(),
                            Retirement.Kind.CLAIMED,
                            false,
                            event.uuid(),
                            already.disk().devid(),
                            List.of()));
                }
            } catch (IOException e) {
                context.log().warn("not recorded that {} is to stay out of service: {}", already.disk(), e.toString());
            }
            return new SuspectOutcome(index, Result.DONE, Effect.ISOLATED, "", already.reason());
        }

        private SuspectOutcome restore(ListEvent event, int index) {
            Suspect suspect = event.suspects().get(index);
            Optional<String> devid = SuspectPolicy.devid(suspect);
            if (devid.isEmpty()) {
                return new SuspectOutcome(
                        index, Result.NOT_RELEVANT, Effect.NONE, "", "it was never taken out of service");
            }
            if (settings.mode() == Mode.OFF) {
                return refused(index, "mode is off");
            }
            if (stillFaultyBeside(event, devid.get())) {
                return refused(index, devid.get() + " is suspected of something else in this case still");
            }
            Optional<UUID> other = ledger.otherCase(devid.get(), event.uuid());
            RetirePlan plan = planner.planReturn(devid.get(), context.topology(), ledger.left(devid.get()));
            if (other.isPresent() && plan instanceof RetirePlan.Act act) {
                forget(devid.get(), event.uuid());
                return refused(index, act.disk() + " is faulty in case " + other.get() + " still, so it stays out");
            }
            if (plan instanceof RetirePlan.Act act && settings.mode() == Mode.DRY_RUN) {
                return new SuspectOutcome(
                        index,
                        Result.DRY_RUN,
                        Effect.NONE,
                        act.commands(settings.tree()),
                        act.disk() + " would be put back in service; mode is dry-run");
            }
            if (plan instanceof RetirePlan.Act act) {
                PlanRunner.Ran ran = runner.run(act);
                if (ran.result() == Result.DONE) {
                    forget(devid.get(), event.uuid());
                }
                return new SuspectOutcome(
                        index, ran.result(), ran.effect(), String.join("; ", ran.done()), ran.reason());
            }
            forget(devid.get(), event.uuid());
            return plan instanceof RetirePlan.Already already
                    ? new SuspectOutcome(index, Result.DONE, Effect.RESTORED, "", already.reason())
                    : unplanned(index, plan);
        }

        private static boolean stillFaultyBeside(ListEvent event, String devid) {
            for (int i = 0; i < event.suspects().size(); i++) {
                boolean same = SuspectPolicy.devid(event.suspects().get(i)).equals(Optional.of(devid));
                if (same
                        && event.kind() != ListKind.REPAIRED
                        && event.statuses().get(i).isFaulty()) {
                    return true;
                }
            }
            return false;
        }

        private void forget(String devid, UUID caseId) {
            try {
                ledger.undo(devid, caseId);
            } catch (IOException e) {
                context.log().warn("not recorded that case {} is repaired: {}", caseId, e.toString());
            }
        }

        private static List<DiskUse.Membership> left(RetirePlan.Act act) {
            List<DiskUse.Membership> left = new ArrayList<>();
            for (RetireStep step : act.steps()) {
                if (step instanceof RetireStep.RemoveMember member) {
                    left.add(new DiskUse.Membership(member.array(), member.device()));
                }
            }
            return left;
        }

        private static SuspectOutcome unplanned(int index, RetirePlan plan) {
            if (plan instanceof RetirePlan.Refuse refuse) {
                return refused(index, refuse.reason());
            }
            if (plan instanceof RetirePlan.Absent absent) {
                return new SuspectOutcome(index, Result.NOT_RELEVANT, Effect.NONE, "", absent.reason());
            }
            throw new AssertionError("a plan that nobody carries out: " + plan);
        }

        private static SuspectOutcome refused(int index, String reason) {
            return new SuspectOutcome(index, Result.REFUSED, Effect.NONE, "", reason);
        }

        /** What went wrong counts more than what went well: a person reads the one word first. */
        private static Result worst(List<SuspectOutcome> outcomes) {
            for (Result result : List.of(Result.FAILED, Result.REFUSED, Result.DRY_RUN, Result.DONE)) {
                if (outcomes.stream().anyMatch(o -> o.result() == result)) {
                    return result;
                }
            }
            return Result.NOT_RELEVANT;
        }

        private static String reasons(List<SuspectOutcome> outcomes) {
            return String.join(
                    "; ",
                    outcomes.stream().map(SuspectOutcome::reason).distinct().toList());
        }
    }
}
