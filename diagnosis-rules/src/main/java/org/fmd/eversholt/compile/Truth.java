// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

/** What a constraint says of an arrow. */
public enum Truth {
    TRUE,
    FALSE,
    /** Not known yet; an arrow is passable until it is. */
    DEFERRED,
    /** There is no answer, since a value that it needs does not exist; counts as not true. */
    UNDEFINED
}
