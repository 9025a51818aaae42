// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import org.fmd.model.scsi.HostByte;
import org.fmd.model.scsi.PktReason;

/**
 * The members {@code pkt-reason}, {@code pkt-state} and {@code pkt-stats} of a payload (fmd reference §2.5), as far as Linux
 * lets them be known.
 *
 * @param reason why the transport ended the command
 * @param state how far the command came, a set of bits
 * @param statistics what else happened, a set of bits
 */
record PacketCodes(PktReason reason, int state, int statistics) {
    private static final int GOT_BUS = 0x01;
    private static final int GOT_TARGET = 0x02;
    private static final int SENT_COMMAND = 0x04;
    private static final int GOT_STATUS = 0x10;
    private static final int AUTO_SENSE = 0x20;

    private static final int NEVER_SENT = 0;
    private static final int SENT = GOT_BUS | GOT_TARGET | SENT_COMMAND;
    private static final int COMPLETED = SENT | GOT_STATUS;

    static PacketCodes of(Command command) {
        if (command.fate() == Fate.REFUSED) {
            return command.result().told()
                    ? new PacketCodes(PktReason.TIMEOUT, SENT, HostByte.PktStatistics.TIMEOUT)
                    : new PacketCodes(PktReason.INCOMPLETE, NEVER_SENT, 0);
        }
        HostByte host = command.result().host();
        int statistics = host == null ? 0 : host.pktStatistics();
        PktReason reason = command.result().transportFailed()
                ? (host == null ? PktReason.TRAN_ERR : host.pktReason())
                : PktReason.CMPLT;
        return new PacketCodes(reason, state(command), statistics);
    }

    private static int state(Command command) {
        if (command.sense() != null) {
            return COMPLETED | AUTO_SENSE;
        }
        if (!command.result().transportFailed()) {
            return COMPLETED;
        }
        HostByte host = command.result().host();
        boolean reached = host != HostByte.NO_CONNECT && host != HostByte.BAD_TARGET && host != HostByte.BUS_BUSY;
        return reached ? SENT : NEVER_SENT;
    }
}
