// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code esc} command: what the language says about rule files, for people and for programs.
 *
 * <pre>
 *   Esc.createEsc() ─┬─ check ── CheckCommand ── Compiler, Analyser ──> CompileResult ──> IssueText | IssueJson
 *                    ├─ run ── RunCommand
 *                    ├─ test ── TestCommand ── ScenarioRun ──> TestText | TestJson
 *                    ├─ graph, fmt ── GraphCommand, FmtCommand
 *                    └─ registry ── RegistryCommand ── EventRegistry ──> text | HTML | JSON | JSON Schema
 * </pre>
 *
 * <p>{@link org.fmd.eversholt.esc.Esc#createEsc} builds the command line for {@code main} and for tests. A command
 * writes to the writers that picocli hands it and returns an {@link org.fmd.eversholt.esc.ExitCode}; the printers
 * take values and know no terminal, clock or locale.
 *
 * <p>One thread; nothing is written but output, so a crash leaves nothing behind.
 */
@NullMarked
package org.fmd.eversholt.esc;

import org.jspecify.annotations.NullMarked;
