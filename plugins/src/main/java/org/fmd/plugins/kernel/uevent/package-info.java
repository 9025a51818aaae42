// SPDX-License-Identifier: Apache-2.0
/**
 * Uevents: what the kernel announces about devices.
 *
 * <pre>
 *   datagram of the netlink socket      change@/devices/…/0:0:0:0 \0 ACTION=change \0 … SDEV_UA=INQUIRY_DATA_HAS_CHANGED \0
 *        │ Uevent.parse
 *        ▼
 *   Uevent                              action, device path, keys         or empty: counted, never thrown
 *        │ UeventReading.observations
 *        ▼
 *   Observation                         DeviceAdded, DeviceRemoved, DeviceChanged, UnitAttention, MultipathPath
 * </pre>
 *
 * <p>All here is pure. Whether a datagram came from the kernel is decided by the sender's address, where it is received.
 * Offlining of a disk, its errors and the states of arrays are not announced at all (kernel channel reference §5).
 */
@NullMarked
package org.fmd.plugins.kernel.uevent;

import org.jspecify.annotations.NullMarked;
