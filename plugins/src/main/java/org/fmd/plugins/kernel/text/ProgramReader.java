// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.util.List;
import java.util.Optional;
import org.fmd.plugins.kernel.observation.Observation;

/**
 * Reads what programs wrote that watch disks and paths, and the listings of commands, where a log holds them. Never the
 * kernel's lines. Keeps which listing it is in; belongs to one thread.
 */
public final class ProgramReader {
    private final List<Listing> listings = List.of(
            new PoolListing(), new ArrayListing(), new FaultListing(), new EreportListing(), new BlockErrorListing());

    /**
     * Returns what a line says; empty optional if the line is nobody's that is known.
     *
     * @param program who wrote it, empty where nothing tells
     */
    public Optional<List<Observation>> read(String program, String text) {
        return switch (program) {
            case "smartd" -> Optional.of(Smartd.read(text).orElse(List.of()));
            case "iscsid" -> Optional.of(Iscsid.read(text));
            case "multipathd", "multipath" -> Optional.of(Multipathd.read(text));
            case "" -> unnamed(text);
            default -> Optional.of(List.of());
        };
    }

    /** A line of a mail, of a file or of a terminal. */
    private Optional<List<Observation>> unnamed(String text) {
        Optional<List<Observation>> smartd = Smartd.read(text);
        if (smartd.isPresent()) {
            return smartd;
        }
        for (Listing listing : listings) {
            Optional<List<Observation>> said = listing.read(text);
            if (said.isPresent()) {
                return said;
            }
        }
        return Optional.empty();
    }

    /** The output of a command, of which the lines mean something only together. */
    interface Listing {
        /** Returns what the line says; empty optional if it is none of this listing. */
        Optional<List<Observation>> read(String line);
    }
}
