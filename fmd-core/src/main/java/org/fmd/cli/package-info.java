// SPDX-License-Identifier: Apache-2.0
/**
 * The commands of the administrator: {@code fmadm} asks the running daemon, {@code fmdump} reads the logs.
 *
 * <pre>
 *   fmadm faulty ── {@link org.fmd.core.ctl.ControlClient} ──▶ ShownCase … ──▶ CasePrinter, CaseRowPrinter, FruPrinter, AsruPrinter
 *   fmadm config, repaired, replaced, acquit ── likewise ──▶ ConfigPrinter, a line
 *
 *   fmdump ── {@link org.fmd.core.log.LogReader} ── filters on the envelope ── filters on the members ──▶ a RecordPrinter
 *             one history or file         time, class, uuid              -n, message               one for each form
 * </pre>
 *
 * <p><b>Invariants.</b> A printer takes values and a writer: no clock, no locale, no terminal, no file. What a command takes from
 * its process comes through {@link org.fmd.cli.Surroundings}. {@code fmdump} needs no daemon and changes nothing. Every failure
 * is one line, {@code program: what failed 'object': why}, and an {@link org.fmd.cli.ExitCode}; a stack trace only for {@code
 * --debug}. A closed pipe ends a command quietly.
 *
 * <p><b>Start time</b> is most of a command's time, so this package does without what is slow to load: annotations, lambdas on the
 * common path, format strings, date formatters, regular expressions where nobody asked for one, and logging.
 *
 * <p><b>Threads.</b> One. <b>A crash</b> loses nothing: there is no state.
 */
@NullMarked
package org.fmd.cli;

import org.jspecify.annotations.NullMarked;
