// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

/** Sense codes in words, the same wherever a person reads them. */
public final class SenseText {
    private SenseText() {}

    /**
     * Key and additional sense with the numbers behind: {@code Medium Error, Unrecovered read error (3/11/00)}. A key
     * without additional sense stays alone: {@code Aborted Command (b/00/00)}.
     *
     * @param key sense key, 0 to 15
     * @param asc additional sense code, 0 to 255
     * @param ascq its qualifier, 0 to 255
     */
    public static String describe(int key, int asc, int ascq) {
        return describe(SenseKey.of(key), new AdditionalSense(asc, ascq));
    }

    /** The same from typed values. */
    public static String describe(SenseKey key, AdditionalSense additional) {
        String word = key == SenseKey.VENDOR_SPECIFIC ? "Vendor Specific" : key.kernelText();
        String more = additional.equals(AdditionalSense.NONE) ? "" : ", " + additional.text();
        return word + more + " (" + Integer.toHexString(key.number()) + "/" + additional + ")";
    }
}
