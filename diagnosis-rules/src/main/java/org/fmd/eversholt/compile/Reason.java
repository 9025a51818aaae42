// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import org.fmd.eversholt.check.Term;

/**
 * What a condition of a constraint comes to, and why.
 *
 * @param words for instance {@code payload member 'driver-assessment' is "retry", wanted "fatal"}
 */
public record Reason(Term condition, Truth truth, String words) {}
