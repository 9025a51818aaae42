// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.nv;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An immutable list of named, typed values in the order in which they were given; a name occurs once. */
public final class NvList {
    public static final NvList EMPTY = new Builder().build();

    private final Map<String, NvValue> values;

    private NvList(Map<String, NvValue> values) {
        this.values = values;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Returns names and values in order; the map cannot be changed. */
    public Map<String, NvValue> asMap() {
        return values;
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public boolean contains(String name) {
        return values.containsKey(name);
    }

    /** Returns the value of that name, null if there is none. */
    public @Nullable NvValue get(String name) {
        return values.get(name);
    }

    /** Returns the text of that name, empty if there is none or it is no single text. */
    public Optional<String> string(String name) {
        return values.get(name) instanceof NvValue.Str text ? Optional.of(text.value()) : Optional.empty();
    }

    /** Returns the 64 bits of the number of that name, empty if there is none or it is no single number. */
    public OptionalLong number(String name) {
        return values.get(name) instanceof NvValue.Int number ? OptionalLong.of(number.value()) : OptionalLong.empty();
    }

    /** Returns the truth value of that name, empty if there is none; a flag is true by its presence. */
    public Optional<Boolean> bool(String name) {
        NvValue value = values.get(name);
        if (value instanceof NvValue.Bool truth) {
            return Optional.of(truth.value());
        }
        return value instanceof NvValue.Flag ? Optional.of(true) : Optional.empty();
    }

    /** Returns the list of that name, empty if there is none. */
    public Optional<NvList> nvlist(String name) {
        return values.get(name) instanceof NvValue.Nested nested ? Optional.of(nested.value()) : Optional.empty();
    }

    /** Returns the array of lists of that name; an empty list if there is none. */
    public List<NvList> nvlists(String name) {
        return values.get(name) instanceof NvValue.NestedLists lists ? lists.values() : List.of();
    }

    /** Returns the array of texts of that name; an empty list if there is none. */
    public List<String> strings(String name) {
        return values.get(name) instanceof NvValue.Strs texts ? texts.values() : List.of();
    }

    /** Returns a builder that starts with these values. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.values.putAll(values);
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        // Order counts: it is kept in print, so two lists that print differently are different.
        return other instanceof NvList that
                && List.copyOf(values.entrySet()).equals(List.copyOf(that.values.entrySet()));
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** Collects values; a repeated name replaces the value and keeps the place. Not safe for several threads. */
    public static final class Builder {
        private final Map<String, NvValue> values = new LinkedHashMap<>();

        private Builder() {}

        /** Adds a value; refuses an empty name with {@link IllegalArgumentException}. */
        public Builder put(String name, NvValue value) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a value needs a name");
            }
            values.put(name, value);
            return this;
        }

        /** Adds all values of another list. */
        public Builder putAll(NvList list) {
            values.putAll(list.values);
            return this;
        }

        public Builder remove(String name) {
            values.remove(name);
            return this;
        }

        public Builder flag(String name) {
            return put(name, NvValue.Flag.PRESENT);
        }

        public Builder bool(String name, boolean value) {
            return put(name, new NvValue.Bool(value));
        }

        public Builder number(NvType type, String name, long value) {
            return put(name, new NvValue.Int(type, value));
        }

        public Builder uint8(String name, int value) {
            return number(NvType.UINT8, name, value);
        }

        public Builder uint16(String name, int value) {
            return number(NvType.UINT16, name, value);
        }

        public Builder uint32(String name, long value) {
            return number(NvType.UINT32, name, value);
        }

        public Builder uint64(String name, long value) {
            return number(NvType.UINT64, name, value);
        }

        public Builder int32(String name, int value) {
            return number(NvType.INT32, name, value);
        }

        public Builder int64(String name, long value) {
            return number(NvType.INT64, name, value);
        }

        public Builder string(String name, String value) {
            return put(name, new NvValue.Str(value));
        }

        public Builder nvlist(String name, NvList value) {
            return put(name, new NvValue.Nested(value));
        }

        public Builder nvlists(String name, List<NvList> list) {
            return put(name, new NvValue.NestedLists(list));
        }

        public Builder strings(String name, List<String> list) {
            return put(name, new NvValue.Strs(list));
        }

        /** Adds the bytes as an array of uint8. */
        public Builder bytes(String name, byte[] bytes) {
            return put(name, NvValue.Ints.ofBytes(bytes));
        }

        public NvList build() {
            return new NvList(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
        }
    }
}
