// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import org.fmd.model.scsi.AdditionalSense;
import org.fmd.model.scsi.Cdb;
import org.fmd.model.scsi.Octets;
import org.fmd.model.scsi.OpCode;
import org.fmd.model.scsi.SenseKey;
import org.fmd.plugins.kernel.observation.Observation.BlockError;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.fmd.plugins.kernel.observation.Stamp;
import org.jspecify.annotations.Nullable;

/** What has been told of one command so far. Belongs to the assembler's thread. */
final class OpenCommand {
    private static final int MAX_CDB = 260;
    private static final int TEST_UNIT_READY = 0x00;

    final ScsiDevice device;
    final Stamp first;
    final Fate fate;
    final Command.Result result;
    /** Whether it is only of interest until its lines are over, because nobody said that it failed. */
    final boolean mute;

    Stamp last;
    Command.Status status = Command.Status.NOT_TOLD;

    @Nullable
    SenseKey key;

    boolean deferred;
    boolean additionalTold;

    @Nullable
    AdditionalSense additional;

    boolean cdbTold;
    Octets cdb = Octets.EMPTY;

    @Nullable
    BlockError block;

    OpenCommand(ScsiDevice device, Stamp at, Fate fate, Command.Result result, boolean mute) {
        this.device = device;
        this.first = at;
        this.last = at;
        this.fate = fate;
        this.result = result;
        this.mute = mute;
    }

    /** Adds a piece of a long CDB; one that does not continue what is there is left out. */
    void append(int offset, Octets piece) {
        if (offset == cdb.length() && offset + piece.length() <= MAX_CDB) {
            byte[] whole = new byte[offset + piece.length()];
            System.arraycopy(cdb.toArray(), 0, whole, 0, offset);
            System.arraycopy(piece.toArray(), 0, whole, offset, piece.length());
            cdb = Octets.of(whole);
        }
    }

    /** Returns whether the kernel prints nothing more about such a command once its sense is told. */
    boolean endsWithSense() {
        return fate == Fate.DELIVERED || fate == Fate.OWN_GIVEN_UP;
    }

    Command facts() {
        Command.Sense sense = key == null ? null : new Command.Sense(key, additional, deferred);
        return new Command(passedThrough() ? passedThroughFate() : fate, result, status, sense, cdb, block);
    }

    /** Whether a disk is ready is asked again and again by who watches a path; no answer of one time decides anything. */
    private Fate passedThroughFate() {
        boolean question = cdb.u8(0) == TEST_UNIT_READY && result.transportFailed();
        return question ? Fate.RETRIED : Fate.PASSED_THROUGH;
    }

    /** The block layer prints a line for each request of a file system; a command without one that touches no data is somebody's own. */
    private boolean passedThrough() {
        return fate == Fate.GIVEN_UP
                && block == null
                && cdb.length() > 0
                && Cdb.parse(cdb)
                        .toOptional()
                        .map(c -> c.access() == OpCode.Access.NONE)
                        .orElse(false);
    }
}
