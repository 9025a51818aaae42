// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fmd.api.AgentOutcome.Effect;
import org.fmd.api.AgentOutcome.Result;

/**
 * Carries out a plan: step by step, each asked for objections right before it and verified by what the kernel says right
 * after. Stops at the first step that does not come true.
 *
 * @param planner what the steps are checked with
 * @param calls how they are written
 */
record PlanRunner(RetirePlanner planner, KernelCalls calls) {
    private static final int LET_GO_TRIES = 50;
    private static final long LET_GO_PAUSE_MILLIS = 100;

    /**
     * What came of a plan.
     *
     * @param done the commands that came true
     */
    record Ran(Result result, Effect effect, List<String> done, String reason) {}

    Ran run(RetirePlan.Act plan) {
        List<String> done = new ArrayList<>();
        boolean outOfArrays = false;
        for (RetireStep step : plan.steps()) {
            try {
                Optional<String> objection = planner.objectionTo(step);
                if (objection.isPresent()) {
                    return stopped(plan, step, done, objection.get(), outOfArrays, Result.REFUSED);
                }
                take(step);
            } catch (IOException e) {
                String problem = "'" + step.command(planner.tree()) + "' failed: " + e.getMessage();
                return stopped(plan, step, done, problem, outOfArrays, Result.FAILED);
            }
            done.add(step.command(planner.tree()));
            outOfArrays |= isLastOfArrays(plan, step);
        }
        boolean back = plan.steps().get(0) instanceof RetireStep.Online;
        String reason = plan.disk() + (back ? " is back in service" : " was taken out of service");
        return new Ran(Result.DONE, back ? Effect.RESTORED : Effect.ISOLATED, done, withAdvice(reason, plan.advice()));
    }

    /** From the moment that no array uses it any more the disk is out of service, whatever becomes of the rest. */
    private static boolean isLastOfArrays(RetirePlan.Act plan, RetireStep step) {
        List<RetireStep> rest = plan.steps()
                .subList(plan.steps().indexOf(step) + 1, plan.steps().size());
        boolean fromArray = step instanceof RetireStep.FailMember || step instanceof RetireStep.RemoveMember;
        return fromArray && rest.stream().noneMatch(PlanRunner::takesFromService);
    }

    private static boolean takesFromService(RetireStep step) {
        return step instanceof RetireStep.FailMember;
    }

    private Ran stopped(
            RetirePlan.Act plan,
            RetireStep step,
            List<String> done,
            String problem,
            boolean outOfArrays,
            Result result) {
        if (outOfArrays && !(step instanceof RetireStep.FailMember)) {
            String reason = plan.disk() + " was taken out of its arrays; the device itself stays as it is: " + problem;
            return new Ran(Result.DONE, Effect.ISOLATED, done, withAdvice(reason, plan.advice()));
        }
        String begun = done.isEmpty() ? "" : ", after " + String.join("; ", done);
        return new Ran(result, Effect.NONE, done, plan.disk() + ": " + problem + begun);
    }

    private static String withAdvice(String reason, String advice) {
        return advice.isEmpty() ? reason : reason + "; " + advice;
    }

    private void take(RetireStep step) throws IOException {
        if (step instanceof RetireStep.RemoveMember remove) {
            remove(remove);
            return;
        }
        calls.write(planner.tree().sys().resolve(step.file()), step.word());
        String after = planner.tree().require(step.file());
        if (!List.of(after.split(",")).contains(step.word())) {
            throw new IOException("the kernel took the word, but the file reads '" + after + "'");
        }
    }

    /** md lets go when its last I/O on the member has ended; until then it answers that it is busy, which harms nothing. */
    private void remove(RetireStep.RemoveMember step) throws IOException {
        IOException busy = new IOException("md still holds it");
        for (int attempt = 0; attempt < LET_GO_TRIES; attempt++) {
            if (!planner.tree().exists(step.file())) {
                return;
            }
            try {
                calls.write(planner.tree().sys().resolve(step.file()), step.word());
            } catch (KernelCalls.Unanswered e) {
                throw e;
            } catch (IOException e) {
                busy = e;
            }
            if (!planner.tree().exists(step.file())) {
                return;
            }
            pause();
        }
        throw busy;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LET_GO_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while md was to let go", e);
        }
    }
}
