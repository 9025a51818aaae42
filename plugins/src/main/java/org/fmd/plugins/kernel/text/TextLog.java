// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.fmd.plugins.kernel.kmsg.KmsgLines;
import org.fmd.plugins.kernel.text.LinePrefix.Form;
import org.fmd.plugins.kernel.text.TextRecord.Speaker;

/**
 * A kernel log that was kept as text, as records in the order in which they were made.
 *
 * <p>Understands what dmesg, syslog and journalctl print, in all their ways to write times, and {@code /dev/kmsg}. Lines that a
 * mailer broke are joined, glued ones parted, doubled ones told once, and a log that begins with the newest is turned round.
 *
 * @param records the messages
 * @param doubled how many lines were left out because they stand there twice
 */
public record TextLog(List<TextRecord> records, long doubled) {
    private static final int MAX_LINE = 8192;
    /** A mailer breaks lines that are longer than this. */
    private static final int MAILER_WIDTH = 60;
    /** How much later than the message before a glued one may be. */
    private static final long GLUE_MICROS = 10_000_000;

    /** A line that is being read. */
    private record Line(long number, LinePrefix prefix, String text, int length) {
        boolean isKernel() {
            return prefix.program().equals(LinePrefix.KERNEL);
        }

        Line with(String more) {
            return new Line(number, prefix, more, length);
        }
    }

    /**
     * Reads a log; never throws for what stands in it.
     *
     * @param content UTF-8, or what was meant to be
     * @param base when the log was kept: the year of times without one, and the time of the last line of those without any
     * @param zone of times that name none
     */
    public static TextLog read(byte[] content, Instant base, ZoneId zone) {
        List<Line> lines = join(prefixed(new String(content, StandardCharsets.UTF_8)));
        if (isNewestFirst(lines)) {
            Collections.reverse(lines);
        }
        List<TextRecord> records = new ArrayList<>();
        LogClock clock =
                new LogClock(base, zone, lines.stream().map(Line::prefix).toList());
        Line before = null;
        long doubled = 0;
        for (Line line : lines) {
            LogClock.Time time = clock.next(line.prefix());
            if (before != null && isDouble(before, line)) {
                doubled++;
            } else {
                Speaker speaker = line.prefix().form() == Form.RECORD
                        ? Speaker.RECORD
                        : line.isKernel()
                                ? Speaker.KERNEL
                                : line.prefix().form() == Form.NONE ? Speaker.UNKNOWN : Speaker.PROGRAM;
                records.add(new TextRecord(
                        line.number(), speaker, line.prefix().program(), time.tod(), time.micros(), line.text()));
            }
            before = line;
        }
        return new TextLog(List.copyOf(records), doubled);
    }

