// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.Optional;

/** The kind of part that a fault or defect points to; a closed list, since programs sort by it. */
public enum Category {
    DISK_MEDIA("disk-media"),
    DISK_DEVICE("disk-device"),
    DISK_PREDICTIVE("disk-predictive"),
    TRANSPORT_LINK("transport-link/cable"),
    EXPANDER("expander"),
    HBA("hba"),
    FIRMWARE("firmware"),
    POWER("power"),
    ENCLOSURE("enclosure"),
    NETWORK_PATH("network-path"),
    MEMORY("memory"),
    SOFTWARE("software");

    private final String word;

    Category(String word) {
        this.word = word;
    }

    /** Returns its name in outputs: {@code transport-link/cable}. */
    public String word() {
        return word;
    }

    /** Returns the category of that name, empty if there is none. */
    public static Optional<Category> of(String word) {
        return Words.find(values(), Category::word, word);
    }

    @Override
    public String toString() {
        return word;
    }
}
