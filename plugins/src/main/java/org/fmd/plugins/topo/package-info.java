// SPDX-License-Identifier: Apache-2.0
/**
 * The hardware of a Linux host as a topology, from sysfs alone.
 *
 * <pre>
 *   class/scsi_device  class/nvme  block         class/scsi_host   class/enclosure   class/dmi   class/net  block, mountinfo
 *         │                │         │                │                 │                │
 *         └── DiskScan ────┴─────────┘           AdapterScan      EnclosureScan         Host   InterfaceScan  VolumeScan
 *                │ DiskPath: one kernel device        │ ExpanderScan    │                │           │            │ MountTable
 *                ▼                                    ▼                 ▼                ▼           ▼            ▼
 *            Disk.group: one per identity ────────▶ TopologyWalk: places, names, properties ─▶ Topology
 *
 *   chassis0                                        the host (DMI)
 *   ├─ nic0 … nicN                                  by PCI address; one without hardware by a hash of its name
 *   ├─ hba0 … hbaN                                  by PCI address, then by path
 *   │  ├─ expander                                  by SAS address
 *   │  └─ target-port                               a SCSI target: SAS end device, iSCSI session, remote port, ATA port
 *   ├─ ses-enclosure0 … N                           by logical identifier
 *   │  └─ bay                                       by slot number, the empty ones too
 *   │     └─ disk0
 *   ├─ unknown-enclosure0                           only if a disk needs it
 *   │  └─ bay                                       30-bit hash of the identity, or of the place where there is none
 *   │     └─ disk0
 *   └─ md-array, multipath-map, volume              30-bit hash of the identifier, or of the name where there is none
 * </pre>
 *
 * <p>What holds always:
 *
 * <ul>
 *   <li>the same sysfs gives the same topology, whatever the order in which folders list their entries;
 *   <li>each disk is there exactly once, however many paths lead to it, and whether or not its bay is known;
 *   <li>a devid is what the disk says of itself. Where it says nothing there is none ({@code devid-source} is {@code none}),
 *       and where two different disks say the same of a kind that is not unique by a standard, it is kept from both
 *       ({@code ambiguous});
 *   <li>only attributes that the kernel answers from memory are read, so a hanging disk does not hang the enumerator; a driver that
 *       hangs all the same costs a thread and the one file ({@link org.fmd.plugins.topo.sysfs.PatientWalk}).
 * </ul>
 *
 * <p>The SCSI hosts of one ATA controller, one for each port, are one {@code hba}: a person sees one adapter, and it fails as
 * one. An enclosure that is seen through two adapters is one enclosure.
 *
 * <p>What stands on disks is told by holders, slaves, md and dm, and mounts by mountinfo. ZFS tells nothing in sysfs: a partition with
 * a name as zpool gives it is all that is known of a pool. Which interface owns an address is asked of the host; a capture does not
 * know it.
 *
 * <p>All classes are pure functions of a {@link org.fmd.plugins.topo.sysfs.Sysfs} and safe from any thread; there is nothing
 * to lose in a crash. A device that goes while it is read is left out or lacks a property until the next snapshot.
 */
@NullMarked
package org.fmd.plugins.topo;

import org.jspecify.annotations.NullMarked;
