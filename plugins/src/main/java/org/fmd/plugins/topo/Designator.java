// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * One identification of VPD page 0x83 (SPC-6, designation descriptor).
 *
 * <pre>
 *   page        0: qualifier, type   1: 0x83   2–3: length, big endian   4…: descriptors
 *   descriptor  0: protocol, code set   1: PIV, association (bits 5–4), type (bits 3–0)   3: length   4…: value
 * </pre>
 *
 * @param codeSet 1 binary, 2 ASCII, 3 UTF-8
 * @param association what it names: 0 the logical unit, 1 the target port, 2 the target device
 * @param type 1 T10 vendor, 2 EUI-64, 3 NAA, 8 SCSI name string
 * @param hex the value in lower-case hexadecimal, two digits a byte
 */
record Designator(int codeSet, int association, int type, String hex) {
    private static final int PAGE_HEADER = 4;
    private static final int DESCRIPTOR_HEADER = 4;

    /** Returns the descriptors that are whole; none if the bytes are no page 0x83. */
    static List<Designator> of(byte[] page) {
        if (page.length < PAGE_HEADER || page[1] != (byte) 0x83) {
            return List.of();
        }
        int end = Math.min(page.length, PAGE_HEADER + (Byte.toUnsignedInt(page[2]) << 8 | Byte.toUnsignedInt(page[3])));
        List<Designator> found = new ArrayList<>();
        int at = PAGE_HEADER;
        while (at + DESCRIPTOR_HEADER <= end) {
            int next = at + DESCRIPTOR_HEADER + Byte.toUnsignedInt(page[at + 3]);
            if (next > end) {
                break;
            }
            byte[] value = Arrays.copyOfRange(page, at + DESCRIPTOR_HEADER, next);
            found.add(new Designator(
                    page[at] & 0x0f,
                    page[at + 1] >> 4 & 0x03,
                    page[at + 1] & 0x0f,
                    HexFormat.of().formatHex(value)));
            at = next;
        }
        return found;
    }

    boolean ofLogicalUnit() {
        return association == 0;
    }

    boolean isBinary() {
        return codeSet == 1;
    }

    /** Returns the length of the value in bytes. */
    int length() {
        return hex.length() / 2;
    }

    /** Returns the value as text, up to the first NUL. */
    String text() {
        String text = new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }
}
