// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.topo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Optional;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.fmri.HcFmri.Component;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.Test;

class TopologyTest {
    private static final TopoPath DISK = TopoPath.of("disk", 0);

    @Test
    void aDiskIsFoundByEachOfItsPaths() {
        NvList properties = NvList.builder()
                .string("dev", "/devices/a")
                .strings("paths", List.of("/devices/a", "/devices/b"))
                .build();
        Topology topology = new Topology(List.of(new TopoNode(DISK, DISK.toHc(), null, null, null, properties)));
        assertNotNull(topology.find(DevFmri.ofPath("/devices/a")));
        assertNotNull(topology.find(DevFmri.ofPath("/devices/b")));
        assertNull(topology.find(DevFmri.ofPath("/devices/c")));
        assertNull(topology.find(new DevFmri("/devices/a", "id1,sd@n5", null)), "another disk may be there by now");
    }

    @Test
    void aNameWithANumberOfTenDigitsHasAPlace() {
        for (int number : new int[] {0, 999_999_999, 1_073_741_823, Integer.MAX_VALUE}) {
            TopoPath path = TopoPath.of("bay", number);
            assertEquals(Optional.of(path), TopoPath.of(path.toHc()));
            assertEquals(Optional.of(path), TopoPath.parse(path.toString()));
        }
        HcFmri tooLarge = HcFmri.of(List.of(new Component("bay", "2147483648")));
        assertEquals(Optional.empty(), TopoPath.of(tooLarge));
    }
}
