// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.fault;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.event.EventClass;

/**
 * Which set of suspect classes has which message code (fmd reference §7.1).
 *
 * <pre>
 *   FMDICT: name=DISK version=1 maxkey=1 dictid=0x534b
 *   fault.io.scsi.cmd.disk.dev.rqs.derr=3
 *   fault.a.x fault.b.y=9
 * </pre>
 *
 * @param name prefix of the codes
 * @param values the number of each set; the key is the classes sorted, without repetition, joined by blanks
 */
public record DiagDictionary(String name, Map<String, BigInteger> values) {
    private static final Pattern HEAD = Pattern.compile(
            "FMDICT:\\s+name=([A-Za-z0-9_]+)\\s+version=1\\s+maxkey=([0-9]+)(?:\\s+dictid=[0-9A-Fa-fx]+)?");

    public DiagDictionary {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** The dictionary of a text, or all that is wrong with it. */
    public record Parsed(Optional<DiagDictionary> dictionary, List<String> problems) {}

    /** Reads a dictionary file; each problem is {@code file:line: text}. */
    public static Parsed parse(String file, List<String> lines) {
        List<String> problems = new ArrayList<>();
        Map<String, BigInteger> values = new TreeMap<>();
        Map<BigInteger, String> taken = new TreeMap<>();
        Matcher head = null;
        int number = 0;
        for (String line : lines) {
            number++;
            String text = line.replaceFirst("#.*", "").strip();
            if (text.isEmpty()) {
                continue;
            }
            String place = file + ":" + number + ": ";
            if (head == null) {
                head = HEAD.matcher(text);
                if (!head.matches()) {
                    problems.add(place + "a dictionary begins with 'FMDICT: name=NAME version=1 maxkey=N'");
                    return new Parsed(Optional.empty(), problems);
                }
                continue;
            }
            addEntry(text, place, Integer.parseInt(head.group(2)), values, taken, problems);
        }
        if (head == null) {
            problems.add(file + ": the dictionary is empty");
        }
        return problems.isEmpty() && head != null
                ? new Parsed(Optional.of(new DiagDictionary(head.group(1), values)), problems)
                : new Parsed(Optional.empty(), problems);
    }

    private static void addEntry(
            String text,
            String place,
            int maxKey,
            Map<String, BigInteger> values,
            Map<BigInteger, String> taken,
            List<String> problems) {
        int equals = text.lastIndexOf('=');
        if (equals < 0) {
            problems.add(place + "an entry is 'CLASS [CLASS …]=NUMBER'");
            return;
        }
        TreeSet<String> classes = new TreeSet<>();
        for (String word : text.substring(0, equals).strip().split("\\s+")) {
            if (EventClass.parse(word).isEmpty()) {
                problems.add(place + "'" + word + "' is no event class");
                return;
            }
            classes.add(word);
        }
        if (classes.size() > maxKey) {
            problems.add(place + classes.size() + " classes in an entry, maxkey is " + maxKey);
        }
        String key = String.join(" ", classes);
        try {
            BigInteger value = number(text.substring(equals + 1).strip());
            String other = taken.putIfAbsent(value, key);
            if (other != null) {
                problems.add(place + "number " + value + " is taken by '" + other + "'");
            }
            if (values.putIfAbsent(key, value) != null) {
                problems.add(place + "'" + key + "' has a number already");
            }
        } catch (NumberFormatException e) {
            problems.add(place + "'" + text.substring(equals + 1).strip() + "' is no number");
        }
    }

    private static BigInteger number(String text) {
        BigInteger value;
        if (text.startsWith("0x")) {
            value = new BigInteger(text.substring(2), 16);
        } else {
            value = new BigInteger(text, text.startsWith("0") && text.length() > 1 ? 8 : 10);
        }
        if (value.signum() < 0 || value.bitLength() > 72) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    /** Returns the code of a set of classes in any order and with repetitions; empty if the dictionary has none. */
    public Optional<DiagCode> codeOf(Collection<EventClass> classes) {
        TreeSet<String> key = new TreeSet<>();
        for (EventClass eventClass : classes) {
            key.add(eventClass.name());
        }
        return Optional.ofNullable(values.get(String.join(" ", key))).map(value -> new DiagCode(name, value));
    }
}
