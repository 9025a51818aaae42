// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record of {@code /dev/kmsg} (Linux Documentation/ABI/testing/dev-kmsg).
 *
 * @param priority facility times 8 plus level; the kernel's own facility is 0
 * @param sequence grows by one with each record; a gap is the number of records lost
 * @param micros microseconds since boot
 * @param text the message, with line feeds where it has several lines
 * @param dictionary what the driver core added: {@code SUBSYSTEM}, {@code DEVICE}
 */
public record KmsgRecord(int priority, long sequence, long micros, String text, Map<String, String> dictionary)
        implements KmsgInput {

    private static final int MAX_SHOWN = 200;

    public KmsgRecord {
        dictionary = Map.copyOf(dictionary);
    }

    /** Returns whether the kernel itself wrote it; anybody who may open the log for writing can write the others. */
    public boolean fromKernel() {
        return priority >= 0 && priority < 8;
    }

    /**
     * Reads what one read(2) of {@code /dev/kmsg} gave; never throws.
     *
     * @param bytes holds the record from its beginning
     * @param length how many of them count
     */
    public static KmsgInput parse(byte[] bytes, int length) {
        String all = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int head = all.indexOf(';');
        if (head < 0) {
            return malformed(all, "no ';' behind the head");
        }
        String[] fields = all.substring(0, head).split(",", -1);
        if (fields.length < 4) {
            return malformed(all, "fewer than four fields in the head");
        }
        long priority = number(fields[0]);
        long sequence = number(fields[1]);
        long micros = number(fields[2]);
        if (priority < 0 || priority > Integer.MAX_VALUE || sequence < 0 || micros < 0) {
            return malformed(all, "a head that is not made of numbers");
        }
        String[] lines = all.substring(head + 1).split("\n", -1);
        Map<String, String> dictionary = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].isEmpty() && i == lines.length - 1) {
                break;
            }
            int equals = lines[i].indexOf('=');
            if (equals < 2 || lines[i].charAt(0) != ' ') {
                return malformed(all, "a line that is no KEY=value");
            }
            dictionary.put(lines[i].substring(1, equals), unescape(lines[i].substring(equals + 1)));
        }
        return new KmsgRecord((int) priority, sequence, micros, unescape(lines[0]), dictionary);
    }

    private static Malformed malformed(String all, String why) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < all.length() && i < MAX_SHOWN; i++) {
            char c = all.charAt(i);
            shown.append(c < ' ' || c > '~' ? '.' : c);
        }
        return new Malformed(shown.toString(), why);
    }

    /** Returns the decimal number, -1 for anything else and for what needs more than 63 bits. */
    private static long number(String digits) {
        if (digits.isEmpty() || digits.length() > 19) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Undoes the escapes {@code \xNN}; the octets behind them are UTF-8. What is no escape stays as it is. */
    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        byte[] octets = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int escaped = escapeAt(text, i);
            if (escaped >= 0) {
                octets[length++] = (byte) escaped;
                i += 3;
            } else {
                octets[length++] = (byte) text.charAt(i);
            }
        }
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }

    private static int escapeAt(String text, int at) {
        if (text.charAt(at) != '\\' || at + 3 >= text.length() || text.charAt(at + 1) != 'x') {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 2), 16);
        int low = Character.digit(text.charAt(at + 3), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** Returns the SCSI address that the driver core put beside the message, null if there is none. */
    public @Nullable String scsiAddress() {
        String device = dictionary.get("DEVICE");
        return device != null && device.startsWith("+scsi:") ? device.substring("+scsi:".length()) : null;
    }
}
