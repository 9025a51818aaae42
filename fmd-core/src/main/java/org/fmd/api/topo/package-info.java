// SPDX-License-Identifier: Apache-2.0
/**
 * The hardware as one immutable tree per snapshot.
 *
 * <pre>
 *   chassis0                                     the host
 *   ├─ hba0                                      an adapter with its driver, firmware and PCI address
 *   │  └─ target-port2                           what the adapter sees
 *   ├─ ses-enclosure0 ─ bay7 ─ disk0             a disk whose bay is known
 *   └─ unknown-enclosure0 ─ bay914323 ─ disk0    one whose bay is not: the number is a stable hash of its identity
 * </pre>
 *
 * <p>A node has a path (names and numbers), the FMRI of the resource, of its ASRU and its FRU, a label, and properties. Rules
 * match on names and read properties; detectors find a node by its {@code devid}, {@code target-port-l0ids} or {@code dev}
 * and {@code paths} property, in that order and without falling back from one to the next (eversholt reference §6.2).
 */
@NullMarked
package org.fmd.api.topo;

import org.jspecify.annotations.NullMarked;
