// SPDX-License-Identifier: Apache-2.0
/**
 * Message codes and the texts that people read (fmd reference §5.7, §7). A dictionary {@code NAME.dict} says which set of suspect
 * classes has which number, {@code NAME.properties} beside it has the texts of each code. Immutable once loaded.
 */
@NullMarked
package org.fmd.core.msg;

import org.jspecify.annotations.NullMarked;
