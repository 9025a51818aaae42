// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

/** Somebody who needs a disk. */
sealed interface DiskUse {

    /** An md array has the disk, or a partition of it, as a member. */
    record Membership(String array, String device) implements DiskUse {}

    /**
     * Anybody else.
     *
     * @param user for instance {@code sda2 is mounted on /}
     */
    record Other(String user) implements DiskUse {}
}
