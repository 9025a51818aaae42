// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.topo.sysfs;

import java.nio.charset.StandardCharsets;

/** How the bytes of an attribute become text. */
final class AttributeText {
    private AttributeText() {}

    /** Returns the text without control characters and blanks at its ends. */
    static String of(byte[] bytes) {
        // Latin-1 loses no byte of what a device may have put into its texts.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int start = 0;
        int end = text.length();
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        while (start < end && text.charAt(start) <= ' ') {
            start++;
        }
        return text.substring(start, end);
    }
}
