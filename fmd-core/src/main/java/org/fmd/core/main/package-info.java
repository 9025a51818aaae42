// SPDX-License-Identifier: Apache-2.0
/**
 * The command {@code fmd}: it reads its command line, sets up logging, and hands over.
 *
 * <pre>
 *   fmd          ─▶ core.daemon   the daemon, in the foreground, until a signal ends it
 *   fmd replay   ─▶ core.replay   what a machine left behind, diagnosed; printed by org.fmd.cli
 * </pre>
 *
 * <p>Everything else knows nothing of this package. What cannot be done ends the process with 1, a command line that makes no sense
 * with 2, each with a message on standard error.
 */
@NullMarked
package org.fmd.core.main;

import org.jspecify.annotations.NullMarked;
