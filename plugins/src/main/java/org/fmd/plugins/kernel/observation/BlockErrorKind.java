// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.observation;

import java.util.Optional;

/**
 * The block layer's word for a failed request. It is the error number that the request ended with, not the sense key: a
 * medium error after retries is an {@code I/O error} (kernel channel reference §3).
 */
public enum BlockErrorKind {
    IO("I/O", 5),
    MEDIUM("critical medium", 61),
    TARGET("critical target", 121),
    TRANSPORT("recoverable transport", 67),
    RESERVATION("reservation conflict", 52),
    /** What kernels before 6.4 say for a reservation conflict. */
    NEXUS("critical nexus", 52),
    SPACE("critical space allocation", 28),
    PROTECTION("protection", 84),
    TIMEOUT("timeout", 110),
    OFFLINE("device offline", 19),
    NOT_SUPPORTED("operation not supported", 95);

    private final String words;
    private final int errno;

    BlockErrorKind(String words, int errno) {
        this.words = words;
        this.errno = errno;
    }

    /** Returns the kind of requests that end with an error number; an I/O error for one that has no words of its own. */
    public static BlockErrorKind ofErrno(int errno) {
        for (BlockErrorKind kind : values()) {
            if (kind.errno == errno) {
                return kind;
            }
        }
        return IO;
    }

    /** Returns the kind whose words stand before {@code error}, empty for one that is not known. */
    public static Optional<BlockErrorKind> of(String words) {
        for (BlockErrorKind kind : values()) {
            if (kind.words.equals(words)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return words;
    }
}
