// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.List;
import org.fmd.model.nv.NvList;

/**
 * What disks hang on: a SCSI host, the SCSI hosts of one ATA controller, an NVMe controller, or a device that is adapter and
 * disk in one.
 *
 * @param device its device
 * @param others further paths under which it is known: the hosts, the PCI function
 * @param identity model, serial number and firmware where the driver knows them
 * @param label the slot that it is plugged into, {@code PCI slot 5}; empty if not known
 * @param physical whether it is a piece of hardware that a person can replace
 * @param properties what is known of it
 * @param ports what it sees, in order of their numbers
 */
record Adapter(
        DevicePath device,
        List<DevicePath> others,
        Identity identity,
        String label,
        boolean physical,
        NvList properties,
        List<TargetPort> ports) {}
