// SPDX-License-Identifier: Apache-2.0
/**
 * Machines and errors that nobody has, made from a seed: something to measure the engine with, and to try rules on before a
 * real log is at hand. {@code esc generate} writes it into files, benchmarks and tests take it from memory.
 *
 * <pre>
 *   Workload ──> Fleet            hosts, enclosures, bays and disks: each is computed from its number, none is kept
 *      │           │
 *      └──> EreportStream         the episode that is due next says its next ereport
 *              ├ Background       what goes on all the time; few bad disks say most of it
 *              ├ Trickle          a disk that gets over errors again and again
 *              └ Storm            an expander is lost, an adapter is reset, disks tell all the world of a change
 *                    │
 *                 Trouble ──> ErrorReport ──> Ereport, with the payload that the kernel's source would give it
 * </pre>
 *
 * <p>Invariants. The same workload gives the same ereports, byte for byte, on every machine and Java version: the only random
 * source is {@link org.fmd.eversholt.workload.Dice}. Times never go back. A stream holds its open episodes and nothing that
 * grows with the number of ereports.
 *
 * <p>Threads: a stream belongs to one thread. Nothing is stored, so a crash leaves nothing behind.
 */
@NullMarked
package org.fmd.eversholt.workload;

import org.jspecify.annotations.NullMarked;
