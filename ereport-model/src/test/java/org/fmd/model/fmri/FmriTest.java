// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fmri;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.fmd.model.fmri.HcFmri.Component;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FmriTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hc://:product-id=X9DRi:server-id=nas1:chassis-id=5000ccab04:serial=ZC1A2B3C:part=SEAGATE-ST8000NM0075:revision=E004/ses-enclosure=0/bay=7/disk=0",
                "hc:///chassis=0",
                "hc:///ses-enclosure=0/bay=7/disk=0/offset=1234",
                "hc:///dimm=0/physaddr=ffffffffffffffff",
                "hc:///bay=7?indicator=fail",
                "hc:///a=x/y/b=2",
                "dev:////pci@0,0/disk@1,0",
                "dev:///:devid=id1,sd@n5000c500a1b2c3d7//pci@0,0/pci8086,e02@1/disk@w5000c500a1b2c3d5,0",
                "dev:///:devid=id1,sd@n5000c500a1b2c3d7:target-port-l0id=w5000c500a1b2c3d5//pci@0,0/disk@1,0",
                "fmd:///module/disk-retire",
                "mod:///mod-name=mpt3sas/mod-id=0",
                "zfs://pool=8f2a1c",
                "zfs://pool=ffffffffffffffff/vdev=77b0e2",
            })
    void stringAndListAreReadBack(String text) {
        Fmri fmri = Fmri.parse(text).orElseThrow();
        assertEquals(text, fmri.toString());
        assertEquals(fmri, Fmri.of(fmri.toNvList()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hc:",
                "hc://",
                "hc:///",
                "hc:///disk",
                "hc:///disk=",
                "hc:///=0",
                "hc://:serial/disk=0",
                "hc://:serial=1:serial=2/disk=0",
                "hc://:what=1/disk=0",
                "hc:///disk=0/offset=xyz",
                "hc:///disk=0?fail",
                "dev://",
                "dev:///:what=1//x",
                "dev:///:devid=1",
                "fmd:///disk-retire",
                "mod:///mod-name=x/mod-id=y",
                "zfs://pool=tank",
                "lp:///printer=0",
            })
    void whatIsNoNameIsRefused(String text) {
        assertEquals(Optional.empty(), Fmri.parse(text));
    }

    @Test
    void anInstanceMayHoldSlashes() {
        HcFmri hc = assertInstanceOf(
                HcFmri.class, Fmri.parse("hc:///slot=pci/0/disk=a/b").orElseThrow());
        assertEquals(List.of(new Component("slot", "pci/0"), new Component("disk", "a/b")), hc.path());
    }

    @Test
    void theNumberOfALeadingEnclosureDoesNotCount() {
        assertTrue(same("hc:///ses-enclosure=0/bay=7/disk=0", "hc:///ses-enclosure=3/bay=7/disk=0"));
        assertFalse(same("hc:///ses-enclosure=0/bay=7/disk=0", "hc:///ses-enclosure=0/bay=8/disk=0"));
        assertTrue(same("hc:///chassis=0/ses-enclosure=0/bay=7", "hc:///chassis=0/ses-enclosure=3/bay=7"));
        assertFalse(same("hc:///chassis=0/ses-enclosure=0/bay=7", "hc:///chassis=1/ses-enclosure=0/bay=7"));
        assertFalse(same("hc:///chassis=0/bay=0/ses-enclosure=1", "hc:///chassis=0/bay=0/ses-enclosure=2"));
        assertFalse(same("hc:///bay=7/disk=0", "hc:///bay=8/disk=0"));
        assertFalse(same("hc://:chassis-id=1/bay=7", "hc://:chassis-id=2/bay=7"), "the authority decides");
        assertFalse(same("hc://:chassis-id=1/bay=7", "hc:///bay=7"), "absent differs from present");
        assertTrue(same("hc://:serial=1/bay=7", "hc://:serial=2/bay=7"), "the place is the same, whatever is in it");
    }

    @Test
    void aBlockOfADiskIsNotItsNeighbourAndNotTheDisk() {
        assertTrue(same("hc:///ses-enclosure=0/disk=0/offset=12", "hc:///ses-enclosure=1/disk=0/offset=12"));
        assertFalse(same("hc:///disk=0/offset=12", "hc:///disk=0/offset=13"));
        assertFalse(same("hc:///disk=0/offset=12", "hc:///disk=0"));
        assertFalse(same("hc:///disk=0/offset=12", "hc:///disk=0/physaddr=12"));
        assertFalse(same("hc:///dimm=0/physaddr=12", "hc:///dimm=0/physaddr=13"));
        assertFalse(same("hc:///disk=0", "hc:///bay=7/disk=0"));
        assertFalse(same("hc:///bay=7?indicator=fail", "hc:///bay=7?indicator=ok2rm"));
        assertFalse(same("hc:///bay=7?indicator=fail", "hc:///bay=7"));
    }

    private static boolean same(String one, String other) {
        return Fmri.parse(one).orElseThrow().sameAs(Fmri.parse(other).orElseThrow());
    }

    @Test
    void textsAreCleanedBeforeTheyBecomePartOfAName() {
        HcFmri hc = HcFmri.of(List.of(new Component("disk", "0"))).withPart(" ZC1 A:B ", "SEAGATE ST=1", "  ");
        assertEquals("hc://:serial=ZC1-A-B:part=SEAGATE-ST-1/disk=0", hc.toString());
        assertEquals(Optional.of(hc), Fmri.parse(hc.toString()));
    }

    @Test
    void whatCouldNotBeReadBackIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Component("bay", "7/"));
        assertThrows(IllegalArgumentException.class, () -> new Component("ba=y", "7"));
        assertThrows(IllegalArgumentException.class, () -> new DevFmri("/a", "id/1", null));
        assertThrows(IllegalArgumentException.class, () -> new DevFmri("a", null, null));
        assertThrows(IllegalArgumentException.class, () -> new FmdFmri("", null));
    }

    @Test
    void membersWithoutAPlaceAreKept() {
        NvList members = NvList.builder()
                .uint8("version", 0)
                .string("scheme", "dev")
                .string("device-path", "/a")
                .string("surprise", "kept")
                .build();
        Fmri fmri = Fmri.of(members);
        assertInstanceOf(OtherFmri.class, fmri);
        assertEquals(members, fmri.toNvList());
        assertEquals(NvList.EMPTY, Fmri.of(NvList.EMPTY).toNvList());
    }

    @Test
    void zfsNamesCompareByGuid() {
        assertEquals(
                new ZfsFmri(-1, OptionalLong.of(2)),
                Fmri.parse("zfs://pool=ffffffffffffffff/vdev=2").orElseThrow());
    }

    @Test
    void anyTextIsANameOrNone() {
        String alphabet = "hcdevfmdmodzfs:/=?0123-, \u00e4offsetserial";
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "hc://" : "dev:///");
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Optional<Fmri> fmri = Fmri.parse(text.toString());
            if (fmri.isPresent()) {
                assertEquals(fmri, Fmri.parse(fmri.get().toString()), "seed " + seed + ": " + text);
                assertEquals(fmri.get(), Fmri.of(fmri.get().toNvList()), "seed " + seed + ": " + text);
            }
        }
    }

    @Test
    void randomNamesAreReadBack() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<Component> path = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                path.add(
                        new Component("n" + random.nextInt(5), random.nextInt(9) + (random.nextBoolean() ? "" : "/x")));
            }
            HcFmri hc = HcFmri.of(path)
                    .withAuthority(
                            Authority.NONE.with("product-id", text(random)).with("server-id", text(random)))
                    .withPart(text(random), text(random), text(random));
            if (random.nextBoolean()) {
                hc = hc.withSpecific(
                        NvList.builder().uint64("offset", random.nextLong()).build());
            }
            assertEquals(Optional.of(hc), Fmri.parse(hc.toString()), "seed " + seed);
            assertEquals(hc, Fmri.of(hc.toNvList()), "seed " + seed);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append((char) (random.nextInt(100) + 28));
        }
        return text.toString();
    }
}
