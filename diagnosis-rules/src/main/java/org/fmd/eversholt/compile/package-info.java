// SPDX-License-Identifier: Apache-2.0
/**
 * From a checked program and a machine to what a diagnosis is made on.
 *
 * <pre>
 *   Program ── RuleIndex ─┬─ Statement...   constraints compiled to closures, once
 *                         └─ Needed         class and kind of component -> statements that matter
 *
 *   Topology + config statements ── ComponentTree ── Component...   by path, by name, by name and number
 *
 *   ereport class @ component
 *      │  Graphs        the graph that was built before, if what its building read is still so (Reads, Choice); else
 *      │  GraphBuilder  upwards to all causes, then downwards to all their effects
 *      ├─ Placing   one statement's events on components, one of them given    -> Placement...
 *      ├─ Spread    horizontal iterators let loose                             -> pairs of components
 *      ├─ Judge     what the topology decides is decided now                   -> Guard, Draft...
 *      └─ GraphAssembler   numbers, groups of N and K                          -> InstanceGraph
 * </pre>
 *
 * <p>A graph is a function of what is read while it is built. If that is nothing but the names on the way from the root to
 * its centre, some of the properties there, faults and counters, then it serves every component for which these are the same:
 * its events know how far they lie above the centre ({@link org.fmd.eversholt.compile.EventInstance}), not on which component.
 * A hundred thousand disks share a handful of graphs. A graph that read more, such as siblings or numbers, is kept for its own
 * component, up to a number of arrows. Faults and counters are asked again before a graph is used, and never while it is.
 *
 * <p>A graph holds what explaining the one ereport can need and nothing else; its events and groups are in the order of the
 * rules, then of the walk over the tree, so a diagnosis depends on nothing but its inputs. Expressions are three-valued
 * ({@link org.fmd.eversholt.compile.Truth}): a constraint that looks at a payload which has not come is deferred, and one
 * that looks at what does not exist is undefined, which is as good as false and is told to {@link
 * org.fmd.eversholt.compile.Problems}.
 *
 * <p>A graph also remembers what the first looks of exercises at their opening ereport came to, by the verdicts of the
 * constraints that were asked ({@link org.fmd.eversholt.compile.FirstLook}): where they are the same again, only they are
 * evaluated, and the graph is not walked.
 *
 * <p>Everything here belongs to the fault-manager thread. Nothing reads a clock, a file or a random source.
 */
@NullMarked
package org.fmd.eversholt.compile;

import org.jspecify.annotations.NullMarked;
