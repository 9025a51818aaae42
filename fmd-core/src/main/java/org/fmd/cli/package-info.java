// SPDX-License-Identifier: Apache-2.0
/**
 * The commands of the administrator: {@code fmadm} asks the running daemon, {@code fmdump} reads the logs, {@code fmtopo} shows the
 * hardware.
 *
 * <pre>
 *   fmadm faulty ── {@link org.fmd.core.ctl.ControlClient} ──▶ ShownCase … ──▶ CasePrinter, CaseRowPrinter, FruPrinter, AsruPrinter
 *   fmadm config, repaired, replaced, acquit ── likewise ──▶ ConfigPrinter, a line
 *
 *   fmdump ── a LogLane for each log ──────────────────────────▶ DumpRun ──▶ a RecordPrinter
 *             {@link org.fmd.core.log.LogReader}, selecting             merges,      one for each form
 *             by time, class, case, device, last N;         follows
 *             then -n, suspects' classes, message
 *   -h     ── ErrorChains: ereports of one ENA ── ErrorWords, Locations ──▶ a line for each error
 *   verify, salvage ── {@link org.fmd.core.log.LogVerify}, {@link org.fmd.core.log.LogSalvage}
 *   import ── {@link org.fmd.model.text.EventTexts} ── ImportLogs ──▶ {@link org.fmd.core.log.EventLog}
 *
 *   fmtopo ── {@link org.fmd.core.topo.SnapshotFile}, ServiceStates of the cases ── TopoQuery ──▶ TopoTree, TopoJson
 *   --history, --at ── {@link org.fmd.core.topo.SlotHistory} ── TopoQuery ──▶ StayTable
 *   --live, --capture ── {@link org.fmd.core.daemon.LiveHardware}
 * </pre>
 *
 * <p><b>Invariants.</b> A printer takes values and a writer: no clock, no locale, no terminal, no file. What a command takes from
 * its process comes through {@link org.fmd.cli.Surroundings}. {@code fmdump} needs no daemon and changes no log that
 * is there; salvage and import make new ones. Every failure
 * is one line, {@code program: what failed 'object': why}, and an {@link org.fmd.cli.ExitCode}; a stack trace only for {@code
 * --debug}. A closed pipe ends a command quietly.
 *
 * <p><b>The command line</b> has two readers of one {@link org.fmd.cli.Syntax}: {@link org.fmd.cli.Arguments} for what is plain, and
 * {@link org.fmd.cli.FullParser}, which is picocli, for all else, usage texts, manual and completions. What the first takes the
 * second would take the same way; but a value may be called like a subcommand.
 *
 * <p><b>Start time</b> is most of a command's time, so this package does without what is slow to load: picocli, lambdas on the
 * common path, format strings, date formatters, regular expressions where nobody asked for one, and logging.
 *
 * <p><b>Threads.</b> One. <b>A crash</b> loses nothing: there is no state.
 */
@NullMarked
package org.fmd.cli;

import org.jspecify.annotations.NullMarked;
