// SPDX-License-Identifier: Apache-2.0
/**
 * What can be said of a rule set before any ereport comes: codes 700 and up, listed in {@code docs/analysis.md}.
 *
 * <pre>
 *   Program ── Analyser ──┬─ Ways          arrows one by one, each closed or not     706 708 711
 *                         ├─ Reach         what leads to what over open ways         701 702 703
 *                         ├─ Coverage      reports that every constraint refuses     707
 *                         ├─ Comparison    problems held against each other          704 705
 *                         ├─ Ties          paths without a common beginning          709
 *                         └─ Waiting       the longest wait of each problem          710
 *                                └──> Analysis: issues in the order of their places, waits as data
 *
 *   Term ── Propositions ──> Formula ── Satisfiability   constraints as and, or, not over what they ask
 * </pre>
 *
 * <p>Invariant: no false claim. A constraint is reasoned about as far as equal questions have equal answers and numbers are
 * ordered; whatever else it asks may be anything. Where the search would take too long ({@link Effort}) nothing is claimed.
 * Topology is not known here: paths count as places that may all exist.
 *
 * <p>Everything is pure. The parts of an analysis know nothing of each other and may run side by side, each with issues and effort
 * of its own; the result does not depend on it. Nothing is stored, so a crash loses nothing.
 */
@NullMarked
package org.fmd.eversholt.analyse;

import org.jspecify.annotations.NullMarked;