    /**
     * Returns whether that is the beginning of a kernel log, or of what programs tell that are read beside it.
     *
     * @param head the first bytes of a file
     */
    public static boolean isOne(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            return false;
        }
        ProgramReader programs = new ProgramReader();
        for (Line line : prefixed(text)) {
            boolean known = line.prefix().form() != Form.NONE
                    || isKnown(line.text())
                    || programs.read("", line.text()).isPresent();
            if (known) {
                return true;
            }
        }
        return false;
    }

    private static List<Line> prefixed(String content) {
        List<Line> lines = new ArrayList<>();
        long number = 0;
        for (String raw : content.split("\r?\n|\r", -1)) {
            number++;
            String line = unquoted(raw.length() > MAX_LINE ? raw.substring(0, MAX_LINE) : raw);
            if (line.isBlank() || line.startsWith("-- ")) {
                continue; // journalctl marks the beginning of a boot so
            }
            LinePrefix prefix = LinePrefix.of(line);
            boolean dictionary = !lines.isEmpty()
                    && lines.get(lines.size() - 1).prefix().form() == Form.RECORD
                    && line.startsWith(" ")
                    && line.indexOf('=') > 1;
            if (dictionary) {
                Line record = lines.remove(lines.size() - 1);
                lines.add(record.with(record.text() + "\n" + line));
            } else {
                part(new Line(number, prefix, line.substring(prefix.text()), line.length()), lines);
            }
        }
        return lines;
    }

    /** Takes a mailer's sign of a quotation away. */
    private static String unquoted(String line) {
        int at = 0;
        while (line.startsWith("> ", at)) {
            at += 2;
        }
        return line.substring(at);
    }

    /** Parts a line in which a line feed was lost: a kernel time stands in it that fits behind the one before. */
    private static void part(Line line, List<Line> lines) {
        long micros = line.prefix().micros();
        int bracket = micros < 0 || line.prefix().form() == Form.RECORD
                ? -1
                : line.text().indexOf('[', 10);
        while (bracket > 0) {
            LinePrefix next = LinePrefix.of(line.text().substring(bracket));
            boolean fits = next.form() == Form.UPTIME
                    && next.micros() >= micros
                    && next.micros() - micros <= GLUE_MICROS
                    && next.text() >= "[1.123456] ".length();
            if (fits) {
                lines.add(new Line(
                        line.number(),
                        line.prefix(),
                        line.text().substring(0, bracket).stripTrailing(),
                        line.length()));
                LinePrefix glued = new LinePrefix(
                        line.prefix().form(),
                        line.prefix().program(),
                        line.prefix().local(),
                        line.prefix().offset(),
                        next.micros(),
                        -1,
                        0);
                part(
                        new Line(line.number(), glued, line.text().substring(bracket + next.text()), line.length()),
                        lines);
                return;
            }
            bracket = line.text().indexOf('[', bracket + 1);
        }
        lines.add(line);
    }

    private static List<Line> join(List<Line> lines) {
        List<Line> joined = new ArrayList<>();
        for (Line line : lines) {
            Line before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            String whole = before == null ? null : whole(before, line);
            if (before != null && whole != null) {
                joined.set(joined.size() - 1, before.with(whole));
            } else {
                joined.add(line);
            }
        }
        return joined;
    }

    /** Returns both lines as one message, null if they are two. */
    private static @org.jspecify.annotations.Nullable String whole(Line before, Line line) {
        String text = line.text().strip();
        // libata's two lines are one message, and some logs give each of its lines a time.
        if (text.startsWith("res ")
                && before.text().startsWith("ata")
                && before.text().contains(": cmd ")
                && !before.text().contains("res ")) {
            return before.text().stripTrailing() + "\n         " + text;
        }
        if (line.prefix().form() != Form.NONE
                || !(before.isKernel() || before.prefix().form() == Form.NONE)) {
            return null;
        }
        String whole = before.text().stripTrailing() + " " + text;
        return isKnown(whole) && (before.length() >= MAILER_WIDTH || !isKnown(before.text())) && !isKnown(text)
                ? whole
                : null;
    }

    private static boolean isKnown(String text) {
        return KmsgLines.recognise(text, null).isPresent();
    }

    /** A log without times is turned round if the lines of its commands are. */
    private static boolean isNewestFirst(List<Line> lines) {
        int later = 0;
        int earlier = 0;
        Line before = null;
        for (Line line : lines) {
            if (before != null) {
                int order = order(before, line);
                later += order > 0 ? 1 : 0;
                earlier += order < 0 ? 1 : 0;
            }
            before = line;
        }
        return earlier > later;
    }

    private static int order(Line before, Line line) {
        LinePrefix a = before.prefix();
        LinePrefix b = line.prefix();
        if (a.micros() >= 0 && b.micros() >= 0) {
            return Long.compare(b.micros(), a.micros());
        }
        if (a.local() != null && b.local() != null) {
            int months = b.local().getMonthValue() - a.local().getMonthValue();
            boolean newYear = a.local().getYear() == 0 && Math.abs(months) > 6;
            return newYear ? -months : b.local().compareTo(a.local());
        }
        if (a.hasTime() || b.hasTime()) {
            return 0;
        }
        return Integer.signum(placeInCommand(line.text()) - placeInCommand(before.text()))
                * (placeInCommand(line.text()) > 0 && placeInCommand(before.text()) > 0 ? 1 : 0);
    }

    /** Where a line stands among those that the kernel prints for one failed command; 0 for any other. */
    private static int placeInCommand(String text) {
        if (text.startsWith("sd ")) {
            return text.contains(" Result: hostbyte=")
                    ? 1
                    : text.contains(" Sense Key : ")
                            ? 2
                            : text.contains(" Add. Sense: ") ? 3 : text.contains(" CDB: ") ? 4 : 0;
        }
        return text.contains(" error, dev ") && text.contains(", sector ") ? 5 : 0;
    }

    /** Only where the time is exact: two equal messages within a microsecond are one that was written twice. */
    private static boolean isDouble(Line before, Line line) {
        return line.prefix().micros() >= 0
                && line.prefix().micros() == before.prefix().micros()
                && line.text().equals(before.text());
    }
}
