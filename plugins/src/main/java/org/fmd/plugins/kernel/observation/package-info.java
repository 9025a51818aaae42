// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernel said, each statement a plain value: nothing is concluded here.
 *
 * <pre>
 *   kmsg lines ──┐
 *   uevents    ──┼──▶ Observed(when, Observation) ──▶ assessment
 *   trace      ──┘    (one type for every source)
 * </pre>
 *
 * <p>The family is sealed and every member immutable, so records cross threads freely. A source may add members of the
 * family; it never adds meaning. Names of disks ({@code sda}) are kept as they were said: they mean something only together
 * with the SCSI address that they had at that moment.
 */
@NullMarked
package org.fmd.plugins.kernel.observation;

import org.jspecify.annotations.NullMarked;
