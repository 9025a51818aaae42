// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One event of a dump while its lines come in: the heading with time and class, then a member on each line. */
final class DumpText {
    private static final Pattern HEADING = Pattern.compile("([A-Z][a-z]{2}) +([0-9]{1,2}) ([0-9]{4})"
            + " ([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,9}))? +([^ ]+).*");
    private static final Pattern WITHOUT_YEAR =
            Pattern.compile("[A-Z][a-z]{2} +[0-9]{1,2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)? +[^ ]+.*");
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /** An open list and the line that closes it. */
    private record Level(String label, Map<String, @Nullable Object> members) {}

    private final long line;
    private final @Nullable Instant time;
    private final String title;
    private final Map<String, @Nullable Object> event = new LinkedHashMap<>();
    private final Deque<Level> open = new ArrayDeque<>();
    private boolean quotes;

    private DumpText(long line, @Nullable Instant time, String title) {
        this.line = line;
        this.time = time;
        this.title = title;
    }

    /** Begins an event if that line is a heading: {@code Mar 04 2026 11:32:07.184312911 ereport.io…}; null if it is not. */
    static @Nullable DumpText begin(long number, String text, ZoneId zone) {
        Matcher heading = HEADING.matcher(text);
        if (!heading.matches()) {
            return null;
        }
        int month = MONTHS.indexOf(heading.group(1));
        if (month < 0 || month % 3 != 0) {
            return null;
        }
        String decimals = heading.group(7) == null ? "" : heading.group(7);
        Instant time = null;
        try {
            time = LocalDateTime.of(
                            Integer.parseInt(heading.group(3)),
                            month / 3 + 1,
                            Integer.parseInt(heading.group(2)),
                            Integer.parseInt(heading.group(4)),
                            Integer.parseInt(heading.group(5)),
                            Integer.parseInt(heading.group(6)),
                            Integer.parseInt((decimals + "000000000").substring(0, 9)))
                    .atZone(zone)
                    .toInstant();
        } catch (DateTimeException e) {
            // The members may tell the time, too.
        }
        return new DumpText(number, time, heading.group(8));
    }

    /** Whether the line is the heading of a short listing, which has too little of an event. */
    static boolean isShort(String text) {
        return WITHOUT_YEAR.matcher(text).matches();
    }

    /** Whether the line is a heading of columns or opens a list, and says nothing. */
    static boolean isDecoration(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || stripped.startsWith("nvlist version:") || stripped.startsWith("TIME ");
    }

    /** Takes a line; false if it is none of an event. */
    boolean add(String text) {
        String stripped = text.stripLeading();
        if (isDecoration(stripped)) {
            return true;
        }
        if (stripped.startsWith("(") && stripped.stripTrailing().endsWith(")")) {
            return bracket(stripped.strip());
        }
        int equals = stripped.indexOf(" =");
        boolean member = equals > 0 && stripped.indexOf(' ') == equals && text.length() > stripped.length();
        if (!member) {
            // Before a diagnosis stands a small table of its ereports.
            return text.startsWith("  ") && (HEADING.matcher(stripped).matches() || isShort(stripped));
        }
        String value = stripped.substring(Math.min(stripped.length(), equals + 3));
        put(stripped.substring(0, equals), value);
        return true;
    }

    private boolean bracket(String text) {
        String inner = text.substring(1, text.length() - 1);
        if (inner.startsWith("start ")) {
            String label = inner.substring("start ".length());
            int index = label.lastIndexOf('[');
            if (index > 0 && members().get(label.substring(0, index)) instanceof List<?> list) {
                Map<String, @Nullable Object> element = new LinkedHashMap<>();
                addTo(list, element);
                open.push(new Level(label, element));
                return true;
            }
        } else if (inner.startsWith("end ")) {
            String label = inner.substring("end ".length());
            for (Level level : open) {
                if (level.label().equals(label)) {
                    while (!open.pop().label().equals(label)) {
                        // lists inside that were not closed
                    }
                    return true;
                }
            }
            // The end of an array whose elements have ended already.
            return members().get(label) instanceof List;
        }
        return false;
    }

    @SuppressWarnings("unchecked") // only put() makes lists
    private static void addTo(List<?> list, Map<String, @Nullable Object> element) {
        ((List<Object>) list).add(element);
    }

    private Map<String, @Nullable Object> members() {
        Level level = open.peek();
        return level == null ? event : level.members();
    }

    private void put(String name, String value) {
        String stripped = value.strip();
        if (stripped.equals("(embedded nvlist)")) {
            Map<String, @Nullable Object> nested = new LinkedHashMap<>();
            members().put(name, nested);
            open.push(new Level(name, nested));
        } else if (stripped.equals("(array of embedded nvlists)")) {
            members().put(name, new ArrayList<Object>());
        } else {
            quotes |= open.isEmpty() && name.equals("class") && stripped.startsWith("\"");
            members().put(name, value);
        }
    }

    /** Returns the line of the heading. */
    long line() {
        return line;
    }

    /** Returns the time of the heading, null if it is none. */
    @Nullable
    Instant time() {
        return time;
    }

    /** Whether a list is still open, so that lines must be missing. */
    boolean isCut() {
        return !open.isEmpty();
    }

    /** Returns the members as a tree; the class is that of the heading where no member tells it. */
    Map<String, @Nullable Object> tree() {
        printed(event);
        event.putIfAbsent("class", title);
        return event;
    }

    /** Only now it is known whether this dump has quotation marks. */
    private void printed(Map<String, @Nullable Object> members) {
        for (Map.Entry<String, @Nullable Object> each : members.entrySet()) {
            Object value = each.getValue();
            if (value instanceof String text) {
                each.setValue(new Printed(text, quotes));
            } else {
                printedInside(value);
            }
        }
    }

    @SuppressWarnings("unchecked") // no other maps are made here
    private void printedInside(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            printed((Map<String, @Nullable Object>) map);
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                printedInside(element);
            }
        }
    }
}
