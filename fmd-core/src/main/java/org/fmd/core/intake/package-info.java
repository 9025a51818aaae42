// SPDX-License-Identifier: Apache-2.0
/**
 * From a source to the error log: two bounded lanes and the journal thread.
 *
 * <pre>
 *   sources ─post─▶ HIGH lane (waits when full) ─┐
 *              └──▶ LOW lane  (drops, counts)   ─┴─▶ journal thread: append … append, sync ─▶ fault manager
 * </pre>
 *
 * <p>An ereport that a device made of itself and that is assessed {@code fatal} rides in the high lane and is never dropped; all
 * others ride in the low one (fmd reference §8.2). What was dropped is counted and becomes an ereport itself. An ereport is handed
 * to the fault manager only after a sync that covers it, and with the place where it stands; while the log cannot be written the
 * high lane waits, the low one drops, and both go on when it can.
 */
@NullMarked
package org.fmd.core.intake;

import org.jspecify.annotations.NullMarked;
