// SPDX-License-Identifier: Apache-2.0
/**
 * The seam between the channel and whatever gives it records: the live kernel, a capture, a fake in a test.
 *
 * <pre>
 *   KernelPort  ──bytes, losses──▶  RawSink
 *    ├─ LiveKernel     /dev/kmsg, the netlink socket and tracefs, one poll(2)
 *    └─ CapturePort    the same records from files
 * </pre>
 *
 * <p>One thread calls {@code await}, and the sink is called on it; {@code wake} may be called by any.
 */
@NullMarked
package org.fmd.plugins.kernel.source;

import org.jspecify.annotations.NullMarked;
