// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.trace;

import org.jspecify.annotations.Nullable;

/**
 * Reads pages of the ring buffer as {@code trace_pipe_raw} gives them (kernel channel reference §2.2; {@code
 * include/linux/ring_buffer.h}, enum {@code ring_buffer_type}).
 */
public final class PageReader {
    private static final int PADDING = 29;
    private static final int TIME_EXTEND = 30;
    private static final int TIME_STAMP = 31;
    private static final int WORD = 4;
    private static final int DELTA_BITS = 27;
    private static final long MISSED = 1L << 31;
    private static final long COUNT_STORED = 1L << 30;
    private static final long LENGTH = 0xfffff;
    /** An absolute stamp has 59 bits; the upper ones are the page's. */
    private static final long UPPER = -1L << 59;

    /** Takes what stands in a page, in its order. */
    public interface Sink {
        /** One record; the object is good until this returns. */
        void record(TraceRecord record);

        /**
         * Records were overwritten before this page.
         *
         * @param nanos the page's time, in nanoseconds of the trace clock
         * @param count how many; -1 if the kernel does not say
         */
        void missed(long nanos, long count);
    }

    private final PageLayout layout;
    private final Sink sink;
    private final TraceRecord record;

    /** Makes a reader of pages of that layout. */
    public PageReader(PageLayout layout, Sink sink) {
        this.layout = layout;
        this.sink = sink;
        this.record = new TraceRecord(layout.order());
    }

    /**
     * Reads one page.
     *
     * @param length how many bytes there are; those behind the data may be left out
     * @return why the rest of the page cannot be read; null if all of it was
     */
    public @Nullable String read(byte[] page, int length) {
        if (length < layout.dataOffset()) {
            return "a page of " + length + " bytes ends within its head";
        }
        long stamp = record.i64(page, 0);
        long commit = layout.commitSize() == Long.BYTES
                ? record.i64(page, layout.commitOffset())
                : record.i32(page, layout.commitOffset()) & 0xffff_ffffL;
        int data = (int) (commit & LENGTH);
        int end = layout.dataOffset() + data;
        if (end > length) {
            return "a page of " + length + " bytes says that it holds " + data + " bytes of records";
        }
        if ((commit & MISSED) != 0) {
            boolean counted = (commit & COUNT_STORED) != 0 && end + Long.BYTES <= length;
            sink.missed(stamp, counted ? record.i64(page, end) : -1);
        }
        return records(page, end, stamp);
    }

    private @Nullable String records(byte[] page, int end, long pageStamp) {
        long stamp = pageStamp;
        int at = layout.dataOffset();
        while (at < end) {
            if (end - at < WORD) {
                return broken(at, "a record's head is cut off");
            }
            int head = record.i32(page, at);
            int type = head & 31;
            long delta = (head & 0xffff_ffffL) >>> 5;
            if (type == PADDING && delta == 0) {
                return null;
            }
            int next = type >= 1 && type < PADDING ? 0 : WORD;
            if (end - at < WORD + next) {
                return broken(at, "a record is cut off");
            }
            int second = next == 0 ? 0 : record.i32(page, at + WORD);
            if (type == TIME_EXTEND) {
                stamp += extended(delta, second);
            } else if (type == TIME_STAMP) {
                stamp = (stamp & UPPER) | (extended(delta, second) & ~UPPER);
            } else {
                stamp += delta;
                // The length of a large record and of padding counts its own word.
                int body = at + WORD + next;
                int size = next == 0 ? type * WORD : second - WORD;
                if (size < 0 || size > end - body) {
                    return broken(at, "a record of " + size + " bytes does not fit");
                }
                if (type != PADDING) {
                    record.at(page, body, size, stamp);
                    sink.record(record);
                }
                at = body + ((size + WORD - 1) & -WORD);
                continue;
            }
            at += WORD + next;
        }
        return null;
    }

    private static long extended(long low, int high) {
        return low | ((high & 0xffff_ffffL) << DELTA_BITS);
    }

    private String broken(int at, String what) {
        return what + " at byte " + at + " of a page";
    }
}
