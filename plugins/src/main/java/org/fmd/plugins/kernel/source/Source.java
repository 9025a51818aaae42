// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.source;

/** An interface of the kernel that gives records. */
public enum Source {
    KMSG("kmsg", "what drivers, links, arrays and paths say is not heard"),
    UEVENTS("uevents", "hot plug, unit attentions and paths of multipath maps are not heard"),
    TRACE("trace", "retries are not told, and of the commands that fail at most ten in 5 s");

    private final String label;
    private final String withoutIt;

    Source(String label, String withoutIt) {
        this.label = label;
        this.withoutIt = withoutIt;
    }

    /** Returns what is reduced where it cannot be read, for people. */
    public String withoutIt() {
        return withoutIt;
    }

    /** Returns its name in statistics and ereports. */
    @Override
    public String toString() {
        return label;
    }
}
