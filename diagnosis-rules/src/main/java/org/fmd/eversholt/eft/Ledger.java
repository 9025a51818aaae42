// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

/** Keeps what is needed to say later why an exercise ended as it did. */
interface Ledger {
    /** Whether exercises that end so are kept. */
    boolean keeps(Ended.How how);

    void ended(Ended exercise);
}
