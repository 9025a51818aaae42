// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fmd.core.log.Damage;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogHeader;
import org.fmd.core.log.LogOrigin;
import org.fmd.model.json.Json;
import org.fmd.model.json.QueryJson;
import org.jspecify.annotations.Nullable;

/** {@code -H}: what log files say about themselves, in the names of the original (fmd reference §5.2). */
final class HeaderForm {
    private final boolean json;
    private final PrintWriter out;
    private boolean any;

    HeaderForm(boolean json, PrintWriter out) {
        this.json = json;
        this.out = out;
    }

    /** Prints the headers of all files of these logs, oldest first. */
    void print(List<LogSource> sources, DamageReport damage) throws IOException {
        for (LogSource source : sources) {
            for (String name : source.names()) {
                Path file = source.directory().resolve(name);
                try {
                    print(file, LogHeader.peek(LogFiles.in(source.directory()), name));
                } catch (IOException e) {
                    damage.accept(new Damage(file.toString(), 0, 0, String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private void print(Path file, LogHeader header) {
        LogOrigin origin = header.origin();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (json) {
            members.put("file", file.toString());
            members.put("creator", origin.creator());
            members.put("hostname", origin.host());
            members.put("label", header.label());
            members.put("version", (long) header.version());
            members.put("osrel", origin.osRelease());
            members.put("osver", origin.osVersion());
            members.put("plat", origin.platform());
            members.put("uuid", header.id().toString());
            members.put("created", QueryJson.time(header.created()));
            out.println(Json.write(members));
            return;
        }
        out.print(any ? "\n" : "");
        any = true;
        out.print("EXD_CREATOR = " + origin.creator() + "\n");
        out.print("EXD_HOSTNAME = " + origin.host() + "\n");
        out.print("EXD_FMA_LABEL = " + header.label() + "\n");
        out.print("EXD_FMA_VERSION = " + header.version() + "\n");
        out.print("EXD_FMA_OSREL = " + origin.osRelease() + "\n");
        out.print("EXD_FMA_OSVER = " + origin.osVersion() + "\n");
        out.print("EXD_FMA_PLAT = " + origin.platform() + "\n");
        out.print("EXD_FMA_UUID = " + header.id() + "\n");
    }
}
