// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.nv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One typed value. Numbers travel as the 64 bits of a {@code long}, sign- or zero-extended as {@link NvType#holds} asks. */
public sealed interface NvValue {

    /** Returns the type of the value, for an array the type of its elements. */
    NvType type();

    /** Returns whether the value is an array. */
    default boolean isArray() {
        return false;
    }

    /** The value whose presence is all it says. */
    record Flag() implements NvValue {
        public static final Flag PRESENT = new Flag();

        @Override
        public NvType type() {
            return NvType.BOOLEAN;
        }
    }

    /** True or false. */
    record Bool(boolean value) implements NvValue {
        @Override
        public NvType type() {
            return NvType.BOOLEAN_VALUE;
        }
    }

    /** A whole number of one of the integer types. */
    record Int(NvType type, long value) implements NvValue {
        /** Refuses with {@link IllegalArgumentException} a type that is no integer and a value outside it. */
        public Int {
            requireHolds(type, value);
        }

        /** Returns the value in decimal, unsigned where the type is. */
        public String decimal() {
            return type.isSigned() ? Long.toString(value) : Long.toUnsignedString(value);
        }

        /** Returns the value in hexadecimal with {@code 0x}, without leading zeros. */
        public String hex() {
            return "0x" + Long.toHexString(type.bits() == 64 ? value : value & ((1L << type.bits()) - 1));
        }
    }

    /** A text. */
    record Str(String value) implements NvValue {
        @Override
        public NvType type() {
            return NvType.STRING;
        }
    }

    /** A list inside the list. */
    record Nested(NvList value) implements NvValue {
        @Override
        public NvType type() {
            return NvType.NVLIST;
        }
    }

    /** An array of truth values. */
    record Bools(List<Boolean> values) implements NvValue {
        public Bools {
            values = List.copyOf(values);
        }

        @Override
        public NvType type() {
            return NvType.BOOLEAN_VALUE;
        }

        @Override
        public boolean isArray() {
            return true;
        }
    }

    /** An array of whole numbers of one type. */
    final class Ints implements NvValue {
        private final NvType type;
        private final long[] values;

        /** Refuses with {@link IllegalArgumentException} a type that is no integer and an element outside it. */
        public Ints(NvType type, long... values) {
            for (long value : values) {
                requireHolds(type, value);
            }
            if (!type.isInteger()) {
                throw new IllegalArgumentException("an array of numbers cannot be of type " + type.label());
            }
            this.type = type;
            this.values = values.clone();
        }

        /** Returns the bytes as an array of {@code uint8}. */
        public static Ints ofBytes(byte[] bytes) {
            long[] values = new long[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                values[i] = Byte.toUnsignedLong(bytes[i]);
            }
            return new Ints(NvType.UINT8, values);
        }

        @Override
        public NvType type() {
            return type;
        }

        @Override
        public boolean isArray() {
            return true;
        }

        public int size() {
            return values.length;
        }

        public long get(int index) {
            return values[index];
        }

        /** Returns the elements one by one. */
        public List<Int> elements() {
            List<Int> all = new ArrayList<>(values.length);
            for (long value : values) {
                all.add(new Int(type, value));
            }
            return all;
        }

        /** Returns the low eight bits of each element. */
        public byte[] toBytes() {
            byte[] bytes = new byte[values.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) values[i];
            }
            return bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ints that && type == that.type && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return 31 * type.hashCode() + Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Ints[type=" + type + ", values=" + Arrays.toString(values) + "]";
        }
    }

    /** An array of texts. */
    record Strs(List<String> values) implements NvValue {
        public Strs {
            values = List.copyOf(values);
        }

        @Override
        public NvType type() {
            return NvType.STRING;
        }

        @Override
        public boolean isArray() {
            return true;
        }
    }

    /** An array of lists. */
    record NestedLists(List<NvList> values) implements NvValue {
        public NestedLists {
            values = List.copyOf(values);
        }

        @Override
        public NvType type() {
            return NvType.NVLIST;
        }

        @Override
        public boolean isArray() {
            return true;
        }
    }

    private static void requireHolds(NvType type, long value) {
        if (!type.isInteger()) {
            throw new IllegalArgumentException("a number cannot be of type " + type.label());
        }
        if (!type.holds(value)) {
            throw new IllegalArgumentException(value + " is no " + type.label());
        }
    }
}
