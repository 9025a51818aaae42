// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.syslog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A message as datagrams for {@code /dev/log}, one for each line, in the form that syslog(3) sends: {@code <26>Mar  4
 * 11:32:07 fmd[812]: DESC: …}.
 *
 * <p>One datagram with line feeds would be kept whole by journald, but rsyslog writes the line feeds as {@code #012} and so
 * makes one endless line of it, and busybox cuts it into lines of its own. A datagram for each line reads the same everywhere.
 */
final class SyslogLines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

    private SyslogLines() {}

    static List<byte[]> of(String text, Facility facility, LogLevel level, Instant now, ZoneId zone, long pid) {
        String head = "<" + (facility.number() * 8 + level.number()) + ">" + TIME.format(now.atZone(zone)) + " fmd["
                + pid + "]: ";
        List<byte[]> datagrams = new ArrayList<>();
        for (String line : text.lines().map(String::stripTrailing).toList()) {
            if (!line.isEmpty()) {
                datagrams.add((head + printable(line)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return datagrams;
    }

    private static String printable(String line) {
        return line.replaceAll("\\p{Cntrl}", " ");
    }
}
