// SPDX-License-Identifier: Apache-2.0
/**
 * The programs of {@code etc/dev/bench}: each is a process of its own, run by that script and by nobody else, and no test.
 *
 * <pre>
 *   ManyDisks ──▶ capture folder ──▶ the image's daemon ──▶ errlog, fltlog, infolog ──▶ Latency
 *   Hello, SyncFloor: what the machine itself takes, measured in the same run
 * </pre>
 *
 * <p>The budgets and how to read the results: {@code fmd-core/docs/benchmarks.md}.
 */
@NullMarked
package org.fmd.bench;

import org.jspecify.annotations.NullMarked;
