// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

/** Why octets or text could not be decoded; the names are stable and serve as statistics. */
public enum DecodeProblem {
    /** Fewer octets than the smallest meaningful structure. */
    TOO_SHORT("too short to mean anything"),
    /** The error class of sense data, bits 4 to 6 of its first octet, is not 7: never filled in, or SCSI-1. */
    WRONG_ERROR_CLASS("sense data without error class 7"),
    /** A response code that no standard assigns: 74h to 7Eh. */
    UNKNOWN_RESPONSE_CODE("sense data with an unassigned response code"),
    /** A CDB whose length is not the one its operation code prescribes. */
    WRONG_LENGTH("command descriptor block of the wrong length"),
    /** Text that should be hex numbers. */
    NOT_HEX("not a row of hex numbers");

    private final String sentence;

    DecodeProblem(String sentence) {
        this.sentence = sentence;
    }

    /** What is wrong, in words, without a full stop. */
    public String sentence() {
        return sentence;
    }
}
