// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the message in a line of a log, and what that tells.
 *
 * @param form how the time is written
 * @param program who wrote the line: {@code kernel}, the name of a program, empty where nothing tells
 * @param local the wall clock, with year 0 where that is not written; null where there is none
 * @param offset of that clock from UTC, null where it is not written
 * @param micros the kernel's time since boot; -1 where it is not written
 * @param delta microseconds since the line before, -1 where that is not how the time is written
 * @param text where the message begins
 */
record LinePrefix(
        Form form,
        String program,
        @Nullable LocalDateTime local,
        @Nullable ZoneOffset offset,
        long micros,
        long delta,
        int text) {

    static final String KERNEL = "kernel";

    /** How the time of a line is written. */
    enum Form {
        /** {@code 6,397,10742796,-;} as /dev/kmsg gives it. */
        RECORD,
        /** {@code [   12.345678] } */
        UPTIME,
        /** {@code [Fri May  8 19:11:30 2020] }, dmesg -T */
        WALL,
        /** {@code [Dec 7 15:51] } or {@code [ +10,204216] }, dmesg -H and -d */
        DELTA,
        /** {@code Feb  6 18:20:11 node1 kernel: } */
        SYSLOG,
        /** {@code 2025-04-08T22:59:59.312055+00:00 node1 kernel: } */
        ISO,
        /** {@code kernel: } alone */
        TAG,
        NONE
    }

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final int MAX_NAME = 64;

    private static LinePrefix none(int text) {
        return new LinePrefix(Form.NONE, "", null, null, -1, -1, text);
    }

    boolean isStamped() {
        return form != Form.NONE && form != Form.TAG;
    }

    boolean hasTime() {
        return local != null || micros >= 0 || delta >= 0;
    }

    /** Reads the beginning of a line; never throws. */
    static LinePrefix of(String line) {
        Cursor cursor = new Cursor(line);
        if (cursor.isRecord()) {
            return new LinePrefix(Form.RECORD, KERNEL, null, null, cursor.recordMicros(), -1, 0);
        }
        cursor.skipPriority();
        int begin = cursor.at;
        LinePrefix prefix = cursor.bracketed();
        if (prefix == null) {
            cursor.at = begin;
            prefix = cursor.syslog();
        }
        if (prefix == null) {
            cursor.at = begin;
            prefix = cursor.iso();
        }
        if (prefix == null) {
            cursor.at = begin;
            prefix = cursor.tag();
        }
        return prefix != null ? prefix : none(begin);
    }

    /** Goes through a line. */
    private static final class Cursor {
        private final String line;
        private int at;

        Cursor(String line) {
            this.line = line;
        }

        boolean isRecord() {
            int semicolon = line.indexOf(';');
            if (semicolon < 7 || semicolon > 60 || !digit(0)) {
                return false;
            }
            int commas = 0;
            for (int i = 0; i < semicolon; i++) {
                char c = line.charAt(i);
                if (c == ',') {
                    commas++;
                } else if (commas < 3 && !digit(i)) {
                    return false;
                }
            }
            return commas >= 3 && line.charAt(semicolon - 1) != ',';
        }

        long recordMicros() {
            int first = line.indexOf(',');
            int second = line.indexOf(',', first + 1);
            int third = line.indexOf(',', second + 1);
            return third - second > 16 ? 0 : Long.parseLong(line, second + 1, third, 10);
        }

        /** {@code <6>}, or {@code kern  :err   : } of dmesg -x. */
        void skipPriority() {
            if (peek('<')) {
                int end = line.indexOf('>');
                if (end > 1 && end < 5 && digits(1) == end) {
                    at = end + 1;
                }
            } else if (line.startsWith("kern  :") && line.indexOf(": ", 7) > 0) {
                at = line.indexOf(": ", 7) + 2;
            }
        }

        @Nullable
        LinePrefix bracketed() {
            if (!peek('[')) {
                return null;
            }
            int close = line.indexOf(']', at);
            if (close < 0 || close - at > 40) {
                return null;
            }
            at++;
            LinePrefix prefix = null;
            int inside = at;
            skipBlanks();
            if (peek('+')) {
                at++;
                long delta = seconds(',', '.');
                prefix = at == close ? new LinePrefix(Form.DELTA, "", null, null, -1, delta, 0) : null;
            } else if (digit(at)) {
                long micros = seconds('.', '.');
                prefix = at == close ? new LinePrefix(Form.UPTIME, "", null, null, micros, -1, 0) : null;
            } else {
                at = inside;
                LocalDateTime wall = wall(close);
                Form form = wall != null && wall.getYear() != 0 ? Form.WALL : Form.DELTA;
                prefix = wall != null ? new LinePrefix(form, "", wall, null, -1, -1, 0) : null;
            }
            if (prefix == null) {
                return null;
            }
            at = close + 1;
            skipBlank();
            return withProgram(prefix, prefix.form == Form.UPTIME);
        }

        /** {@code Fri May  8 19:11:30 2020} or {@code Dec 7 15:51}. */
        private @Nullable LocalDateTime wall(int close) {
            if (at + 3 < close && isName(DAYS, at) && line.charAt(at + 3) == ' ') {
                at += 4;
            }
            int month = month();
            int day = month < 0 ? -1 : number(2);
            skipBlanks();
            int hour = day < 0 ? -1 : number(2);
            int minute = hour < 0 || !accept(':') ? -1 : number(2);
            if (minute < 0) {
                return null;
            }
            int second = accept(':') ? number(2) : 0;
            skipBlanks();
            int year = at < close ? number(4) : 0;
            return at == close ? time(year, month, day, hour, minute, second, 0) : null;
        }

        @Nullable
        LinePrefix syslog() {
            int month = month();
            int day = month < 0 ? -1 : number(2);
            if (day < 0 || !accept(' ')) {
                return null;
            }
            LocalDateTime local = clock(0, month, day);
            return local == null || !accept(' ')
                    ? null
                    : withProgram(new LinePrefix(Form.SYSLOG, "", local, null, -1, -1, 0), true);
        }

        @Nullable
        LinePrefix iso() {
            if (at + 19 > line.length() || !digit(at)) {
                return null;
            }
            int year = number(4);
            int month = accept('-') ? number(2) : -1;
            int day = month > 0 && accept('-') ? number(2) : -1;
            if (day < 0 || !(accept('T') || accept(' '))) {
                return null;
            }
            int comma = line.indexOf(',', at);
            LocalDateTime local = clock(year, month, day);
            boolean plainKernel = comma > 0 && comma < at;
            if (local == null) {
                return null;
            }
            ZoneOffset offset = offset();
            skipBlank();
            LinePrefix prefix = new LinePrefix(Form.ISO, "", local, offset, -1, -1, 0);
            return plainKernel ? kernel(prefix) : withProgram(prefix, true);
        }

        private @Nullable ZoneOffset offset() {
            if (accept('Z')) {
                return ZoneOffset.UTC;
            }
            if (!peek('+') && !peek('-')) {
                return null;
            }
            int sign = peek('-') ? -1 : 1;
            at++;
            int hours = number(2);
            accept(':');
            int minutes = digit(at) ? number(2) : 0;
            return hours < 0 || hours > 18 || minutes < 0 || minutes > 59 || (hours == 18 && minutes > 0)
                    ? null
                    : ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
        }

        @Nullable
        LinePrefix tag() {
            return line.startsWith("kernel:", at) ? kernel(tagged(none(0))) : null;
        }

        private LinePrefix tagged(LinePrefix prefix) {
            at += "kernel:".length();
            skipBlank();
            return new LinePrefix(Form.TAG, KERNEL, null, null, prefix.micros, -1, 0);
        }

        /** Behind the time: {@code node1 kernel: }, {@code node1 smartd[612]: }; without them the kernel speaks. */
        private @Nullable LinePrefix withProgram(LinePrefix prefix, boolean mayHaveHost) {
            int from = at;
            if (mayHaveHost) {
                int host = name(from);
                if (host > from && host < line.length() && line.charAt(host) == ' ' && line.charAt(host - 1) != ':') {
                    int tag = program(host + 1);
                    // "sd 1:0:0:0: " looks like a host and a program, too: behind the time since boot only journalctl
                    // has them.
                    boolean journal = prefix.form != Form.UPTIME || isKernel(host + 1) || endsWithProcess(tag);
                    if (tag > 0 && journal) {
                        return isKernel(host + 1) ? kernelAt(prefix, tag) : said(prefix, host + 1, tag);
                    }
                }
            }
            if (line.startsWith("kernel: ", from)) {
                return kernelAt(prefix, from + "kernel:".length());
            }
            at = from;
            return prefix.form == Form.SYSLOG || prefix.form == Form.ISO ? null : kernel(prefix);
        }

        private boolean endsWithProcess(int tag) {
            return tag > 1 && line.charAt(tag - 2) == ']';
        }

        private boolean isKernel(int from) {
            return line.startsWith("kernel:", from);
        }

        /** Some logs have another colon behind the kernel's name. */
        private LinePrefix kernelAt(LinePrefix prefix, int tag) {
            at = line.startsWith(" : ", tag) ? tag + 2 : tag;
            skipBlank();
            return kernel(prefix);
        }

        private LinePrefix said(LinePrefix prefix, int from, int tag) {
            int end = from;
            while (end < tag && line.charAt(end) != '[' && line.charAt(end) != ':') {
                end++;
            }
            at = tag;
            skipBlank();
            return new LinePrefix(
                    prefix.form,
                    line.substring(from, end),
                    prefix.local,
                    prefix.offset,
                    prefix.micros,
                    prefix.delta,
                    at);
        }

        /** The kernel's own time may stand before its message. */
        private LinePrefix kernel(LinePrefix prefix) {
            long micros = prefix.micros;
            if (micros < 0 && peek('[')) {
                int begin = at;
                at++;
                skipBlanks();
                long seconds = digit(at) ? seconds('.', '.') : -1;
                if (seconds >= 0 && accept(']')) {
                    micros = seconds;
                    skipBlank();
                } else {
                    at = begin;
                }
            }
            return new LinePrefix(prefix.form, KERNEL, prefix.local, prefix.offset, micros, prefix.delta, at);
        }

        /** Returns where the tag of a program ends, behind its colon; -1 if none stands there. */
        private int program(int from) {
            int end = name(from);
            if (end == from || end - from > MAX_NAME || !Character.isLetter(line.charAt(from))) {
                return -1;
            }
            if (end < line.length() && line.charAt(end) == '[') {
                int close = digits(end + 1);
                if (close == end + 1 || close >= line.length() || line.charAt(close) != ']') {
                    return -1;
                }
                end = close + 1;
            }
            return end < line.length() && line.charAt(end) == ':' ? end + 1 : -1;
        }

        private int name(int from) {
            int end = from;
            while (end < line.length()
                    && (Character.isLetterOrDigit(line.charAt(end)) || "-_./@()".indexOf(line.charAt(end)) >= 0)) {
                end++;
            }
            return end;
        }

        private @Nullable LocalDateTime clock(int year, int month, int day) {
            int hour = number(2);
            int minute = hour < 0 || !accept(':') ? -1 : number(2);
            int second = minute < 0 || !accept(':') ? -1 : number(2);
            if (second < 0) {
                return null;
            }
            int nanos = 0;
            if ((peek('.') || peek(',')) && digit(at + 1)) {
                int end = digits(at + 1);
                String digits = (line.substring(at + 1, Math.min(end, at + 10)) + "000000000").substring(0, 9);
                nanos = Integer.parseInt(digits);
                at = end;
            }
            return time(year, month, day, hour, minute, second, nanos);
        }

        private static @Nullable LocalDateTime time(
                int year, int month, int day, int hour, int minute, int second, int nanos) {
            try {
                return LocalDateTime.of(year, month, day, hour, minute, Math.min(second, 59), nanos);
            } catch (DateTimeException e) {
                return null;
            }
        }

        private int month() {
            for (int i = 0; i < 12; i++) {
                if (line.startsWith(MONTHS.substring(3 * i, 3 * i + 3), at) && at + 3 < line.length()) {
                    at += 3;
                    if (line.charAt(at) != ' ') {
                        return -1;
                    }
                    skipBlanks();
                    return i + 1;
                }
            }
            return -1;
        }

        private boolean isName(String names, int from) {
            int found = names.indexOf(line.substring(from, Math.min(from + 3, line.length())));
            return found >= 0 && found % 3 == 0;
        }

        /** Reads seconds and their fraction, as microseconds; -1 if there is no fraction. */
        private long seconds(char point, char other) {
            int end = digits(at);
            if (end == at
                    || end - at > 9
                    || end >= line.length()
                    || (line.charAt(end) != point && line.charAt(end) != other)) {
                return -1;
            }
            long whole = Long.parseLong(line, at, end, 10);
            int fraction = digits(end + 1);
            if (fraction == end + 1 || fraction - end > 10) {
                return -1;
            }
            String digits = (line.substring(end + 1, fraction) + "000000").substring(0, 6);
            at = fraction;
            return whole * 1_000_000 + Long.parseLong(digits);
        }

        private int number(int maxDigits) {
            int end = Math.min(digits(at), at + maxDigits);
            if (end == at) {
                return -1;
            }
            int value = Integer.parseInt(line, at, end, 10);
            at = end;
            return value;
        }

        private int digits(int from) {
            int end = from;
            while (digit(end)) {
                end++;
            }
            return end;
        }

        private boolean digit(int index) {
            return index < line.length() && line.charAt(index) >= '0' && line.charAt(index) <= '9';
        }

        private boolean peek(char c) {
            return at < line.length() && line.charAt(at) == c;
        }

        private boolean accept(char c) {
            if (peek(c)) {
                at++;
                return true;
            }
            return false;
        }

        private void skipBlank() {
            if (peek(' ')) {
                at++;
            }
        }

        private void skipBlanks() {
            while (peek(' ')) {
                at++;
            }
        }
    }
}
