// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.api.topo.TopoPath;

/**
 * A question about the world that has another answer at another time.
 *
 * @param counter whether it asks for the value of a counter, else for an open fault
 * @param name the class of the counter, or the pattern that the fault's class is to match
 * @param path where
 */
public record FactAsked(boolean counter, String name, TopoPath path) {}
