// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to which record of the error log all that the fault manager concluded is in the logs: a small file, replaced as a whole.
 *
 * <pre>
 *   fmd-checkpoint 1 CRC32C-of-the-second-line
 *   {"published":"LOG-UUID:OFFSET"}
 * </pre>
 *
 * <p>A missing or damaged file costs nothing but work: every case has the same UUID when it is concluded again.
 */
final class Checkpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);
    private static final String MAGIC = "fmd-checkpoint 1 ";

    private final Path file;

    Checkpoint(Path file) {
        this.file = file;
    }

    /** Returns the record of the checkpoint, empty if there is none that can be read. */
    Optional<LogRef> load() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.size() == 2 && lines.get(0).equals(head(lines.get(1)))) {
                Map<String, ?> content = Json.parseObject(lines.get(1).getBytes(StandardCharsets.UTF_8));
                return LogRef.parse(String.valueOf(content.get("published")));
            }
            LOG.warn("'{}' is damaged and not used", file);
        } catch (IOException | RuntimeException e) {
            LOG.warn("'{}' cannot be read and is not used: {}", file, e.toString());
        }
        return Optional.empty();
    }

    void save(LogRef published) {
        String content = Json.write(Map.of("published", published.toString()));
        Path fresh = file.resolveSibling(file.getFileName() + "+");
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(head(content) + "\n" + content + "\n");
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            LOG.warn("'{}' cannot be written, so the next start takes longer: {}", file, e.toString());
        }
    }

    private static String head(String content) {
        CRC32C crc = new CRC32C();
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        return MAGIC + Long.toHexString(crc.getValue());
    }
}
