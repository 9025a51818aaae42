// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapableRulesTest {
    private static final CapableRules.Device STICK = new CapableRules.Device(
            "/devices/pci0000:00/usb2/host6/6:0:0:0",
            "id1,sd@n5000",
            "SanDisk",
            "Ultra Fit",
            Set.of("sd", "usb-storage"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "driver=usb_storage off",
                "driver=sd off;",
                "path=/sys/devices/pci0000:00/usb2 off",
                "path=/devices/*/host6 off",
                "devid=id1,sd@n5* off",
                "vendor=sandisk product='ultra fit' off",
                "driver=nvme on; all off",
                "nonsense; all off"
            })
    void switchesOff(String rules) {
        assertTrue(CapableRules.parse(rules).isOff(STICK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "driver=usb off",
                "path=/devices/pci0000:00/us off",
                "vendor=sandisk product=Cruzer off",
                "driver=sd on; all off"
            })
    void leavesOn(String rules) {
        assertTrue(!CapableRules.parse(rules).isOff(STICK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "driver=sd",
                "off",
                "drvier=sd off",
                "driver= off",
                "all driver=sd off",
                "path=/dev/sda off",
                "vendor='a off"
            })
    void saysWhereABadRuleIs(String rule) {
        CapableRules rules = CapableRules.parse("driver=nvme on; " + rule);
        assertEquals(1, rules.rules().size());
        assertTrue(
                rules.problems().get(0).startsWith("kernel-channel:fm-capable, rule 2"),
                rules.problems().get(0));
    }
}
