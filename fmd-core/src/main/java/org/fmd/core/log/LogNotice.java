// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import org.jspecify.annotations.Nullable;

/** Something that opening a log found and settled, to be told once by whoever opened it. */
public sealed interface LogNotice {

    /** One or two sentences for a person. */
    String sentence();

    /** There was no file yet, or an empty one: an ordinary first start. */
    record Created(String path) implements LogNotice {
        @Override
        public String sentence() {
            return "New log '" + path + "'.";
        }
    }

    /**
     * The ordinary trace of a crash: an unfinished end, now cut off.
     *
     * @param path the file
     * @param offset where the unfinished record began, now the end of the file
     * @param present bytes that were there
     * @param expected bytes the record should have had; 0 when not even its header was whole
     * @param kept whole records before it
     * @param copy the file which now holds what was cut; null if that was nothing but zeros, or {@code problem} is set
     * @param problem why no copy could be kept; null if one was or none was needed
     */
    record TornTail(
            String path,
            long offset,
            long present,
            long expected,
            long kept,
            @Nullable String copy,
            @Nullable String problem)
            implements LogNotice {
        @Override
        public String sentence() {
            String found =
                    expected > present ? present + " of " + expected + " bytes present" : present + " bytes present";
            String fate = "";
            if (copy != null) {
                fate = " What was cut is in '" + copy + "'.";
            } else if (problem != null) {
                fate = " No copy of what was cut: " + problem + ".";
            }
            return "Torn record at offset " + offset + " of '" + path + "': " + found + ". Trimmed; " + kept
                    + " records kept." + fate;
        }
    }

    /**
     * Damage that no crash leaves: the file was renamed as it is, and a new one begun.
     *
     * @param path the file that was damaged
     * @param movedTo its name now
     * @param damage the first damage found
     * @param places how many stretches are damaged
     * @param kept whole records in it, which readers go on to show
     */
    record SetAside(String path, String movedTo, Damage damage, int places, long kept) implements LogNotice {
        @Override
        public String sentence() {
            return "Damage at offset " + damage.offset() + " of '" + path + "': " + damage.reason()
                    + (places > 1 ? " (and " + (places - 1) + " more)" : "") + ". Set aside as '" + movedTo + "' with "
                    + kept + " readable records; a new log begins.";
        }
    }
}
