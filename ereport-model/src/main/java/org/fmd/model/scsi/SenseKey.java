// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sense key: the coarsest word a device has for what happened (SPC-6 4.4.7).
 *
 * <p>Two spellings: T10's, in capitals, and the one Linux prints after {@code Sense Key :}, which is also how this
 * project shows it to people.
 */
public enum SenseKey {
    NO_SENSE(0x0, "NO SENSE", "No Sense"),
    RECOVERED_ERROR(0x1, "RECOVERED ERROR", "Recovered Error"),
    NOT_READY(0x2, "NOT READY", "Not Ready"),
    MEDIUM_ERROR(0x3, "MEDIUM ERROR", "Medium Error"),
    HARDWARE_ERROR(0x4, "HARDWARE ERROR", "Hardware Error"),
    ILLEGAL_REQUEST(0x5, "ILLEGAL REQUEST", "Illegal Request"),
    UNIT_ATTENTION(0x6, "UNIT ATTENTION", "Unit Attention"),
    DATA_PROTECT(0x7, "DATA PROTECT", "Data Protect"),
    BLANK_CHECK(0x8, "BLANK CHECK", "Blank Check"),
    VENDOR_SPECIFIC(0x9, "VENDOR SPECIFIC", "Vendor Specific(9)"),
    COPY_ABORTED(0xa, "COPY ABORTED", "Copy Aborted"),
    ABORTED_COMMAND(0xb, "ABORTED COMMAND", "Aborted Command"),
    /** SCSI-2's EQUAL of the SEARCH DATA commands; reserved since SPC-4. */
    EQUAL(0xc, "EQUAL", "Equal"),
    VOLUME_OVERFLOW(0xd, "VOLUME OVERFLOW", "Volume Overflow"),
    MISCOMPARE(0xe, "MISCOMPARE", "Miscompare"),
    /** Since SPC-4; kernels before 4.0 print {@code 0xf} for it. */
    COMPLETED(0xf, "COMPLETED", "Completed");

    private static final SenseKey[] ALL = values();
    private static final Pattern NUMBER = Pattern.compile("0x([0-9a-f])");

    private final int number;
    private final String t10;
    private final String kernel;

    SenseKey(int number, String t10, String kernel) {
        this.number = number;
        this.t10 = t10;
        this.kernel = kernel;
    }

    /** The key with this number; only the low four bits count, as in the sense data. */
    public static SenseKey of(int number) {
        return ALL[number & 0xf];
    }

    /**
     * The key a kernel message names after {@code Sense Key :}, in either spelling and any letter case, or as a
     * number: {@code Medium Error}, {@code 0x3} (kernels without CONFIG_SCSI_CONSTANTS). What follows in brackets,
     * {@code [current] [descriptor]}, is left out.
     */
    public static Optional<SenseKey> parse(String text) {
        int bracket = text.indexOf('[');
        String word = (bracket < 0 ? text : text.substring(0, bracket)).strip().toLowerCase(Locale.ROOT);
        Matcher number = NUMBER.matcher(word);
        if (number.matches()) {
            return Optional.of(of(Integer.parseInt(number.group(1), 16)));
        }
        for (SenseKey key : ALL) {
            if (word.equalsIgnoreCase(key.kernel) || word.equalsIgnoreCase(key.t10)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** 0 to 15. */
    public int number() {
        return number;
    }

    /** T10's text: {@code MEDIUM ERROR}. */
    public String t10Text() {
        return t10;
    }

    /** The kernel's text: {@code Medium Error}. */
    public String kernelText() {
        return kernel;
    }

    @Override
    public String toString() {
        return kernel;
    }
}
