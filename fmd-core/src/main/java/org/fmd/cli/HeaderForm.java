// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
            for (String name : names(source)) {
                Path file = source.directory().resolve(name);
                try {
                    print(file, LogHeader.peek(LogFiles.in(source.directory()), name));
                } catch (IOException e) {
                    damage.accept(new Damage(file.toString(), 0, 0, String.valueOf(e.getMessage())));
                }
            }
        }
    }

    /** Returns the files of a log: {@code errlog.1}, {@code errlog.0}, {@code errlog}. */
    static List<String> names(LogSource source) throws IOException {
        String one = source.file();
        if (one != null) {
            return List.of(one);
        }
        String current = source.label().fileName();
        List<Integer> numbers = new ArrayList<>();
        boolean hasCurrent = false;
        try (Stream<Path> entries = Files.list(source.directory())) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = String.valueOf(entry.getFileName());
                hasCurrent |= name.equals(current);
                if (name.startsWith(current + ".")) {
                    addNumber(numbers, name.substring(current.length() + 1));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        numbers.sort((a, b) -> Integer.compare(b, a));
        List<String> names = new ArrayList<>();
        for (int number : numbers) {
            names.add(current + "." + number);
        }
        if (hasCurrent) {
            names.add(current);
        }
        return names;
    }

    private static void addNumber(List<Integer> numbers, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return;
            }
        }
        if (!text.isEmpty() && text.length() < 10) {
            numbers.add(Integer.valueOf(text));
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
