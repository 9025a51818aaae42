// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What may keep the daemon from its state, when it could not start.
 *
 * @param path the folder, or what there is of the way to it
 * @param readOnly whether its file system is mounted read-only
 * @param writable whether this user may write in it
 * @param free bytes free
 */
public record StateFolder(Path path, boolean readOnly, boolean writable, long free) {
    /** With less than that not even empty logs can be made. */
    private static final long LEAST = 64 << 10;

    /** Looks at a folder; one that cannot be looked at is taken to be as it should. */
    public static StateFolder of(Path state) {
        Path path = state;
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        try {
            FileStore store = Files.getFileStore(path);
            return new StateFolder(path, store.isReadOnly(), Files.isWritable(path), store.getUsableSpace());
        } catch (IOException e) {
            return new StateFolder(path, false, true, Long.MAX_VALUE);
        }
    }

    /** What to do about it; empty if nothing is wrong with it. */
    public Optional<String> remedy() {
        if (readOnly) {
            return Optional.of(
                    "the file system of '" + path
                            + "' is read-only, and nothing may be diagnosed that is not on disk: mount it writable, then start again");
        }
        if (!writable) {
            return Optional.of("'" + path + "' cannot be written by this user: start as root, or give it to this user");
        }
        return free < LEAST
                ? Optional.of("the file system of '" + path + "' is full, " + free
                        + " bytes are free: make room, then start again")
                : Optional.empty();
    }
}
