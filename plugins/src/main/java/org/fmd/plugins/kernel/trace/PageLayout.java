// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.trace;

import java.nio.ByteOrder;
import java.util.Map;
import org.fmd.plugins.kernel.trace.EventFormat.Field;

/**
 * How a page of the ring buffer is laid out: the file {@code events/header_page} (kernel channel reference §2.2). From Linux 6.8
 * on a page can be larger than a page of memory.
 *
 * @param commitOffset where the length of the data stands, with the flags of what was lost
 * @param commitSize 8 bytes, 4 on a kernel of 32 bits
 * @param dataOffset where the records begin
 * @param dataSize how many bytes of records fit
 * @param order the order of bytes in a number
 */
public record PageLayout(int commitOffset, int commitSize, int dataOffset, int dataSize, ByteOrder order) {
    private static final int MAX_PAGE = 1 << 20;

    /**
     * Reads a {@code header_page} file.
     *
     * @throws FormatProblem if it is not what a ring buffer can have
     */
    public static PageLayout parse(String headerPage, ByteOrder order) throws FormatProblem {
        Map<String, Field> fields = EventFormat.fields(headerPage);
        Field stamp = fields.get("timestamp");
        Field commit = fields.get("commit");
        Field data = fields.get("data");
        if (stamp == null || commit == null || data == null || stamp.offset() != 0 || stamp.size() != Long.BYTES) {
            throw new FormatProblem("header_page names no timestamp of 8 bytes, commit and data");
        }
        boolean fits = (commit.size() == Integer.BYTES || commit.size() == Long.BYTES)
                && data.offset() >= commit.offset() + commit.size()
                && data.size() > 0
                && data.offset() + data.size() <= MAX_PAGE;
        if (!fits) {
            throw new FormatProblem("header_page gives a commit of " + commit.size() + " bytes at " + commit.offset()
                    + " and data of " + data.size() + " bytes at " + data.offset());
        }
        return new PageLayout(commit.offset(), commit.size(), data.offset(), data.size(), order);
    }

    /** How many bytes one read of {@code trace_pipe_raw} is to ask for. */
    public int pageSize() {
        return dataOffset + dataSize;
    }
}
