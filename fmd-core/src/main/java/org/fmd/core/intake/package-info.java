// SPDX-License-Identifier: Apache-2.0
/**
 * From a source to the error log: two bounded lanes and the journal thread.
 *
 * <pre>
 *   sources ─post─▶ HIGH lane (waits when full) ─┐
 *              └──▶ LOW lane  (drops, counts)   ─┴─▶ journal thread: append … append, sync ─▶ fault manager
 * </pre>
 *
 * <p>An ereport that a device made of itself and that is assessed {@code fatal}, and whatever the fault manager says of itself
 * ({@code ereport.fm.}), rides in the high lane and is not dropped; all others ride in the low one (fmd reference §8.2). What was
 * dropped is counted and becomes an ereport itself. An ereport is handed to the fault manager only after a sync that covers it, and
 * with the place where it stands; while the log cannot be written the high lane waits, the low one drops, and both go on when it
 * can. Two things are lost all the same, and the log says so: a record that is larger than the log takes, and what waits when the
 * daemon is stopped while its log cannot be written.
 *
 * <p>Any thread may post; the journal thread alone takes and writes. A crash loses what was posted and not yet synced, and nothing
 * that was handed on.
 */
@NullMarked
package org.fmd.core.intake;

import org.jspecify.annotations.NullMarked;
