// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.observation;

import java.util.Optional;

/**
 * The block layer's word for a failed request. It is the error number that the request ended with, not the sense key: a
 * medium error after retries is an {@code I/O error} (kernel channel reference §3).
 */
public enum BlockErrorKind {
    IO("I/O"),
    MEDIUM("critical medium"),
    TARGET("critical target"),
    TRANSPORT("recoverable transport"),
    RESERVATION("reservation conflict"),
    /** What kernels before 6.4 say for a reservation conflict. */
    NEXUS("critical nexus"),
    SPACE("critical space allocation"),
    PROTECTION("protection"),
    TIMEOUT("timeout"),
    OFFLINE("device offline"),
    NOT_SUPPORTED("operation not supported");

    private final String words;

    BlockErrorKind(String words) {
        this.words = words;
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
