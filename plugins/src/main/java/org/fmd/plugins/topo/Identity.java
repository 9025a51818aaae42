// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.fmd.plugins.topo.sysfs.Sysfs;

/**
 * What a device says of itself. Texts are empty where it says nothing.
 *
 * @param manufacturer empty for an ATA disk, which has no such word of its own
 * @param model as long as the device tells it
 * @param serial without blanks around it
 * @param revision its firmware
 * @param devid empty if there is none
 */
record Identity(String manufacturer, String model, String serial, String revision, Optional<DevId> devid) {
    private static final String ATA = "ATA";
    private static final int ATA_DESIGNATOR = 68; // vendor 8, model 40, serial number 20 (SAT-5, identification page)
    private static final int IDENTIFY = 60; // offset of the IDENTIFY DEVICE data in page 0x89 (SAT-5)
    private static final int FIRMWARE = 23; // first of four words (ACS-4)

    /** Reads the identity of a SCSI logical unit; the folder is for instance {@code class/scsi_device/0:0:0:0/device}. */
    static Identity ofScsi(Sysfs sysfs, String folder) {
        String vendor = sysfs.text(folder + "/vendor").orElse("");
        String model = sysfs.text(folder + "/model").orElse("");
        String revision = sysfs.text(folder + "/rev").orElse("");
        byte[] page83 = sysfs.bytes(folder + "/vpd_pg83").orElse(null);
        byte[] page80 = sysfs.bytes(folder + "/vpd_pg80").orElse(null);
        String serial = page80 == null ? "" : DevId.serialNumber(page80);
        Optional<DevId> devid = DevId.ofScsi(page83, page80, vendor, model);
        if (!vendor.equals(ATA)) {
            return new Identity(vendor, model, serial, revision, devid);
        }
        // INQUIRY has room for 16 characters of an ATA model and 4 of its firmware.
        String whole = page83 == null ? "" : ataModel(page83);
        String firmware =
                sysfs.bytes(folder + "/vpd_pg89").map(Identity::ataFirmware).orElse("");
        return new Identity(
                "",
                whole.startsWith(model) && !whole.isEmpty() ? whole : model,
                serial,
                firmware.isEmpty() ? revision : firmware,
                devid);
    }

    /** Reads the identity of an NVMe controller; it has no devid, its namespaces do. */
    static Identity ofNvme(Sysfs sysfs, String controller) {
        String folder = "class/nvme/" + controller;
        return new Identity(
                "",
                sysfs.text(folder + "/model").orElse(""),
                sysfs.text(folder + "/serial").orElse(""),
                sysfs.text(folder + "/firmware_rev").orElse(""),
                Optional.empty());
    }

    Identity withDevid(Optional<DevId> newDevid) {
        return new Identity(manufacturer, model, serial, revision, newDevid);
    }

    /** Returns what a person would order: manufacturer and model, each once; empty without a model. */
    String part() {
        boolean told = manufacturer.isEmpty() || model.isEmpty() || (model + " ").startsWith(manufacturer + " ");
        return told ? model : manufacturer + "-" + model;
    }

    /** Returns whether two devices cannot be one: a text that both have differs. */
    boolean contradicts(Identity that) {
        return differ(manufacturer, that.manufacturer) || differ(model, that.model) || differ(serial, that.serial);
    }

    private static boolean differ(String a, String b) {
        return !a.isEmpty() && !b.isEmpty() && !a.equals(b);
    }

    private static String ataModel(byte[] page83) {
        return Designator.of(page83).stream()
                .filter(d -> d.ofLogicalUnit() && d.type() == 1 && d.length() == ATA_DESIGNATOR)
                .map(Designator::text)
                .filter(text -> text.startsWith(ATA) && text.length() == ATA_DESIGNATOR)
                .map(text -> text.substring(8, 48).strip())
                .findFirst()
                .orElse("");
    }

    private static String ataFirmware(byte[] page89) {
        int start = IDENTIFY + 2 * FIRMWARE;
        if (page89.length < IDENTIFY + 512 || page89[1] != (byte) 0x89) {
            return "";
        }
        byte[] swapped = new byte[8];
        for (int i = 0; i < swapped.length; i++) {
            swapped[i] = page89[start + (i ^ 1)]; // ATA texts hold two characters a word, the first one high
        }
        return new String(swapped, StandardCharsets.US_ASCII)
                .replaceAll("[^ -~]", " ")
                .strip();
    }
}
