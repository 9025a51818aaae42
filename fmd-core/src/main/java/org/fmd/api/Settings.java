// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.time.Duration;

/**
 * The properties of one module, checked before the module sees them. Each method refuses with {@link
 * IllegalArgumentException} a name that the module has not declared with that type: a bug of the module.
 */
public interface Settings {

    boolean bool(String name);

    long integer(String name);

    /** Returns a property of type text or choice. */
    String text(String name);

    Duration time(String name);

    /** Returns a size in bytes. */
    long size(String name);
}
