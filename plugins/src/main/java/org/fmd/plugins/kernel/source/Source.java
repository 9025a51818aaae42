// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.source;

/** An interface of the kernel that gives records. */
public enum Source {
    KMSG("kmsg"),
    UEVENTS("uevents"),
    TRACE("trace");

    private final String label;

    Source(String label) {
        this.label = label;
    }

    /** Returns its name in statistics and ereports. */
    @Override
    public String toString() {
        return label;
    }
}
