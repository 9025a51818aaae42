// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the header of a sealed file says about its content.
 *
 * @param records events in it
 * @param earliest time of the earliest event, nanoseconds since the epoch, unsigned; all ones if there is none
 * @param latest time of the latest event; 0 if there is none
 * @param end length of the file before it was sealed: references lie below it
 * @param lost bytes of the file before it was sealed that could not be read
 * @param columns where the blocks end and the columns begin
 * @param index where the index begins
 * @param indexLength bytes of the index, with which the file ends
 * @param indexCrc CRC-32C of the index
 */
public record LogSeal(
        long records,
        long earliest,
        long latest,
        long end,
        long lost,
        long columns,
        long index,
        int indexLength,
        int indexCrc) {

    Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("features", "sealed");
        attributes.put("records", Long.toUnsignedString(records));
        attributes.put("earliest", Long.toUnsignedString(earliest));
        attributes.put("latest", Long.toUnsignedString(latest));
        attributes.put("end", Long.toUnsignedString(end));
        attributes.put("lost", Long.toUnsignedString(lost));
        attributes.put("columns", Long.toUnsignedString(columns));
        attributes.put("index", Long.toUnsignedString(index));
        attributes.put("index-length", Integer.toUnsignedString(indexLength));
        attributes.put("index-crc", Integer.toUnsignedString(indexCrc));
        return attributes;
    }

    /** Reads the attributes; throws {@link IllegalArgumentException} if one is missing or no number. */
    static LogSeal of(Map<String, String> attributes) {
        return new LogSeal(
                number(attributes, "records"),
                number(attributes, "earliest"),
                number(attributes, "latest"),
                number(attributes, "end"),
                number(attributes, "lost"),
                number(attributes, "columns"),
                number(attributes, "index"),
                Integer.parseUnsignedInt(attributes.getOrDefault("index-length", "")),
                Integer.parseUnsignedInt(attributes.getOrDefault("index-crc", "")));
    }

    private static long number(Map<String, String> attributes, String name) {
        return Long.parseUnsignedLong(attributes.getOrDefault(name, ""));
    }

    /** Length of the sealed file. */
    long length() {
        return index + Integer.toUnsignedLong(indexLength);
    }
}
