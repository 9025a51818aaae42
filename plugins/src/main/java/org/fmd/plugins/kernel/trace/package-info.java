// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's trace ring buffer: from pages of {@code trace_pipe_raw} to observations.
 *
 * <pre>
 *   events/header_page ──────────▶ PageLayout ─┐
 *   trace_pipe_raw, page by page ─▶ PageReader ─┴─ TraceRecord ─▶ TraceEvents ─▶ Observation
 *   events/SYSTEM/EVENT/format ──▶ EventFormat ───────────────────┘   one row for each event that we know
 * </pre>
 *
 * <p>Nothing about a layout is compiled in but the record head of {@code ring_buffer.h}, which is the interface of the binary
 * buffer: offsets, sizes and numbers of events come from the files of the running kernel, and are others at the next boot (kernel
 * channel reference §2.2, §2.3). A field is looked up by its name; one that a row can do without may be missing.
 *
 * <p>Invariants. No byte outside of what was read is touched, whatever the page holds; a page that breaks a rule is given up
 * from there on, and that is told. Records of other events are passed over. What the kernel lost before a page is told with its
 * count where the kernel knows it.
 *
 * <p>Pure and without state between pages; one thread owns a reader. Nothing is kept over a crash.
 */
@NullMarked
package org.fmd.plugins.kernel.trace;

import org.jspecify.annotations.NullMarked;
