// SPDX-License-Identifier: Apache-2.0
/**
 * A second diagnosis engine, slow and simple, and the test that holds the real one against it.
 *
 * <pre>
 *   seed ── RandomCase ──> rules, topology, inputs ──┬── DiagnosisRun (the engine) ──┐
 *                                                    └── NaiveRun ───────────────────┴── ModelTest: the same outcomes?
 *   NaiveRun      clock, timers, cases, form of the outcomes
 *   NaiveEngine   which exercise takes an ereport, conclusion, SERD, counters (eversholt reference §7.3, 7.4, 7.7 to 7.13)
 *   Expansion     statements over the topology, pruning (§6.3, 6.4)
 *   Pass          one evaluation (§7.5)
 *   Terms         constraints, by walking them (§4)
 * </pre>
 *
 * <p>It was written from the reference's pseudo-code and shares nothing with the real engine but the front end, the topology
 * and the form of inputs and outcomes, so that a mistake is unlikely to be made twice. It expands all statements it needs over
 * the whole topology each time an exercise opens, keeps lists, remembers nothing that it can work out again. Not for use.
 *
 * <p>Threads: a run belongs to one. Crash: nothing is stored.
 */
@NullMarked
package org.fmd.eversholt.naive;

import org.jspecify.annotations.NullMarked;
