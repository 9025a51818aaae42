// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo.sysfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fmd.model.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The {@code sysfs.json} of a capture, as it was before anything failed.
 *
 * <pre>
 *   {"before": {"block/sda/size": "131072",                          a text
 *               "class/…/vpd_pg83": {"hex": "0083…"},                bytes
 *               "block/sda/device": {"link": "devices/pci0000:00/…"}}, …}
 * </pre>
 *
 * <p>Values of another form and names that begin with a slash (files outside of sysfs) are passed over. Immutable.
 */
public final class CapturedSysfs implements Sysfs {
    private final Map<String, byte[]> attributes = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();
    private final Map<String, Set<String>> folders = new HashMap<>();

    private CapturedSysfs(Map<?, ?> values) {
        values.forEach((name, value) -> {
            if (name instanceof String path && !path.startsWith("/") && keep(path, value)) {
                enter(path);
            }
        });
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read or is not of that form; the message names the file
     */
    public static CapturedSysfs read(Path file) throws IOException {
        byte[] json;
        try {
            json = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("'" + file + "': no such file; a capture is a folder with a sysfs.json in it", e);
        }
        try {
            return of(json);
        } catch (IOException e) {
            throw new IOException("'" + file + "': " + e.getMessage(), e);
        }
    }

    /**
     * Reads the text of such a file.
     *
     * @throws IOException if it is not of that form
     */
    public static CapturedSysfs of(byte[] json) throws IOException {
        if (Json.parseObject(json).get("before") instanceof Map<?, ?> values) {
            return new CapturedSysfs(values);
        }
        throw new IOException("no object \"before\" with the state of sysfs in it");
    }

    private boolean keep(String path, @Nullable Object value) {
        if (value instanceof String text) {
            attributes.put(path, text.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        }
        if (!(value instanceof Map<?, ?> form)) {
            return false;
        }
        if (form.get("link") instanceof String target) {
            links.put(path, target);
            return true;
        }
        if (form.get("hex") instanceof String hex && hex.matches("(?:[0-9A-Fa-f]{2})*")) {
            attributes.put(path, HexFormat.of().parseHex(hex));
            return true;
        }
        return false;
    }

    private void enter(String path) {
        String below = path;
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = below.lastIndexOf('/')) {
            String folder = below.substring(0, slash);
            if (!folders.computeIfAbsent(folder, f -> new LinkedHashSet<>()).add(below.substring(slash + 1))) {
                return;
            }
            below = folder;
        }
    }

    @Override
    public Optional<String> text(String path) {
        return bytes(path).map(AttributeText::of).filter(text -> !text.isEmpty());
    }

    @Override
    public Optional<byte[]> bytes(String path) {
        return Optional.ofNullable(attributes.get(path)).map(byte[]::clone);
    }

    @Override
    public Optional<String> link(String path) {
        return Optional.ofNullable(links.get(path));
    }

    @Override
    public List<String> children(String path) {
        return new ArrayList<>(folders.getOrDefault(path, Set.of()));
    }
}
