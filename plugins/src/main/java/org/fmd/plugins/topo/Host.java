// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.fmd.model.fmri.Authority;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.topo.sysfs.Sysfs;

/**
 * The machine, from its DMI tables and its name.
 *
 * @param authority what vouches for all names of this host
 * @param serial the serial number of the product, empty if there is none
 * @param product the product, empty if not known
 * @param properties what is known of it
 */
record Host(Authority authority, String serial, String product, NvList properties) {
    /** What boards say whose maker did not fill in the form. */
    private static final Set<String> PLACEHOLDERS = Set.of(
            "to be filled by o.e.m.",
            "to be filled by oem",
            "system product name",
            "system serial number",
            "system manufacturer",
            "chassis serial number",
            "default string",
            "not specified",
            "not applicable",
            "not available",
            "none",
            "n/a",
            "unknown",
            "empty",
            "o.e.m.",
            "0123456789",
            "123456789",
            "1234567890",
            "xxxxxxxx");

    /**
     * Reads it. Serial numbers are for root only; without them the names lack those members.
     *
     * @param name the name of the host, empty if not known
     */
    static Host read(Sysfs sysfs, String name) {
        String vendor = dmi(sysfs, "sys_vendor");
        String product = dmi(sysfs, "product_name");
        String serial = dmi(sysfs, "product_serial");
        String chassis = dmi(sysfs, "chassis_serial");
        Authority authority = Authority.NONE
                .with("product-id", product)
                .with("product-sn", serial)
                .with("chassis-id", chassis.isEmpty() ? serial : chassis)
                .with("server-id", name);
        NvList.Builder properties = NvList.builder();
        for (List<String> pair : List.of(
                List.of("manufacturer", vendor),
                List.of("model", product),
                List.of("serial-number", serial),
                List.of("server", name),
                List.of("firmware-revision", dmi(sysfs, "bios_version")))) {
            AdapterScan.put(properties, pair.get(0), Optional.of(pair.get(1)));
        }
        return new Host(authority, serial, product, properties.build());
    }

    private static String dmi(Sysfs sysfs, String name) {
        return sysfs.text("class/dmi/id/" + name)
                .filter(text -> !PLACEHOLDERS.contains(text.toLowerCase(Locale.ROOT)) && !text.matches("[0 .-]*"))
                .orElse("");
    }
}
