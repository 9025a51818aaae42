// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fmd.core.log.Damage;
import org.fmd.core.log.LogException;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogSalvage;
import org.fmd.model.json.Json;
import org.jspecify.annotations.Nullable;

/** {@code fmdump salvage}: copies what is readable of one log; each event keeps its place, so that references to it hold. */
final class SalvageCommand {
    private final boolean json;
    private final PrintWriter out;

    SalvageCommand(boolean json, PrintWriter out) {
        this.json = json;
        this.out = out;
    }

    ExitCode run(Path log, Path to) throws CommandFailure, IOException {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw CommandFailure.failed("cannot write '" + to + "': it exists; name a file that does not", null);
        }
        Path target = to.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw CommandFailure.failed("cannot write '" + to + "': there is no such directory", null);
        }
        LogSource source = DumpRun.file(log);
        LogSalvage done;
        try {
            done = LogSalvage.copy(
                    source.files(),
                    String.valueOf(source.file()),
                    LogFiles.in(folder),
                    String.valueOf(target.getFileName()));
        } catch (AccessDeniedException | NoSuchFileException e) {
            throw CommandFailure.failed("cannot write '" + to + "': permission denied, or the directory is gone", e);
        } catch (LogException e) {
            throw CommandFailure.failed("cannot salvage '" + log + "': " + e.getMessage(), e);
        }
        long lost = 0;
        for (Damage place : done.damage()) {
            lost += place.length();
        }
        if (json) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("file", log.toString());
            members.put("out", to.toString());
            members.put("events", done.records());
            members.put("lost", lost);
            members.put("damage", VerifyCommand.damage(done.damage()));
            out.println(Json.write(members));
        } else {
            out.print("copied " + done.records() + (done.records() == 1 ? " event to '" : " events to '") + to + "'; "
                    + lost + " bytes lost\n");
            for (Damage place : done.damage()) {
                out.print("    offset " + place.offset() + ", " + place.length() + " bytes: " + place.reason() + "\n");
            }
        }
        return done.damage().isEmpty() ? ExitCode.DONE : ExitCode.SKIPPED;
    }
}
