// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.Map;
import java.util.Optional;

/** How a disk is reached. */
enum Transport {
    SAS("sas"),
    SATA("sata"),
    ISCSI("iscsi"),
    FC("fc"),
    VIRTIO("virtio"),
    /** A disk that another hypervisor makes. */
    VIRTUAL("virtual"),
    NVME("nvme"),
    USB("usb"),
    /** A logical drive of a RAID controller: the physical disks are behind it, unseen. */
    RAID("raid"),
    /** The parallel SCSI bus. */
    SPI("spi"),
    MMC("mmc"),
    /** No hardware at all. */
    PSEUDO("pseudo");

    private static final Map<String, Transport> BY_DRIVER = Map.ofEntries(
            Map.entry("virtio_scsi", VIRTIO),
            Map.entry("hv_storvsc", VIRTUAL),
            Map.entry("storvsc_host_t", VIRTUAL),
            Map.entry("storvsc", VIRTUAL),
            Map.entry("vmw_pvscsi", VIRTUAL),
            Map.entry("xen_scsifront", VIRTUAL),
            Map.entry("megaraid_sas", RAID),
            Map.entry("megaraid_legacy", RAID),
            Map.entry("aacraid", RAID),
            Map.entry("hpsa", RAID),
            Map.entry("smartpqi", RAID),
            Map.entry("arcmsr", RAID),
            Map.entry("ips", RAID),
            Map.entry("3w-9xxx", RAID),
            Map.entry("3w-sas", RAID),
            Map.entry("sym53c8xx", SPI),
            Map.entry("aic7xxx", SPI),
            Map.entry("aic79xx", SPI),
            Map.entry("mptspi", SPI),
            Map.entry("scsi_debug", PSEUDO),
            Map.entry("tcm_loopback", PSEUDO));

    private final String word;

    Transport(String word) {
        this.word = word;
    }

    /** Returns the word in the property {@code transport}. */
    String word() {
        return word;
    }

    /**
     * Returns what the way to a SCSI device says.
     *
     * @param driver the {@code proc_name} of its host, may be empty
     */
    static Optional<Transport> ofScsi(DevicePath device, String driver) {
        String port = device.port().map(DevicePath::last).orElse("");
        if (port.startsWith("end_device")) {
            return Optional.of(SAS);
        }
        if (port.startsWith("session")) {
            return Optional.of(ISCSI);
        }
        if (port.startsWith("rport")) {
            return Optional.of(FC);
        }
        if (device.ata().isPresent()) {
            return Optional.of(SATA);
        }
        return device.isUsb() ? Optional.of(USB) : Optional.ofNullable(BY_DRIVER.get(driver));
    }

    /** Returns what the name of a block device without SCSI or NVMe below it says. */
    static Optional<Transport> ofBlock(String name) {
        if (name.startsWith("vd")) {
            return Optional.of(VIRTIO);
        }
        if (name.startsWith("xvd")) {
            return Optional.of(VIRTUAL);
        }
        return name.startsWith("mmcblk") ? Optional.of(MMC) : Optional.empty();
    }
}
