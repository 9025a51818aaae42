// SPDX-License-Identifier: Apache-2.0
/**
 * Kernel logs that were kept as text, as the same records that {@code /dev/kmsg} gives.
 *
 * <pre>
 *   dmesg, dmesg -T, syslog, journalctl -k, /dev/kmsg, bare lines
 *        │  {@code LinePrefix}: what stands before the message, line by line
 *        ▼
 *   {@link org.fmd.plugins.kernel.text.TextLog}   broken lines joined, glued ones parted, doubled ones once, oldest first
 *        │  {@code LogClock}: a wall clock and a time since boot for each
 *        ▼
 *   {@link org.fmd.plugins.kernel.text.TextLogPort} ──▶ kmsg(bytes)   what the kernel said
 *                                                  ──▶ said(program)  what programs said: {@link
 *                                                      org.fmd.plugins.kernel.text.ProgramReader}
 * </pre>
 *
 * <p>A line counts as the kernel's if its log says so: dmesg has no other, a syslog names the writer. In a file without any
 * time or name a line is the kernel's if it is one of its messages as a whole; there, a person vouches for the text, not the
 * kernel. Where a program wrote to the syslog under the name of the kernel, nobody can tell.
 *
 * <p>What is lost: times are as exact as the log has them; where a log has none, all its lines have the time of the file. A log
 * is read into memory as a whole. Nothing here throws for what stands in a log. One thread.
 */
@NullMarked
package org.fmd.plugins.kernel.text;

import org.jspecify.annotations.NullMarked;
