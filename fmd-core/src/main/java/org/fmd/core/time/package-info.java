// SPDX-License-Identifier: Apache-2.0
/**
 * Two clocks: one that says what time it is, and one that says how much time has passed.
 *
 * <pre>
 *   wall clock (any {@link java.time.InstantSource})   set by people and by NTP; may jump, both ways
 *        stamps: ereports, list events, logs, what people read
 *   {@link org.fmd.core.time.SteadyClock}                          starts with the wall clock, then follows the machine's own; never jumps
 *        measures: timers of engines, thinning of storms, how often something is told or tried again
 * </pre>
 *
 * <p>Whatever waits for a moment to come waits by the steady clock: it neither stalls when the wall clock is set back nor is due at
 * once when it is set forward. While the machine sleeps the steady clock stands still, and what waits goes on waiting for the rest.
 *
 * <p>A steady clock means something to the process that has it, and to the fault manager, which goes on in the same time after a
 * restart; its times are not written down as times of events. When the two went apart, the journal logs by how much ({@link
 * org.fmd.core.time.ClockStep}), so that the log alone tells how much time has passed.
 *
 * <p>Safe for any thread; nothing to lose in a crash: a step that was not logged is seen again at the next start if it was one back,
 * and is time that has passed if it was one forward.
 */
@NullMarked
package org.fmd.core.time;

import org.jspecify.annotations.NullMarked;
