// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.fmd.api.replay.RecordedInput;

/**
 * Makes inputs of what people name. Standard input, pipes and compressed files become files of a temporary folder, since they are
 * looked at before they are read, and read twice; {@link #close} deletes these.
 */
final class Inputs implements Closeable {
    /** What can be given, for messages. */
    static final String EXPECTED =
            "expected a kernel log as text, a capture folder, an error log or its directory, or what"
                    + " 'zpool events -v', 'fmdump -eV' or 'fmdump -e -j' printed";

    static final String STANDARD = "-";
    private static final int GZIP_1 = 0x1f;
    private static final int GZIP_2 = 0x8b;

    private final InputStream standard;
    private final ZoneId zone;
    private final List<Path> spooled = new ArrayList<>();

    Inputs(InputStream standard, ZoneId zone) {
        this.standard = standard;
        this.zone = zone;
    }

    /** An input, and what was wrong on the way to it; empty if nothing was. */
    record Named(RecordedInput input, String broken) {}

    Named open(String name) throws ReplayFailure {
        boolean isStandard = name.equals(STANDARD);
        String shown = isStandard ? "standard input" : name;
        Path path = Path.of(name);
        try {
            if (!isStandard && Files.isDirectory(path)) {
                return new Named(new RecordedInput(name, path, true, new byte[0], zone), "");
            }
            if (!isStandard && Files.isRegularFile(path) && !isCompressed(path)) {
                return new Named(file(shown, path), "");
            }
            try (InputStream in = new BufferedInputStream(isStandard ? standard : Files.newInputStream(path))) {
                Path copy = Files.createTempFile(
                        "fmd-replay",
                        ".input",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                spooled.add(copy);
                // For a process that is interrupted.
                copy.toFile().deleteOnExit();
                String broken = spool(in, copy);
                return new Named(file(shown, copy), broken);
            }
        } catch (NoSuchFileException e) {
            throw new ReplayFailure("cannot open '" + shown + "': no such file or directory", e);
        } catch (AccessDeniedException e) {
            throw new ReplayFailure("cannot open '" + shown + "': permission denied", e);
        } catch (IOException e) {
            throw new ReplayFailure("cannot read '" + shown + "': " + e.getMessage(), e);
        }
    }

    private RecordedInput file(String name, Path path) throws IOException, ReplayFailure {
        byte[] head;
        try (InputStream in = Files.newInputStream(path)) {
            head = in.readNBytes(RecordedInput.HEAD);
        }
        if (new String(head, StandardCharsets.ISO_8859_1).isBlank()) {
            throw new ReplayFailure("cannot replay '" + name + "': it is empty; " + EXPECTED, null);
        }
        return new RecordedInput(name, path, false, head, zone);
    }

    private static boolean isCompressed(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == GZIP_1 && in.read() == GZIP_2;
        }
    }

    /** Copies all that can be had; returns why that is not all, empty if it is. */
    private static String spool(InputStream in, Path copy) throws IOException {
        in.mark(2);
        boolean compressed = in.read() == GZIP_1 && in.read() == GZIP_2;
        in.reset();
        try (OutputStream out = Files.newOutputStream(copy)) {
            if (!compressed) {
                in.transferTo(out);
                return "";
            }
            return unpack(in, out);
        }
    }

    private static String unpack(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream unpacked = new GZIPInputStream(in)) {
            for (int length = unpacked.read(buffer); length >= 0; length = unpacked.read(buffer)) {
                out.write(buffer, 0, length);
            }
            return "";
        } catch (EOFException e) {
            return "the compressed data end before they are complete";
        } catch (ZipException e) {
            return "the compressed data are damaged: " + e.getMessage();
        }
    }

    @Override
    public void close() throws IOException {
        for (Path copy : spooled) {
            Files.deleteIfExists(copy);
        }
    }
}
