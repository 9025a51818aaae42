// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

import org.fmd.plugins.kernel.observation.Observation.AtaReported;
import org.jspecify.annotations.Nullable;

/** The beginning of a line of the SATA layer: {@code ata3.01: }, or {@code ata3: } of the port. */
final class AtaLine {
    private static final int MAX_TEXT = 400;

    private AtaLine() {}

    /** Returns the line, null if it is none of that layer. */
    static @Nullable AtaReported read(String text) {
        int at = digits(text, 3);
        if (at == 3 || at > 8 || at >= text.length()) {
            return null;
        }
        int port = Integer.parseInt(text, 3, at, 10);
        int device = -1;
        if (text.charAt(at) == '.') {
            int end = digits(text, at + 1);
            if (end == at + 1 || end > at + 3 || end >= text.length()) {
                return null;
            }
            device = Integer.parseInt(text, at + 1, end, 10);
            at = end;
        }
        if (!text.startsWith(": ", at) || at + 2 >= text.length() || text.charAt(at + 2) == ' ') {
            return null;
        }
        String said = text.substring(at + 2).stripTrailing();
        return said.isEmpty() || said.length() > MAX_TEXT ? null : new AtaReported(port, device, said);
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
