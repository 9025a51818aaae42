// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the kernel shows its devices: the folders that are {@code /sys}, {@code /proc} and {@code /dev} on a real host. Only
 * reads. What is not there and what cannot be read are two different answers: the first is empty, the second an {@link
 * IOException} that names the file.
 */
record KernelTree(Path sys, Path proc, Path dev) {

    /** Returns the stripped text of an attribute below {@code sys}, empty if there is no such file. */
    Optional<String> text(String attribute) throws IOException {
        return text(sys.resolve(attribute));
    }

    /** Returns the stripped text of an attribute below {@code sys}. */
    String require(String attribute) throws IOException {
        return text(attribute).orElseThrow(() -> new IOException(sys.resolve(attribute) + " is not there"));
    }

    static Optional<String> text(Path file) throws IOException {
        return bytes(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip());
    }

    Optional<byte[]> bytes(String attribute) throws IOException {
        return bytes(sys.resolve(attribute));
    }

    private static Optional<byte[]> bytes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + reason(e), e);
        }
    }

    boolean exists(String attribute) {
        return Files.exists(sys.resolve(attribute));
    }

    /** Returns what a folder below {@code sys} holds, sorted; nothing if there is no such folder. */
    List<String> names(String folder) throws IOException {
        return names(sys.resolve(folder));
    }

    static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException | UncheckedIOException e) {
            throw new IOException(folder + " cannot be listed: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(folder + " cannot be listed: " + reason(e), e);
        }
        names.sort(null);
        return names;
    }

    /** Returns the files that a pattern names; {@code *} stands for any one name. */
    List<String> expand(String pattern) throws IOException {
        List<String> paths = List.of("");
        for (String part : pattern.split("/")) {
            List<String> longer = new ArrayList<>();
            for (String path : paths) {
                for (String name : part.equals("*") ? names(path) : List.of(part)) {
                    longer.add(path.isEmpty() ? name : path + "/" + name);
                }
            }
            paths = longer;
        }
        return paths.stream().filter(this::exists).toList();
    }

    /** Returns the device file of a kernel name; a {@code !} in the name stands for a slash. */
    Path node(String kernelName) {
        return dev.resolve(kernelName.replace('!', '/'));
    }

    /** Returns what the system said, without the name of the file that such messages often begin with. */
    static String reason(IOException e) {
        String message = e instanceof java.nio.file.FileSystemException f && f.getReason() != null
                ? f.getReason()
                : e.getMessage();
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
