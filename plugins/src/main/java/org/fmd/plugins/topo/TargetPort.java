// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.util.List;
import java.util.Optional;
import org.fmd.model.nv.NvList;

/**
 * What an adapter sees: a SCSI target, or a SAS end device that has none.
 *
 * @param device its device
 * @param others further paths under which it is known: the end device, session or remote port
 * @param number its number below the adapter, the same as long as the cabling is
 * @param l0id its name in the world as detectors give it, {@code w5000c500a0000001}; empty if it has none
 * @param properties what is known of it
 */
record TargetPort(DevicePath device, List<DevicePath> others, int number, Optional<String> l0id, NvList properties) {}
