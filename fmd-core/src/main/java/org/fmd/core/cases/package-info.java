// SPDX-License-Identifier: Apache-2.0
/**
 * Cases: what was diagnosed, what became of it (fmd reference §3.10).
 *
 * <pre>
 *                                              ┌──────────── a suspect is faulty in service again ─┐
 *                                              ▼                                                   │
 *   opened by an engine ─▶ UNSOLVED ──solved──▶ SOLVED ──all that is faulty is isolated──▶ CLOSE_WAIT ─▶ CLOSED
 *                             │                   │                                                │
 *                             └─closed: gone      └───no suspect is faulty any more────────────────┤
 *                                                                                                  ▼
 *                                   gone ◀──rsrc.age── RESOLVED ◀──all are back in service── REPAIRED
 * </pre>
 *
 * <p>{@code CLOSE_WAIT} is passed through in one step: nothing has to be waited for. The table of {@link
 * org.fmd.core.cases.CaseState} knows two arrows more that nothing takes now, {@code UNSOLVED} to {@code CLOSE_WAIT} and {@code
 * CLOSE_WAIT} to {@code REPAIRED}.
 *
 * <p>A {@link org.fmd.core.cases.Case} is an immutable value; {@link org.fmd.core.cases.CaseTable} holds the current one of
 * each and belongs to the fault-manager thread. Unsolved cases live in the fault manager, since nothing of them is published.
 * All that a case is can be folded from the fault log (its list events) and the information log (outcomes of agents, duplicates).
 */
@NullMarked
package org.fmd.core.cases;

import org.jspecify.annotations.NullMarked;
