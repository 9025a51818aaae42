// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A disk that was taken out of service for a case, or that would have been.
 *
 * @param at when it was first decided
 * @param kind whether it counts
 * @param undone whether the case has been repaired since
 * @param caseId the case
 * @param devid the disk
 * @param left the arrays it was a member of, with the kernel's names of then
 */
record Retirement(Instant at, Kind kind, boolean undone, UUID caseId, String devid, List<DiskUse.Membership> left) {

    /** Why a retirement is remembered. */
    enum Kind {
        /** The agent acted. */
        ACTED,
        /** The disk was out already: another case needs it to stay so. */
        CLAIMED,
        /** The agent would have acted; counts for the next rehearsal only. */
        REHEARSED
    }

    Retirement {
        left = List.copyOf(left);
    }

    Retirement asUndone() {
        return new Retirement(at, kind, true, caseId, devid, left);
    }

    /** Returns one line; the devid comes last since it alone may hold blanks. */
    String toLine() {
        String arrays = String.join(
                ",", left.stream().map(m -> m.array() + ":" + m.device()).toList());
        return String.join(
                " ",
                at.toString(),
                kind.name().toLowerCase(Locale.ROOT),
                undone ? "undone" : "open",
                caseId.toString(),
                arrays.isEmpty() ? "-" : arrays,
                devid);
    }

    /** Reads such a line; empty if it is none. */
    static Optional<Retirement> parse(String line) {
        String[] fields = line.split(" ", 6);
        if (fields.length < 6) {
            return Optional.empty();
        }
        try {
            List<DiskUse.Membership> left = new ArrayList<>();
            for (String pair : fields[4].equals("-") ? new String[0] : fields[4].split(",")) {
                String[] names = pair.split(":", 2);
                left.add(new DiskUse.Membership(names[0], names[names.length - 1]));
            }
            return Optional.of(new Retirement(
                    Instant.parse(fields[0]),
                    Kind.valueOf(fields[1].toUpperCase(Locale.ROOT)),
                    fields[2].equals("undone"),
                    UUID.fromString(fields[3]),
                    fields[5],
                    left));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
