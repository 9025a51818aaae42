// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

/** What became of a command, or of one attempt at it. */
public enum Fate {
    /** It failed, and whoever asked was told so. */
    GIVEN_UP,
    /** It was thrown away with its queue because another command of the disk failed; nothing is known against it. */
    COLLATERAL,
    /** It failed and is tried again; the kernel's log is silent about these. */
    RETRIED,
    /** It succeeded after attempts that failed; the kernel's log is silent about these. */
    RECOVERED,
    /** Sense was reported, and nothing says that the command failed. */
    DELIVERED,
    /** It failed, and it was no access to data: somebody's own business, as SG_IO is. */
    PASSED_THROUGH,
    /** The disk driver issued it for itself and gave it up. */
    OWN_GIVEN_UP,
    /** It was refused before it was sent, or its device was given up. */
    REFUSED
}
