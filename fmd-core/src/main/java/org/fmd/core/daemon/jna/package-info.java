// SPDX-License-Identifier: Apache-2.0
/** The few calls of the C library that the daemon itself needs. Only declarations and the memory for them. */
@NullMarked
package org.fmd.core.daemon.jna;

import org.jspecify.annotations.NullMarked;
