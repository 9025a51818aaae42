// SPDX-License-Identifier: Apache-2.0
package org.fmd.api.replay;

import java.nio.file.Path;
import java.time.ZoneId;

/** Something that a machine left behind: a file, or a folder. Immutable. */
public final class RecordedInput {
    /** So many bytes of a file are there to know its form by. */
    public static final int HEAD = 64 << 10;

    private final String name;
    private final Path path;
    private final boolean folder;
    private final byte[] head;
    private final ZoneId zone;

    /**
     * Makes an input.
     *
     * @param name as people named it
     * @param path where its content is, which need not be what was named: standard input is a file by now, and what was
     *     compressed is not any more
     * @param folder whether that is a folder
     * @param head the first bytes of the file; none of a folder
     * @param zone of times that do not tell theirs
     */
    public RecordedInput(String name, Path path, boolean folder, byte[] head, ZoneId zone) {
        this.name = name;
        this.path = path;
        this.folder = folder;
        this.head = head.clone();
        this.zone = zone;
    }

    /** Returns how people named it. */
    public String name() {
        return name;
    }

    /** Returns where its content is. */
    public Path path() {
        return path;
    }

    public boolean isFolder() {
        return folder;
    }

    /** Returns the first {@link #HEAD} bytes of the file, or all there are; none of a folder. */
    public byte[] head() {
        return head.clone();
    }

    /** Returns the zone of times that do not tell theirs. */
    public ZoneId zone() {
        return zone;
    }

    @Override
    public String toString() {
        return name;
    }
}
