// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.nv;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An immutable list of named, typed values in the order in which they were given; a name occurs once. */
public final class NvList {
    public static final NvList EMPTY = new Builder().build();

    private final NvLayout layout;
    private final NvValue[] values;

    NvList(NvLayout layout, NvValue[] values) {
        this.layout = layout;
        this.values = values;
    }

    NvLayout layout() {
        return layout;
    }

    NvValue value(int place) {
        return values[place];
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Returns names and values in order; the map cannot be changed. */
    public Map<String, NvValue> asMap() {
        return new View(layout, values);
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    public boolean contains(String name) {
        return layout.indexOf(name) >= 0;
    }

    /** Returns the value of that name, null if there is none. */
    public @Nullable NvValue get(String name) {
        int index = layout.indexOf(name);
        return index < 0 ? null : values[index];
    }

    /** Returns the text of that name, empty if there is none or it is no single text. */
    public Optional<String> string(String name) {
        return get(name) instanceof NvValue.Str text ? Optional.of(text.value()) : Optional.empty();
    }

    /** Returns the 64 bits of the number of that name, empty if there is none or it is no single number. */
    public OptionalLong number(String name) {
        return get(name) instanceof NvValue.Int number ? OptionalLong.of(number.value()) : OptionalLong.empty();
    }

    /** Returns the truth value of that name, empty if there is none; a flag is true by its presence. */
    public Optional<Boolean> bool(String name) {
        NvValue value = get(name);
        if (value instanceof NvValue.Bool truth) {
            return Optional.of(truth.value());
        }
        return value instanceof NvValue.Flag ? Optional.of(true) : Optional.empty();
    }

    /** Returns the list of that name, empty if there is none. */
    public Optional<NvList> nvlist(String name) {
        return get(name) instanceof NvValue.Nested nested ? Optional.of(nested.value()) : Optional.empty();
    }

    /** Returns the array of lists of that name; an empty list if there is none. */
    public List<NvList> nvlists(String name) {
        return get(name) instanceof NvValue.NestedLists lists ? lists.values() : List.of();
    }

    /** Returns the array of texts of that name; an empty list if there is none. */
    public List<String> strings(String name) {
        return get(name) instanceof NvValue.Strs texts ? texts.values() : List.of();
    }

    /** Returns a builder that starts with these values. */
    public Builder toBuilder() {
        return new Builder().putAll(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        // Order counts: it is kept in print, so two lists that print differently are different.
        return other instanceof NvList that && layout.equals(that.layout) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * layout.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return asMap().toString();
    }

    /** The list as a map that cannot be changed. */
    private static final class View extends AbstractMap<String, NvValue> {
        private final NvLayout layout;
        private final NvValue[] values;

        View(NvLayout layout, NvValue[] values) {
            this.layout = layout;
            this.values = values;
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean containsKey(@Nullable Object name) {
            return name instanceof String text && layout.indexOf(text) >= 0;
        }

        @Override
        public @Nullable NvValue get(@Nullable Object name) {
            int index = name instanceof String text ? layout.indexOf(text) : -1;
            return index < 0 ? null : values[index];
        }

        @Override
        public Set<Entry<String, NvValue>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public int size() {
                    return values.length;
                }

                @Override
                public Iterator<Entry<String, NvValue>> iterator() {
                    return new Walk(layout, values);
                }
            };
        }
    }

    private static final class Walk implements Iterator<Map.Entry<String, NvValue>> {
        private final NvLayout layout;
        private final NvValue[] values;
        private int next;

        Walk(NvLayout layout, NvValue[] values) {
            this.layout = layout;
            this.values = values;
        }

        @Override
        public boolean hasNext() {
            return next < values.length;
        }

        @Override
        public Map.Entry<String, NvValue> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int at = next++;
            return Map.entry(layout.name(at), values[at]);
        }
    }

    /** Collects values; a repeated name replaces the value and keeps the place. Not safe for several threads. */
    public static final class Builder {
        private final NvLayout.Draft names = new NvLayout.Draft();
        private NvValue[] values = new NvValue[8];

        private Builder() {}

        /** Adds a value; refuses an empty name with {@link IllegalArgumentException}. */
        public Builder put(String name, NvValue value) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a value needs a name");
            }
            int index = names.indexOf(name);
            if (index < 0) {
                index = names.add(name);
                if (index == values.length) {
                    values = Arrays.copyOf(values, 2 * index);
                }
            }
            values[index] = value;
            return this;
        }

        /** Adds all values of another list. */
        public Builder putAll(NvList list) {
            for (int i = 0; i < list.values.length; i++) {
                put(list.layout.name(i), list.values[i]);
            }
            return this;
        }

        public Builder remove(String name) {
            int index = names.indexOf(name);
            if (index >= 0) {
                names.remove(index);
                System.arraycopy(values, index + 1, values, index, names.size() - index);
            }
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
            return new NvList(names.layout(), Arrays.copyOf(values, names.size()));
        }
    }
}
