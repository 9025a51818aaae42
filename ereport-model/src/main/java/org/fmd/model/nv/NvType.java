// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.nv;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The types that a value of an {@link NvList} can have; the names are those of fmd reference §1.1, an array has {@code []} behind. */
public enum NvType {
    BOOLEAN("boolean", 0, false),
    BOOLEAN_VALUE("boolean_value", 0, false),
    BYTE("byte", 8, false),
    INT8("int8", 8, true),
    UINT8("uint8", 8, false),
    INT16("int16", 16, true),
    UINT16("uint16", 16, false),
    INT32("int32", 32, true),
    UINT32("uint32", 32, false),
    INT64("int64", 64, true),
    UINT64("uint64", 64, false),
    HRTIME("hrtime", 64, true),
    STRING("string", 0, false),
    NVLIST("nvlist", 0, false);

    private static final Map<String, NvType> BY_LABEL = new HashMap<>();

    static {
        for (NvType type : values()) {
            BY_LABEL.put(type.label, type);
        }
    }

    private final String label;
    private final int bits;
    private final boolean signed;

    NvType(String label, int bits, boolean signed) {
        this.label = label;
        this.bits = bits;
        this.signed = signed;
    }

    /** Returns the name of the type in logs and manuals, for instance {@code uint8}. */
    public String label() {
        return label;
    }

    /** Returns whether values of this type are whole numbers. */
    public boolean isInteger() {
        return bits > 0;
    }

    /** Returns whether a number of this type can be negative. */
    public boolean isSigned() {
        return signed;
    }

    /** Returns the width of a number of this type in bits, 0 for the types that are none. */
    public int bits() {
        return bits;
    }

    /** Returns whether the 64-bit pattern {@code value} is a number of this type, sign- or zero-extended. */
    public boolean holds(long value) {
        if (bits == 64) {
            return true;
        }
        return signed ? value == (value << (64 - bits)) >> (64 - bits) : value >>> bits == 0;
    }

    /** Returns the type of that name, empty if there is none. */
    public static Optional<NvType> ofLabel(String label) {
        return Optional.ofNullable(BY_LABEL.get(label));
    }
}
