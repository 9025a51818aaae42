// SPDX-License-Identifier: Apache-2.0
/** Suspects, their states, and the codes under which people look a diagnosis up (fmd reference §1.3, §7). */
@NullMarked
package org.fmd.model.fault;

import org.jspecify.annotations.NullMarked;
