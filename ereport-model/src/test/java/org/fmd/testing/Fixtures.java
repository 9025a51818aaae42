// SPDX-License-Identifier: Apache-2.0
package org.fmd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The data folder {@code src-test-fixtures}, and the files of the project beside it. */
public final class Fixtures {
    private Fixtures() {}

    public static Path path(String relative) {
        String root = System.getProperty("fmd.fixtures");
        Path base = root != null ? Path.of(root) : Path.of("..", "src-test-fixtures");
        Path path = base.resolve(relative);
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("no fixture " + path);
        }
        return path;
    }

    /** Returns a file of the project itself, named from the folder that holds all modules. */
    public static Path project(String relative) {
        Path path = path("").toAbsolutePath().normalize().resolveSibling(relative);
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("no file " + path);
        }
        return path;
    }

    public static byte[] bytes(String relative) {
        try {
            return Files.readAllBytes(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String relative) {
        return new String(bytes(relative), StandardCharsets.UTF_8);
    }

    public static List<String> lines(String relative) {
        return text(relative).lines().toList();
    }

    /** Returns the folders inside a folder, sorted by name. */
    public static List<Path> folders(String relative) {
        try (Stream<Path> entries = Files.list(path(relative))) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
