// SPDX-License-Identifier: Apache-2.0
/**
 * Events: what detectors report and what the fault manager concludes.
 *
 * <pre>
 *   Event ┬ Ereport     ereport.*   an error was observed            → errlog
 *         ├ ListEvent   list.*      a step in the life of a case     → fltlog
 *         └ Ireport     ireport.*   noteworthy, no error             → infolog
 * </pre>
 *
 * <p>Each event can be written as one {@link org.fmd.model.nv.NvList} and read back from it without loss
 * ({@link org.fmd.model.event.EventCodec}); the members are those of fmd reference §1.3.
 */
@NullMarked
package org.fmd.model.event;

import org.jspecify.annotations.NullMarked;
