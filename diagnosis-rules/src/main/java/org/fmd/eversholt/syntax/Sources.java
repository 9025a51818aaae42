// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where included files come from.
 *
 * <p>{@code "name"} is looked for beside the including file, then in the include folders; {@code <name>} in the
 * include folders, then in the current folder. Bytes that are not UTF-8 are read as Latin-1.
 */
public interface Sources {

    /** A text that was found, and the name to show for it. */
    record Found(String name, String text) {}

    /**
     * Finds an included file.
     *
     * @param from the name of the including file
     * @param quoted whether it was written in quotes
     * @throws IOException when it exists and cannot be read
     */
    Optional<Found> find(String name, String from, boolean quoted) throws IOException;

    /** No file can be included. */
    static Sources none() {
        return (name, from, quoted) -> Optional.empty();
    }

    /** Files of the machine. */
    static Sources files(List<Path> includeFolders) {
        List<Path> folders = List.copyOf(includeFolders);
        return (name, from, quoted) -> {
            try {
                for (Path candidate : candidates(folders, name, from, quoted)) {
                    if (Files.isRegularFile(candidate)) {
                        return Optional.of(new Found(candidate.toString(), read(candidate)));
                    }
                }
            } catch (InvalidPathException e) {
                // A name no file system can hold names no file.
                return Optional.empty();
            }
            return Optional.empty();
        };
    }

    private static List<Path> candidates(List<Path> folders, String name, String from, boolean quoted) {
        List<Path> candidates = new ArrayList<>();
        if (quoted) {
            candidates.add(Path.of(from).resolveSibling(name));
        }
        folders.forEach(folder -> candidates.add(folder.resolve(name)));
        if (!quoted) {
            candidates.add(Path.of(name));
        }
        return candidates;
    }

    /**
     * The text of a file: UTF-8, or Latin-1 where it is not.
     *
     * @throws IOException when it cannot be read or is longer than {@link Limits#SOURCE_CHARS}
     */
    static String read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(Limits.SOURCE_CHARS + 1);
        }
        if (bytes.length > Limits.SOURCE_CHARS) {
            throw new IOException(file + ": longer than " + Limits.SOURCE_CHARS + " bytes");
        }
        return decode(bytes);
    }

    /** UTF-8 where the bytes are that, else Latin-1. */
    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
