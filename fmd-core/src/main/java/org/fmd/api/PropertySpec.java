// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

import java.util.List;

/**
 * A property that can be set in the configuration.
 *
 * @param name for instance {@code mode}
 * @param type how its text is read
 * @param defaultText the value if nothing is configured, as it would be written
 * @param choices the allowed words of a {@link Type#CHOICE}, empty for the others
 * @param description one line
 */
public record PropertySpec(String name, Type type, String defaultText, List<String> choices, String description) {

    /** How the text of a value is read (fmd reference §3.3). */
    public enum Type {
        BOOL,
        INT,
        TEXT,
        /** A number with a unit: {@code ns us ms s m h d} and their longer names. */
        TIME,
        /** A number of bytes, with {@code k m g t}. */
        SIZE,
        CHOICE
    }

    public PropertySpec {
        choices = List.copyOf(choices);
    }

    public static PropertySpec of(String name, Type type, String defaultText, String description) {
        return new PropertySpec(name, type, defaultText, List.of(), description);
    }

    /** Returns a property with a closed set of values; the first is the default. */
    public static PropertySpec choice(String name, String description, String... choices) {
        return new PropertySpec(name, Type.CHOICE, choices[0], List.of(choices), description);
    }
}
