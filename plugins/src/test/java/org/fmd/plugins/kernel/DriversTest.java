// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Set;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

class DriversTest {
    @Test
    void aDiskHasItsOwnDriverAndThatOfItsAdapter() throws IOException {
        Drivers drivers =
                new Drivers(new FakeContext().over(Captures.topology(Fixtures.path("captures/mptsas-media"))));
        assertEquals(
                Set.of("sd", "mptsas"),
                drivers.of(
                        "/devices/pci0000:00/0000:00:06.0/host0/port-0:0/end_device-0:0/target0:0:0/0:0:0:0", "sda"));
    }

    @Test
    void whatIsBehindNoAdapterThatIsKnownHasItsOwnAlone() {
        Drivers drivers = new Drivers(new FakeContext());
        assertEquals(Set.of("sd"), drivers.of("/devices/unknown/ata3.00", "ata3.00"));
        assertEquals(Set.of("nvme"), drivers.of("/devices/unknown/nvme0n1", "nvme0n1"));
        assertEquals(Set.of("md"), drivers.of("/devices/virtual/block/md127", "md127"));
        assertEquals(Set.of(), drivers.of("/devices/unknown/connection2:0", "connection2:0"));
    }
}
