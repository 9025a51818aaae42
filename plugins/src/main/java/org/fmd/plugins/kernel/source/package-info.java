// SPDX-License-Identifier: Apache-2.0
/**
 * The seam between the channel and whatever gives it records: the live kernel, a capture, a fake in a test.
 *
 * <pre>
 *   KernelPort  ──bytes, losses──▶  RawSink
 *    ├─ LiveKernel     /dev/kmsg, the netlink socket and tracefs, one poll(2)
 *    ├─ CapturePort    the same records from a recorded folder
 *    └─ TextLogPort    records made of a log that was kept as text; lines of programs go to {@code said}
 * </pre>
 *
 * <p>A source that cannot be opened is {@code missing}, one that ends is {@code gone}; in both cases the others go on. Bytes are handed
 * over as they came, and the array is the port's: it is filled anew by the next record.
 *
 * <p>One thread calls {@code await}, and the sink is called on it; {@code wake} may be called by any.
 */
@NullMarked
package org.fmd.plugins.kernel.source;

import org.jspecify.annotations.NullMarked;
