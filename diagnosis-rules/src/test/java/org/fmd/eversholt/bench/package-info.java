// SPDX-License-Identifier: Apache-2.0
/**
 * How fast the engine is. Run by {@code etc/dev/bench-engine}, never with the tests; see {@code docs/benchmarks.md}. Nothing here
 * checks anything: the tests do.
 */
package org.fmd.eversholt.bench;
