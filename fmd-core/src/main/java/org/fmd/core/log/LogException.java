// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a log could not do what it was asked: a named condition, the file, and the offset where it happened.
 *
 * <p>After {@link Condition#WRITE_FAILED} and {@link Condition#NO_SPACE} every reference which
 * {@link EventLog#append} returned at or past {@link #offset()} is void: those records are not in the log.
 */
public final class LogException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What can go wrong, once each. */
    public enum Condition {
        /** Less than {@code log.minfree} would remain; the record was not taken, what was appended before is untouched. */
        LOG_MINFREE,
        /** The record is larger than the format allows; it was not taken, what was appended before is untouched. */
        RECORD_TOO_LARGE,
        /** The file system is full; everything since the last sync was taken back. */
        NO_SPACE,
        /** A write or sync failed; everything since the last sync was taken back. */
        WRITE_FAILED,
        /** A failed write could not be taken back yet; the next append or sync tries again. */
        ROLLBACK_FAILED,
        /** The file was written by a version of this program that is newer than this one. */
        NEWER_VERSION,
        /** The file uses a feature this program does not know and may not ignore. */
        INCOMPATIBLE,
        /** The file is a log of another kind than asked for. */
        WRONG_LABEL,
        /** Neither copy of the file's header can be read: no log, or one damaged at both places. */
        NO_HEADER,
        /** The log was closed. */
        CLOSED
    }

    private final Condition condition;
    private final String path;
    private final long offset;

    LogException(Condition condition, String path, long offset, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.condition = condition;
        this.path = path;
        this.offset = offset;
    }

    public Condition condition() {
        return condition;
    }

    /** The file. */
    public String path() {
        return path;
    }

    /** Where in the file; see the class comment for its meaning after a failed write. */
    public long offset() {
        return offset;
    }
}
