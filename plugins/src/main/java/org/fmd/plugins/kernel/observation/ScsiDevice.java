// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.observation;

import org.jspecify.annotations.Nullable;

/**
 * A logical unit as the kernel addresses it.
 *
 * @param hctl host, channel, target and LUN in decimal, {@code 0:0:1:0}; empty where only the disk's name is known
 * @param disk the name of its disk at that moment, {@code sdb}; null where it was not said
 */
public record ScsiDevice(String hctl, @Nullable String disk) {}
