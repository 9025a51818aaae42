// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.fmd.core.daemon.FmdConf;
import org.fmd.core.daemon.Places;
import org.jspecify.annotations.Nullable;

/**
 * What is to be replayed, and how.
 *
 * @param inputs files and folders as people named them, {@code -} for standard input
 * @param standard standard input
 * @param topology a file with the machine; null to take what the inputs tell
 * @param places where rules and texts are, and the state if it is kept
 * @param conf what is set for the fault manager and its modules
 * @param keep whether the state is kept below the root
 * @param zone of times that do not tell theirs, and of times in messages
 */
public record ReplayRequest(
        List<String> inputs,
        InputStream standard,
        @Nullable Path topology,
        Places places,
        FmdConf conf,
        boolean keep,
        ZoneId zone) {
    public ReplayRequest {
        inputs = List.copyOf(inputs);
    }
}
