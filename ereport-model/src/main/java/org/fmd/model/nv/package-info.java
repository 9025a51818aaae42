// SPDX-License-Identifier: Apache-2.0
/**
 * Typed name/value lists: the body of every event.
 *
 * <p>An event is an ordered list of named, typed values and nothing else (fmd reference §1.1). The types survive
 * storage, since a filter, a hexadecimal print or a SERD key over a 64-bit identity is wrong once a value has been
 * through a floating-point number.
 *
 * <pre>
 *   NvList ── name ─▶ NvValue ┬ Flag                  boolean           (its presence is the value)
 *     (ordered, unique)       ├ Bool, Bools           boolean_value
 *                             ├ Int, Ints             byte, int8..int64, uint8..uint64, hrtime
 *                             ├ Str, Strs             string
 *                             └ Nested, NestedLists   nvlist
 * </pre>
 *
 * <p>All values are immutable and safe to share between threads.
 */
@NullMarked
package org.fmd.model.nv;

import org.jspecify.annotations.NullMarked;
