// SPDX-License-Identifier: Apache-2.0
/**
 * The durable event log: what fmd knows is what stands here. Everything else the daemon holds in memory is a fold over
 * these files.
 *
 * <pre>
 *    one thread for each log                            fmdump, replay, restart: any process, daemon alive or not
 *         │ append, append, … sync                              │ LogQuery, LogTally
 *         ▼                                                     ▼
 *    {@link org.fmd.core.log.EventLog} ──── errlog ◀── errlog-00000002 ◀── errlog-00000001 ──── {@link org.fmd.core.log.LogReader}
 *     (the only writer)    current     rotated, plain      sealed              (no locks; one history, oldest first)
 *                                          │                  ▲
 *                                          └── {@link org.fmd.core.log.LogKeeper} ─┘  seals, keeps to the quota
 *
 *    a plain file:   header │ copy of the header │ record │ record │ …          {@code docs/log-format.md} gives each byte
 *    a record:       F5 'f' 'm' 'r' │ length │ header CRC │ body CRC │ time │ uuid │ kind │ flags │ class │ body
 *    a sealed file:  header │ copy │ block │ block │ … │ columns │ devices │ index
 *    a block:        F5 'f' 'm' 'b' │ length │ CRCs │ first and last offset │ deflate of: envelopes, shapes of bodies, their values
 *
 *    all reach their files through {@link org.fmd.core.log.LogFiles}, so that tests can refuse, cut and forget
 * </pre>
 *
 * <p><b>Invariants.</b> A file only grows; the writer cuts it in two cases, both at a record's start: to remove the torn
 * tail that a crash left, and to undo a write that failed. A record that {@link org.fmd.core.log.EventLog#sync} has
 * covered is never touched again. A {@link org.fmd.model.event.LogRef} (file UUID and offset) keeps naming the same record
 * after rotation, sealing, renaming and copying: the offset is that of the plain file. The writer never writes into a file in which it has found damage. A reader shows
 * every intact record on both sides of damage and never shows bytes that were not appended as a record: the checksums
 * cover the file's UUID and the record's offset, so a stale block, a record of another file and a record quoted inside a
 * body do not pass.
 *
 * <p><b>Threads.</b> An {@code EventLog} belongs to one thread: {@code errlog} to the journal, {@code fltlog} and {@code infolog}
 * to the fault manager; a {@code LogReader} belongs to the thread which made it; the keeper has one of its own. They share nothing
 * but files: a rotated file keeps its name, and is the keeper's from then on. That no second daemon writes the same directory is
 * the daemon's own lock's business.
 *
 * <p><b>A crash</b> leaves a prefix of what was written, or some of its pages in any order. Opening reads the current file,
 * trims what follows the last whole record (keeping a copy as {@code errlog.torn.0}), makes the rest durable, and says what it
 * did ({@link org.fmd.core.log.LogNotice}). Whole records that were appended but not yet synced may survive; a synced
 * record always does. Damage in any other place is no trace of a crash: the file joins the rotated ones as it is, and
 * a new one begins. Rotation and sealing leave the old file or the new one; a sealed file that is not whole has another name.
 *
 * <p><b>Damage</b> in a sealed file costs the block in which it is; columns and index are made again from the blocks.
 *
 * <p><b>A full or failing disk.</b> Below {@code log.minfree} an ordinary append is refused and nothing is written. What is vital is
 * written as long as the file system takes it; when it does not, {@link org.fmd.core.log.LogReserve} gives back a step of the room
 * that it holds, and the write goes on. A reserve has to be blocks on the disk, since a mere limit holds nothing against other
 * programs; and it is given back only when a write has failed, since the system's word about free space leaves out what the
 * superuser may still use, and quotas. Ordinary records wait until the reserve is whole again. A write or sync that fails for good
 * takes back everything since the last good sync, says so, and the next append tries again.
 */
@NullMarked
package org.fmd.core.log;

import org.jspecify.annotations.NullMarked;
