// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.observation;

/**
 * A statement of the kernel with its time.
 *
 * @param at when
 * @param what the statement
 */
public record Observed(Stamp at, Observation what) {}
