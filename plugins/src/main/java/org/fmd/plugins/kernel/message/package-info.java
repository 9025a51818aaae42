// SPDX-License-Identifier: Apache-2.0
/**
 * Messages that only the kernel's log tells: of adapters, links, sessions, arrays, paths, and of libata.
 *
 * <pre>
 *   mpt3sas_cm0: fault_state(0x5862)!          {@link org.fmd.plugins.kernel.message.MessageTable}
 *        │ who speaks, what is said            a table of rows, each a {@code Template}
 *        ▼
 *   PartReported(mpt3sas_cm0, DEVICE_FAULT, code 0x5862)
 *        │ {@link org.fmd.plugins.kernel.message.MessageAssembler}: once per spell, joins lines that belong together
 *        ▼
 *   Conclusion.PartError ──▶ ereport.io.device.intern_uncorr
 *
 *   mpt2sas3: attempting task abort! scmd(…)   a step of an error handler for a command of a disk:
 *   sd 7:0:14:0: CDB: Test Unit Ready: 00 …    Conclusion.ToldError, class tran, retry
 *
 *   ata3.00: exception … / cmd … / res …       {@code AtaStories}: each failed command an attempt, then recovered or not
 * </pre>
 *
 * <p>A line fits as a whole or not at all: device and model names, which others choose, stand only in holes that end where such
 * a name ends. Which lines are looked at is decided by the first character and the beginning of the line, so that the many
 * lines that are nobody's here cost next to nothing; the templates go once through a line and never back.
 *
 * <p>Everything here is pure: no I/O, no clock; time comes with each observation. One thread owns an assembler. What is
 * remembered is bounded: 4,096 parts, 256 ports, 32 commands of each. Nothing is kept over a crash.
 */
@NullMarked
package org.fmd.plugins.kernel.message;

import org.jspecify.annotations.NullMarked;
