// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

/**
 * Bytes that are no record.
 *
 * @param shown their beginning, printable
 * @param why what was found instead of what was expected
 */
public record Malformed(String shown, String why) implements KmsgInput {}
