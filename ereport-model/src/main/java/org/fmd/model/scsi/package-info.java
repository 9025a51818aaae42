// SPDX-License-Identifier: Apache-2.0
/**
 * SCSI in the form in which devices and the Linux kernel hand it to us, turned into values: sense data, command
 * descriptor blocks, results, and the tables of names that go with them.
 *
 * <pre>
 *   octets (probe event, REQUEST SENSE) ──► SenseData.parse ──► Decoded ─┬─► Value:   SenseData
 *   trace event: key, asc, ascq ──────────► SenseData.of                 └─► Problem: kind, detail
 *   log: "Sense Key : …" ─► SenseKey.parse ┐
 *        "Add. Sense: …" ─► AdditionalSense.parse ┴─► SenseData.of
 *        "CDB: Read(10) 28 00 …" ─► Cdb.parseNamed ──► opcode, service action, first block, count
 *        "hostbyte=DID_…" ─► HostByte.parse, result=0x00020000 ─► ScsiResult ──► PktReason, StatusByte
 * </pre>
 *
 * <p><b>Invariants.</b> Nothing that a device or the kernel says makes a parser throw: octets decode to a value or to a
 * named problem, texts to a value or to none. A field is present only if its sender marked it valid and sent all of it.
 * Every text of a table leads back to its value, in any spelling; only {@code Obsolete}, which Linux prints for three
 * codes, leads to none.
 *
 * <p><b>Names.</b> Two languages: T10's, from the standards, and the kernel's, whose log lines give texts where we need
 * numbers. A lookup goes by letters and digits alone, so that changes of case and punctuation between kernels (2.6.18,
 * 2.6.32, 6.1 and 6.12 were compared) do not matter. The list of additional sense codes is the resource
 * {@code additional-sense.txt}: T10's assignments up to SPC-6, in our own form.
 *
 * <p><b>Threads.</b> All types are immutable; the tables are filled at class loading. <b>A crash</b> loses nothing: there
 * is no state and no file.
 *
 * <p>Left out: sense of non-disk kinds beyond the flags (object storage, referrals, forwarded sense descriptors stay
 * octets), SCSI-1 sense without error class, and commands that only tapes, changers or CDs have.
 */
@NullMarked
package org.fmd.model.scsi;

import org.jspecify.annotations.NullMarked;
