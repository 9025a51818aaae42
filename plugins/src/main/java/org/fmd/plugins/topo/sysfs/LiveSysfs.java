// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo.sysfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files below a folder, {@code /sys} as a rule.
 *
 * <p>A read asks the driver, and a few attributes make it ask the device: callers name only those that the kernel answers from
 * memory (kernel-channel reference §7 warns of the phy counters; an enclosure's {@code status}, {@code fault} and {@code
 * locate} and the {@code serial} of a virtio disk are commands to the device too).
 */
public final class LiveSysfs implements Sysfs {
    private static final int LIMIT = 4096; // bytes; a text attribute is one page at most

    private final Path root;

    private LiveSysfs(Path root) {
        this.root = root;
    }

    /**
     * Opens a tree.
     *
     * @throws IOException if there is no such folder
     */
    public static LiveSysfs open(Path root) throws IOException {
        return new LiveSysfs(root.toRealPath());
    }

    @Override
    public Optional<String> text(String path) {
        return bytes(path).map(AttributeText::of).filter(text -> !text.isEmpty());
    }

    @Override
    public Optional<byte[]> bytes(String path) {
        try (InputStream in = Files.newInputStream(root.resolve(path))) {
            return Optional.of(in.readNBytes(LIMIT));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty(); // vanished, write-only, or refused by the driver
        }
    }

    @Override
    public Optional<String> link(String path) {
        try {
            Path link = root.resolve(path);
            if (!Files.isSymbolicLink(link)) {
                return Optional.empty();
            }
            Path target = link.toRealPath();
            return target.startsWith(root) && !target.equals(root)
                    ? Optional.of(root.relativize(target).toString())
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> children(String path) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(path))) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException e) {
            return List.copyOf(names); // what was seen before the folder went
        }
        return List.copyOf(names);
    }
}
