// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import java.util.List;

/**
 * What an event or engine is declared and found under: the class and the component names of its path, without
 * iterators. {@code fault.x@disk} and {@code fault.x@psu} are two events.
 */
public record EventName(String eventClass, List<String> path) {
    public EventName {
        path = List.copyOf(path);
    }

    /** The class alone nearly always tells names apart, and a string remembers its hash. */
    @Override
    public int hashCode() {
        return eventClass.hashCode();
    }

    /** The last component of the path: what an ereport's own path must end in. */
    public String component() {
        return path.get(path.size() - 1);
    }

    public String pathText() {
        return String.join("/", path);
    }

    /** {@code fault.io.disk@chassis/disk}. */
    @Override
    public String toString() {
        return eventClass + "@" + pathText();
    }
}
