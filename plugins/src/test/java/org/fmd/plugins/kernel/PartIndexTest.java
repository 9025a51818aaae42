// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.List;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.assess.DiskIdentity;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

class PartIndexTest {
    private static PartIndex of(String capture) throws IOException {
        return new PartIndex(new FakeContext().over(Captures.topology(Fixtures.path("captures/" + capture))));
    }

    private static TopoNode adapter(int index, String driver, String host) {
        String path = "/devices/pci0000:00/0000:0" + index + ":00.0/" + host;
        NvList about = NvList.builder()
                .string("dev", path)
                .string("driver", driver)
                .strings("scsi-hosts", List.of(host))
                .build();
        return new TopoNode(TopoPath.of("hba", index), DevFmri.ofPath(path), null, null, null, about);
    }

    @Test
    void findsAnAdapterByItsAddressItsHostAndItsDriversNumber() throws IOException {
        PartIndex parts = of("mptsas-media");
        String adapter = "/devices/pci0000:00/0000:00:06.0/host0";
        assertEquals(adapter, parts.pathOf("0000:00:06.0"));
        assertEquals(adapter, parts.pathOf("host0"));
        assertEquals(adapter, parts.pathOf("ioc0"));
        assertEquals("/devices/unknown/ioc1", parts.pathOf("ioc1"));
        assertEquals("/devices/unknown/mpt3sas_cm0", parts.pathOf("mpt3sas_cm0"));
    }

    @Test
    void numbersTheAdaptersOfADriverInTheOrderOfTheirHosts() {
        PartIndex parts = new PartIndex(new FakeContext()
                .over(new Topology(List.of(
                        adapter(1, "mpt3sas", "host10"),
                        adapter(2, "mpt3sas", "host9"),
                        adapter(3, "ahci", "host0")))));
        assertEquals("/devices/pci0000:00/0000:02:00.0/host9", parts.pathOf("mpt3sas_cm0"));
        assertEquals("/devices/pci0000:00/0000:01:00.0/host10", parts.pathOf("mpt3sas_cm1"));
        assertEquals("/devices/pci0000:00/0000:01:00.0/host10", parts.pathOf("mpt2sas_cm1"));
    }

    @Test
    void believesTheNamesThatTheTopologyKnows() {
        TopoPath path = TopoPath.of("hba", 7);
        NvList about = NvList.builder()
                .string("dev", "/devices/pci0000:00/0000:07:00.0")
                .strings("kernel-names", List.of("host3", "mpt3sas_cm0", "0000:07:00.0"))
                .build();
        PartIndex parts = new PartIndex(new FakeContext()
                .over(new Topology(List.of(
                        adapter(1, "mpt3sas", "host2"), new TopoNode(path, path.toHc(), null, null, null, about)))));
        assertEquals("/devices/pci0000:00/0000:07:00.0", parts.pathOf("mpt3sas_cm0"));
    }

    @Test
    void findsAnAtaDeviceWhosePortHasAnotherNumberThanItsHost() throws IOException {
        PartIndex parts = of("ahci-error");
        assertEquals("1:0:0:0", parts.addressOfAta("ata2.00"));
        assertNull(parts.addressOfAta("ata2.01"));
        assertNull(parts.addressOfAta("ata2"));
        assertEquals("/devices/pci0000:00/0000:00:06.0/ata2/host1/target1:0:0/1:0:0:0", parts.pathOf("ata2.00"));
        assertEquals("/devices/pci0000:00/0000:00:06.0/ata2/host1/target1:0:0", parts.pathOf("ata2"));
    }

    @Test
    void findsSessionsControllersDisksAndPartitions() throws IOException {
        PartIndex iscsi = of("iscsi-nic-down");
        assertEquals("/devices/platform/host0/session1/target0:0:0", iscsi.pathOf("session1"));
        assertEquals("/devices/platform/host0/session1/target0:0:0", iscsi.pathOf("connection1:0"));
        assertEquals("/devices/platform/host0/session1/target0:0:0/0:0:0:1", iscsi.pathOf("sda"));
        assertEquals("/devices/platform/host0/session1/target0:0:0/0:0:0:1", iscsi.pathOf("sda3"));
        PartIndex nvme = of("nvme-error");
        assertEquals("/devices/pci0000:00/0000:00:06.0/nvme/nvme0", nvme.pathOf("nvme0"));
        DiskIdentity disk = nvme.disk("nvme0n1");
        assertEquals("NV1", disk == null ? null : disk.serial());
        assertNull(nvme.disk("nvme7n1"));
    }

    @Test
    void makesAPathOfAnyName() {
        PartIndex parts = new PartIndex(new FakeContext());
        assertEquals("/devices/unknown/dm-8", parts.pathOf("dm-8"));
        assertEquals("/devices/unknown/_SYS_DBP_HDD4", parts.pathOf("/SYS/DBP/HDD4"));
        assertEquals("/devices/unknown/a_b_", parts.pathOf("a b\n"));
    }

    @Test
    void knowsTheNumbersOfScsiDisks() {
        assertEquals("sda", DiskNumbers.nameOf("8:0"));
        assertEquals("sdb", DiskNumbers.nameOf("8:16"));
        assertEquals("sdb1", DiskNumbers.nameOf("8:17"));
        assertEquals("sdq", DiskNumbers.nameOf("65:0"));
        assertEquals("sdaa", DiskNumbers.nameOf("65:160"));
        assertEquals("sdiv15", DiskNumbers.nameOf("135:255"));
        assertNull(DiskNumbers.nameOf("259:0"));
        assertNull(DiskNumbers.nameOf("8:256"));
        assertNull(DiskNumbers.nameOf("8:x"));
        assertNull(DiskNumbers.nameOf(":"));
    }
}
