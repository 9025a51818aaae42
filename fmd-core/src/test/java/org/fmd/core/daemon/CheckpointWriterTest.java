// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.fmd.core.log.LogFiles;
import org.fmd.model.event.LogRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointWriterTest {
    private static final UUID LOG = new UUID(1, 2);

    @TempDir
    Path folder;

    private final List<Checkpoint.Saved> durable = new ArrayList<>();

    private static Checkpoint.Saved saved(long offset) {
        return new Checkpoint.Saved(new LogRef(LOG, offset), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private void write(Path where, long... offsets) {
        CheckpointWriter writer = new CheckpointWriter(new Checkpoint(LogFiles.in(where)), durable::add);
        for (long offset : offsets) {
            writer.write(saved(offset));
        }
        writer.stop();
        writer.run();
    }

    @Test
    void tellsFromWhereOnTheErrorLogIsNeeded() {
        write(folder, 8192, 9000);
        assertEquals(List.of(saved(8192), saved(9000)), durable);
        assertEquals(Optional.of(saved(9000)), new Checkpoint(LogFiles.in(folder)).load());
    }

    @Test
    void aCheckpointThatCannotBeWrittenLetsNothingGo() throws IOException {
        Path noFolder = Files.writeString(folder.resolve("file"), "");
        write(noFolder, 8192);
        assertEquals(List.of(), durable);
    }
}
