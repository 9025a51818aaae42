// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.event;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of one record in the durable logs, and so the identity of the event in it: the UUID of the log file, which
 * stays with the file when it is rotated, renamed or copied, and the record's offset in that file.
 *
 * <p>The text form is {@code <uuid>:<offset>}, for example {@code 0d9f4a4e-8a53-4a43-9d4b-2f8a1f1f9a10:8192}: the UUID in
 * lower case, the offset decimal and unsigned without leading zeros. Each value has exactly one text.
 *
 * @param logId the UUID in the header of the log file
 * @param offset bytes from the start of the (uncompressed) file to the record, unsigned 64-bit
 */
public record LogRef(UUID logId, long offset) {

    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):(0|[1-9][0-9]{0,19})");

    public LogRef {
        Objects.requireNonNull(logId, "logId");
    }

    /** Reads the text form back; empty when the text is anything else, an offset of 2^64 or more included. */
    public static Optional<LogRef> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            long offset = Long.parseUnsignedLong(matcher.group(2));
            return Optional.of(new LogRef(UUID.fromString(matcher.group(1)), offset));
        } catch (NumberFormatException pastSixtyFourBits) {
            return Optional.empty();
        }
    }

    /** The text form, {@code <uuid>:<offset>}. */
    @Override
    public String toString() {
        return logId + ":" + Long.toUnsignedString(offset);
    }
}
