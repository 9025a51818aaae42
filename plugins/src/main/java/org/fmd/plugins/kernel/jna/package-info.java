// SPDX-License-Identifier: Apache-2.0
/**
 * The system calls of the kernel channel; the only place of it that knows JNA.
 *
 * <pre>
 *   LibC          declarations, nothing else (direct mapping, 64-bit Linux)
 *   LiveKernel    open("/dev/kmsg") · socket(AF_NETLINK) · eventfd ──▶ one poll ──▶ read, recvfrom
 * </pre>
 *
 * <p>No timer and no busy loop: an idle host costs no wake-up. Native buffers are made once. {@code errno} is asked for
 * right after the call that set it, on the same thread. Descriptors close with the port; a crash closes them as well, and
 * the kernel keeps nothing for us.
 */
@NullMarked
package org.fmd.plugins.kernel.jna;

import org.jspecify.annotations.NullMarked;
