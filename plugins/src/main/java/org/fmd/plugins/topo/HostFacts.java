// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.Optional;

/** What a host knows of its storage beside sysfs. What cannot be known is empty. */
public interface HostFacts {
    /** A host of which nothing else is known, as most captures are. */
    HostFacts NONE = new HostFacts() {};

    /** Returns the text of {@code /proc/self/mountinfo}. */
    default Optional<String> mounts() {
        return Optional.empty();
    }

    /** Returns the text of {@code /proc/swaps}. */
    default Optional<String> swaps() {
        return Optional.empty();
    }

    /** Returns the name of the network interface that owns an IP address, {@code eth0}. */
    default Optional<String> interfaceOf(String address) {
        return Optional.empty();
    }
}
