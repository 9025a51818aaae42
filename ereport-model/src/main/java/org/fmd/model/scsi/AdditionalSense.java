// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Additional sense code and qualifier (SPC-6 4.4.6, annex F): the fine word that goes with a {@link SenseKey}.
 *
 * <p>Any pair of octets is a value. Whether a text is assigned to it is asked of T10's list, kept as the resource
 * {@code additional-sense.txt}.
 *
 * @param asc additional sense code, 0 to 255
 * @param ascq its qualifier, 0 to 255
 */
public record AdditionalSense(int asc, int ascq) implements Comparable<AdditionalSense> {
    /** 00/00: the device has no more to say than the key. */
    public static final AdditionalSense NONE = new AdditionalSense(0, 0);

    // Linux prints "ASC=0x5d <<vendor>>ASCQ=0x90 ", older kernels "ASC=0x5d <<vendor>> ASCQ=0x90", scsi_debug "asq=".
    // 2.6 kernels print a vendor code twice without a gap, "ASCQ=0x0ASC=0x81", hence the look-ahead: 0A is no number.
    private static final Pattern NUMBERS = Pattern.compile(
            "\\bASC\\s*[=:]\\s*(?:0x)?(\\p{XDigit}{1,2})\\b[\\s,]*(?:<<vendor>>)?\\s*"
                    + "ASC?Q\\s*[=:]\\s*(?:0x)?(\\p{XDigit}{1,2}?)(?=ASC|\\P{XDigit}|$)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LABEL =
            Pattern.compile("\\s*(?:Add\\.|Additional) Sense\\s*:", Pattern.CASE_INSENSITIVE);

    public AdditionalSense {
        if ((asc & ~0xff) != 0 || (ascq & ~0xff) != 0) {
            throw new IllegalArgumentException("asc " + asc + " and ascq " + ascq + " must be 0 to 255");
        }
    }

    /**
     * The code that a kernel message names, with or without the label {@code Add. Sense:}. Either as numbers
     * ({@code ASC=0x5d <<vendor>> ASCQ=0x90}, {@code ASC=5d ASCQ=90}) or as a text of T10's list or of a Linux
     * kernel from 2.6.18 on ({@code Unrecovered read error}, {@code Diagnostic failure on component(85)}); letter case,
     * blanks and punctuation make no difference.
     *
     * @return empty for an unknown text, and for {@code Obsolete}, which stands for several codes: see
     *     {@link #candidates(String)}
     */
    public static Optional<AdditionalSense> parse(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        if (numbers.find()) {
            return Optional.of(new AdditionalSense(
                    Integer.parseInt(numbers.group(1), 16), Integer.parseInt(numbers.group(2), 16)));
        }
        List<AdditionalSense> found = candidates(text);
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** All codes that print as {@code text}, in order; none if it is unknown, several only for {@code Obsolete}. */
    public static List<AdditionalSense> candidates(String text) {
        Matcher label = LABEL.matcher(text);
        return AdditionalSenseTable.instance().find(label.lookingAt() ? text.substring(label.end()) : text);
    }

    /** Every code with a text of its own, in order, one for each in a range of codes. */
    public static List<AdditionalSense> assigned() {
        return AdditionalSenseTable.instance().codes();
    }

    /** T10's text in sentence case, with the component, tag or algorithm where the code holds one; empty if none. */
    public Optional<String> assignedText() {
        return AdditionalSenseTable.instance().text(this);
    }

    /** A text for people in any case: the assigned one, or {@code Vendor specific} or {@code Unassigned}. */
    public String text() {
        return assignedText().orElse(isVendorSpecific() ? "Vendor specific" : "Unassigned");
    }

    /** Whether the vendor gives the meaning: ASC or ASCQ from 80h on, unless T10 assigned the pair. */
    public boolean isVendorSpecific() {
        return (asc >= 0x80 || ascq >= 0x80) && assignedText().isEmpty();
    }

    @Override
    public int compareTo(AdditionalSense other) {
        return Integer.compare((asc << 8) | ascq, (other.asc << 8) | other.ascq);
    }

    /** Two lower-case hex numbers: {@code 11/00}. */
    @Override
    public String toString() {
        // By hand: every line of fmdump -h has one.
        return hex(asc) + "/" + hex(ascq);
    }

    private static String hex(int octet) {
        return (octet < 0x10 ? "0" : "") + Integer.toHexString(octet);
    }
}
