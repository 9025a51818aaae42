// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import org.fmd.model.registry.report.RegistryManual;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.Test;

class RegistryManualTest {
    @Test
    void theManualPageIsThatOfTheRegistry() {
        Golden.assertMatches(
                Fixtures.path("..").resolve("etc/man/man7/fmd-events.7"), RegistryManual.of(EventRegistry.shipped()));
    }
}
