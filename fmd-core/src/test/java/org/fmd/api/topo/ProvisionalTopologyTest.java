// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.topo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.util.List;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;

/** The hardware that ereports alone tell of. */
class ProvisionalTopologyTest {
    private static final String TRAN = "ereport.io.scsi.cmd.disk.tran";

    private final ProvisionalTopology seen = new ProvisionalTopology();

    private void see(String eventClass, Fmri detector, NvList payload) {
        seen.see(new Ereport(new EventClass(eventClass), Instant.EPOCH, Ena.UNKNOWN, detector, payload));
    }

    private static NvList named(String disk) {
        return NvList.builder()
                .string("logical-disk", disk)
                .string("serial", "unknown")
                .build();
    }

    private List<String> paths(Topology topology) {
        return topology.nodes().stream().map(node -> node.path().toString()).toList();
    }

    @Test
    void eachDetectorIsADiskOfTheUnknownEnclosureInOrderOfItsName() {
        see(TRAN, DevFmri.ofPath("/devices/pci/0:0:1:0"), NvList.EMPTY);
        see(TRAN, DevFmri.ofPath("/devices/pci/0:0:0:0"), NvList.EMPTY);
        see(TRAN, new FmdFmri("kernel-channel", "1.0"), NvList.EMPTY);
        Topology topology = seen.topology(Topology.EMPTY);
        assertEquals(
                List.of(
                        "chassis0",
                        "chassis0/unknown-enclosure0",
                        "chassis0/unknown-enclosure0/bay0",
                        "chassis0/unknown-enclosure0/bay0/disk0",
                        "chassis0/unknown-enclosure0/bay1",
                        "chassis0/unknown-enclosure0/bay1/disk0"),
                paths(topology));
        TopoNode second = topology.find(DevFmri.ofPath("/devices/pci/0:0:0:0"));
        assertNotNull(second);
        assertEquals("chassis0/unknown-enclosure0/bay1/disk0", second.path().toString());
    }

    @Test
    void theSamePathWithAndWithoutAnIdentityIsOneDisk() {
        see(TRAN, DevFmri.ofPath("/devices/pci/0:0:0:0"), NvList.EMPTY);
        see(TRAN, new DevFmri("/devices/pci/0:0:0:0", "id1,sd@a", null), NvList.EMPTY);
        see(TRAN, new DevFmri("/devices/pci/1:0:0:0", "id1,sd@a", null), NvList.EMPTY);
        Topology topology = seen.topology(Topology.EMPTY);
        assertEquals(4, topology.nodes().size());
        assertSame(topology.byDevid("id1,sd@a"), topology.byDevicePath("/devices/pci/0:0:0:0"));
        assertSame(topology.byDevid("id1,sd@a"), topology.byDevicePath("/devices/pci/1:0:0:0"));
    }

    @Test
    void aNameAloneMeansTheDiskThatHasIt() {
        see(TRAN, DevFmri.ofPath("/devices/unknown/sdb"), named("sdb"));
        see(TRAN, DevFmri.ofPath("/devices/unknown/1:0:0:0"), named("sdb"));
        see(TRAN, DevFmri.ofPath("/devices/unknown/sdc"), named("sdc"));
        Topology topology = seen.topology(Topology.EMPTY);
        TopoNode sdb = topology.byDevicePath("/devices/unknown/sdb");
        assertNotNull(sdb);
        assertSame(sdb, topology.byDevicePath("/devices/unknown/1:0:0:0"));
        assertEquals("sdb", sdb.properties().string("logical-disk").orElseThrow());
        assertNull(topology.bySerial("unknown"));
        assertEquals(6, topology.nodes().size());
    }

    @Test
    void anAdapterIsNoDisk() {
        see("ereport.io.scsi.hba.reset", DevFmri.ofPath("/devices/pci0000:00/0000:00:06.0"), NvList.EMPTY);
        assertEquals(List.of("chassis0", "chassis0/hba0"), paths(seen.topology(Topology.EMPTY)));
    }

    @Test
    void whatIsKnownAnywayIsNotMadeUp() {
        see(TRAN, DevFmri.ofPath("/devices/pci/0:0:0:0"), NvList.EMPTY);
        Topology known = seen.topology(Topology.EMPTY);
        see(TRAN, DevFmri.ofPath("/devices/pci/0:0:1:0"), NvList.EMPTY);
        Topology both = seen.topology(known);
        assertEquals(known.nodes(), both.nodes().subList(0, known.nodes().size()));
        TopoNode other = both.byDevicePath("/devices/pci/0:0:1:0");
        assertNotNull(other);
        assertEquals("chassis0/unknown-enclosure0/bay1/disk0", other.path().toString());
    }
}
