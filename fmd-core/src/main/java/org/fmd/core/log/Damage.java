// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

/**
 * A stretch of a log that a reader could not show. The records in it are lost to the reader, and no others.
 *
 * @param path the file
 * @param offset first byte of the stretch
 * @param length bytes; 0 when the whole file was refused before its length mattered
 * @param reason what was expected and what was found, such as {@code body checksum does not match}
 */
public record Damage(String path, long offset, long length, String reason) {

    /** First byte after the stretch. */
    public long end() {
        return offset + length;
    }

    /** One line for a person: place, reason, and how reading goes on. */
    public String sentence() {
        return length == 0
                ? "'" + path + "' is skipped: " + reason
                : "'" + path + "' is damaged at offset " + offset + ": " + reason + "; skipping " + length + " bytes";
    }
}
