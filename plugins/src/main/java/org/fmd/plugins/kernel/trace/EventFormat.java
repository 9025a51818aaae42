// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the records of one event are laid out: a {@code format} file of tracefs (kernel channel reference §2.3).
 *
 * @param event system and name, {@code scsi/scsi_dispatch_cmd_done}
 * @param id the number that its records begin with, 16 bits; another one at each boot
 * @param fields by name, the common ones included
 */
public record EventFormat(String event, int id, Map<String, Field> fields) {
    private static final Pattern ID = Pattern.compile("ID:\\s*(\\d{1,5})");
    private static final Pattern FIELD =
            Pattern.compile("field:([^;]{1,200});\\s*offset:(\\d{1,5});\\s*size:(\\d{1,5});(?:\\s*signed:([01]);)?");
    private static final Pattern NAME = Pattern.compile("(.*?)\\b(\\w{1,100})\\s*(\\[[^\\]]*\\])?\\s*");

    /**
     * One field.
     *
     * @param offset bytes from the beginning of the record's body
     * @param size in bytes; of a located field that of the place where its location stands
     * @param signed whether a number's highest bit is its sign
     * @param located whether the value stands elsewhere in the body: 16 bits offset, 16 bits length ({@code __data_loc})
     */
    public record Field(int offset, int size, boolean signed, boolean located) {}

    public EventFormat {
        fields = Map.copyOf(fields);
    }

    /**
     * Reads a {@code format} file.
     *
     * @param event system and name
     * @throws FormatProblem if there is no number or no field in it
     */
    public static EventFormat parse(String event, String text) throws FormatProblem {
        Matcher id = ID.matcher(text);
        if (!id.find()) {
            throw new FormatProblem("the format of " + event + " gives no ID");
        }
        int number = Integer.parseInt(id.group(1));
        Map<String, Field> fields = fields(text);
        if (number > 0xffff || fields.isEmpty()) {
            throw new FormatProblem(
                    "the format of " + event + " has ID " + number + " and " + fields.size() + " fields");
        }
        return new EventFormat(event, number, fields);
    }

    /** The fields that a format text declares, in order. */
    static Map<String, Field> fields(String text) {
        Map<String, Field> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            String declaration = field.group(1).strip();
            boolean located = declaration.startsWith("__data_loc ");
            // "__data_loc char[] cmd" and "char rwbs[8]": the name is the last word before any brackets at the end.
            Matcher name = NAME.matcher(declaration);
            if (name.matches()) {
                fields.putIfAbsent(
                        name.group(2),
                        new Field(
                                Integer.parseInt(field.group(2)),
                                Integer.parseInt(field.group(3)),
                                "1".equals(field.group(4)),
                                located));
            }
        }
        return fields;
    }

    /**
     * A field that a reading cannot do without.
     *
     * @throws FormatProblem if this kernel's event has none of that name
     */
    Field need(String name) throws FormatProblem {
        Field field = fields.get(name);
        if (field == null) {
            throw new FormatProblem("the event " + event + " of this kernel has no field '" + name + "'");
        }
        return field;
    }

    /** A field that not every kernel has; null if this one has not. */
    @Nullable
    Field find(String name) {
        return fields.get(name);
    }
}
