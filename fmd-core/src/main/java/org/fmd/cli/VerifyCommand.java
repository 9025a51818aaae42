// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.core.log.Damage;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogHeader;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogVerify;
import org.fmd.model.json.Json;
import org.fmd.model.json.QueryJson;
import org.jspecify.annotations.Nullable;

/** {@code fmdump verify}: checks every byte of logs and says of each file whether it is sound. */
final class VerifyCommand {
    private final boolean json;
    private final PrintWriter out;
    private final PrintWriter err;
    private int files;
    private int damaged;

    VerifyCommand(boolean json, PrintWriter out, PrintWriter err) {
        this.json = json;
        this.out = out;
        this.err = err;
    }

    /** Checks these logs and directories, or the state directory if there are none. */
    ExitCode run(List<Path> logs, Path state) throws CommandFailure, IOException {
        for (Path log : logs.isEmpty() ? List.of(state) : logs) {
            try {
                if (Files.isDirectory(log)) {
                    for (LogLabel label : LogLabel.values()) {
                        for (LogVerify found : LogVerify.history(LogFiles.in(log), label)) {
                            print(found);
                        }
                    }
                } else {
                    Path absolute = log.toAbsolutePath();
                    Path parent = absolute.getParent();
                    print(LogVerify.file(
                            LogFiles.in(parent == null ? absolute : parent), String.valueOf(absolute.getFileName())));
                }
            } catch (NoSuchFileException e) {
                throw CommandFailure.failed("cannot open '" + log + "': no such file or directory", e);
            } catch (AccessDeniedException e) {
                throw CommandFailure.failed("cannot open '" + log + "': permission denied; read it as root", e);
            }
        }
        if (files == 0) {
            err.println("fmdump: warning: nothing is logged: there is no log in '"
                    + (logs.isEmpty() ? state : logs.get(0)) + "'");
        }
        if (damaged > 0) {
            out.flush();
            err.println("fmdump: " + damaged + " of " + files + (files == 1 ? " file is" : " files are")
                    + " damaged; 'fmdump salvage LOG OUT' copies what is readable of one");
            return ExitCode.SKIPPED;
        }
        return ExitCode.DONE;
    }

    private void print(LogVerify found) {
        files++;
        damaged += found.isSound() ? 0 : 1;
        if (json) {
            out.println(Json.write(members(found)));
            return;
        }
        out.print(found.path() + ": " + (found.isSound() ? "sound, " : "damaged, ") + found.records()
                + (found.records() == 1 ? " event, " : " events, ") + found.bytes() + " bytes"
                + (found.sealed() ? ", sealed" : "") + period(found.earliest(), found.latest()) + "\n");
        for (Damage damage : found.damage()) {
            out.print("    offset " + damage.offset() + ", " + damage.length() + " bytes: " + damage.reason() + "\n");
        }
        if (found.unfinished() > 0) {
            out.print(
                    "    " + found.unfinished() + " bytes at the end are a record being written, or torn by a crash\n");
        }
    }

    private static String period(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? "" : ", " + QueryJson.time(from) + " to " + QueryJson.time(to);
    }

    private static Map<String, @Nullable Object> members(LogVerify found) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        LogHeader header = found.header();
        members.put("file", found.path());
        members.put("label", header == null ? null : header.label());
        members.put("uuid", header == null ? null : header.id().toString());
        members.put("sound", found.isSound());
        members.put("sealed", found.sealed());
        members.put("bytes", found.bytes());
        members.put("events", found.records());
        members.put("earliest", found.earliest() == null ? null : QueryJson.time(found.earliest()));
        members.put("latest", found.latest() == null ? null : QueryJson.time(found.latest()));
        members.put("unfinished", found.unfinished());
        members.put("damage", damage(found.damage()));
        return members;
    }

    /** Returns the places as they stand in JSON. */
    static List<@Nullable Object> damage(List<Damage> places) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Damage place : places) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("offset", place.offset());
            members.put("length", place.length());
            members.put("reason", place.reason());
            all.add(members);
        }
        return all;
    }
}
