// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

/** Keeps what is needed to say later why an exercise ended as it did. */
@FunctionalInterface
interface Ledger {
    void ended(Ended exercise);
}
