// SPDX-License-Identifier: Apache-2.0
/** The control socket: how commands talk to the daemon. */
@NullMarked
package org.fmd.core.ctl;

import org.jspecify.annotations.NullMarked;
