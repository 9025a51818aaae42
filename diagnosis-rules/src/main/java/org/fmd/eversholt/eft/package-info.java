// SPDX-License-Identifier: Apache-2.0
/**
 * The diagnosis engine: which single problem explains what was seen.
 *
 * <pre>
 *   EngineInput ─ EftEngine ─┬─ Report ─> DiagnosisCore ─> Outcome ─┬─ EngineOutput
 *   esc run ── DiagnosisRun ─┘                │                     └─ outcomes in simulated time
 *                                             │
 *     an ereport joins every open exercise that can use it (OpenExercises), or opens one (Openings)
 *                                             │
 *                                         Exercise      graph + what was seen + verdicts + variables
 *                                             │  Evaluation: one pass over all hypotheses
 *                     ┌───────────────────────┼────────────────────────┐
 *                   WAIT                     NO                       YES
 *              timer; what no          undiagnosable: one       Conclusion
 *              problem that stands     defect that nobody         upsets:  SERD, trip ereports
 *              leads to is stripped    is told of                 faults:  SERD, or published with
 *                                                                          certainty (Publisher)
 *                                                                 nothing serious: case closed
 * </pre>
 *
 * <p>Invariants. An exercise takes ereports until it is over and belongs to the world (topology, rules) that it began in. Its
 * clock moves only when its timer is due; deadlines count from the time that its first ereport carries. Two exercises share
 * nothing but SERD engines, counters and the daemon's list of open faults. The order of exercises, events, arrows and
 * suspects is that of the inputs and the rules, so the same inputs give the same outcomes, byte for byte.
 *
 * <p>Most ereports open an exercise that ends at once. Such a one enters no table, and its object, like that of the
 * evaluation, serves the next one; only what waits costs memory: exercises up to {@code maxfme}, SERD engines up to {@code
 * maxserd}. A repeat of what a waiting exercise has seen is attached without another look at it, once a look has found that
 * nothing changes.
 *
 * <p>Why. What is needed to make the last evaluation of an exercise again goes to a {@code Ledger} ({@code Ended}), if there is
 * one; when somebody asks, {@code CaseReasons} makes it again with a {@code Trace} that looks over its shoulder, and {@code
 * Explainer} puts it into sentences. An arrow that the topology forbids is in no graph; {@code Refusals} looks for it again,
 * with the answers that the graph was built on. The daemon's ledger ({@code RecentCases}) keeps published cases; for what was closed in
 * silence a {@code Rehearsal} takes the last ereports once more. {@code RuleCoverage} is another trace. An engine at work has
 * none and pays a comparison with null.
 *
 * <p>Where the reference's behaviour and ours differ, the program's {@link org.fmd.eversholt.syntax.Dialect} decides, one
 * named {@link org.fmd.eversholt.syntax.Decision} for each difference.
 *
 * <p>Memory. Between two inputs an engine can write down all that it knows ({@code MemoryWriter}), and another one goes on from
 * there ({@code MemoryReader}) as if it had been the same:
 *
 * <pre>
 *   exercise   ereports by place in the log, graph by what it is around, verdicts, variables, time waited, timer
 *   SERD       name, N and T in force, who fed it, each event with its time and place in the log
 *   counters   name and value
 *   machine    as it is now, and as it was when an exercise began that still waits: graphs are built again on that
 * </pre>
 *
 * <p>Nothing is evaluated to take it up, so nothing is counted or concluded twice; the facts that a graph was built on stand
 * beside it, since faults and counters may be others by then. A memory of other rules or settings is refused, and one whose
 * ereports are not in the log any more. The latest cases go with it, so that they can be explained; a case that began on other
 * hardware than the present is explained on the present one, if its graph comes out the same there. Ereports of which nothing came
 * are forgotten: a question why not is answered from those since the restart.
 *
 * <p>Threads: everything belongs to the fault-manager thread. Crash: nothing is stored here; the daemon hands back the last
 * memory and gives the inputs since then again, or all of them, and gets the same cases, since a case is known by the ereport
 * that opened it.
 */
@NullMarked
package org.fmd.eversholt.eft;

import org.jspecify.annotations.NullMarked;
