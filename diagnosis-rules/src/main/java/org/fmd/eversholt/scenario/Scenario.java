// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.util.List;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.eft.RunInput;
import org.fmd.eversholt.eft.Settings;
import org.fmd.eversholt.syntax.Span;

/**
 * A story about a machine, and how it must end.
 *
 * @param name its title
 * @param span the line that begins it
 * @param inputs in order of the file; the first is #1
 * @param expected in order of the file
 */
public record Scenario(
        String name, Span span, Topology machine, Settings settings, List<Input> inputs, List<Expected> expected) {
    /** Something that happens, and where it is said. */
    public record Input(RunInput what, Span span) {}

    public Scenario {
        inputs = List.copyOf(inputs);
        expected = List.copyOf(expected);
    }
}
