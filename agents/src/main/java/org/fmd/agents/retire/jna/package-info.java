// SPDX-License-Identifier: Apache-2.0
/**
 * The one call into libc that the retire agent needs and Java does not have: an open with O_EXCL of a device that exists.
 * Stateless, safe from any thread; the caller sees to it that a hanging call hurts nobody.
 */
@NullMarked
package org.fmd.agents.retire.jna;

import org.jspecify.annotations.NullMarked;
