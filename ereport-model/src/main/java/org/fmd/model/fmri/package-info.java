// SPDX-License-Identifier: Apache-2.0
/**
 * Fault managed resource identifiers: the names of everything that can be broken (fmd reference §1.5).
 *
 * <pre>
 *   scheme  string form
 *   hc      hc://:product-id=P:server-id=H:serial=S:part=M:revision=R/ses-enclosure=0/bay=7/disk=0/offset=1234
 *   dev     dev:////devices/…                                without ids
 *           dev:///:devid=id1,sd@n5000c500a1b2c3d7//devices/…  with ids, one slash more
 *   fmd     fmd:///module/disk-retire
 *   mod     mod:///mod-name=mpt3sas/mod-id=0
 *   zfs     zfs://pool=1f2e…/vdev=77b0…                       by guid, in hexadecimal
 *   other   kept as the members it came with
 * </pre>
 *
 * <p>Each scheme has two forms, a text and an {@link org.fmd.model.nv.NvList}; both are read back to an equal value.
 * Nothing is escaped: the makers of an identifier clean its parts first ({@link org.fmd.model.fmri.Authority#clean}), and
 * a constructor refuses a part that could not be read back.
 */
@NullMarked
package org.fmd.model.fmri;

import org.jspecify.annotations.NullMarked;
