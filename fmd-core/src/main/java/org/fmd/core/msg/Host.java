// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.msg;

/**
 * The machine that the fault manager runs on, as messages name it.
 *
 * @param server its host name
 * @param product the model, {@code -} if not known
 * @param chassis the serial number of the chassis, {@code -} if not known
 */
public record Host(String server, String product, String chassis) {}
