// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of rules: stories with an expected end, beside the rules that they are about.
 *
 * <pre>
 *   disk.scenario ── Row ── ScenarioParser ─┬─ Machine     components, or a JSON file
 *                                           └─ StepParser  what happens when, what must come when
 *                                  │
 *                             Scenario ── ScenarioChecks   names that no rule knows
 *                                  │
 *                             ScenarioRun ── DiagnosisRun  the engine on a virtual clock
 *                                  │
 *                             Comparison ──> Finding...    file, line and column, expected, came instead
 * </pre>
 *
 * <p>Invariants. The world is closed: a diagnosis, an undiagnosable case, a discarded ereport and an error in a rule must be
 * expected, or the scenario fails; what nobody is told of (closed cases, engines that count or fire) need not be. Inputs are
 * delivered in order of time, those of one time in order of the file; they are numbered in order of the file.
 *
 * <p>One thread; only what a file names is read, nothing is written, so a crash leaves nothing behind.
 */
@NullMarked
package org.fmd.eversholt.scenario;

import org.jspecify.annotations.NullMarked;
