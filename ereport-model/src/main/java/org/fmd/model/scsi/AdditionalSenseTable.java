// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * T10's list of additional sense codes, both ways; read once from {@code additional-sense.txt}, then never changed.
 *
 * <p>Texts are compared by their letters and digits alone. That forgives case, {@code time-out} and {@code timeout},
 * and the kernel's {@code component(85)}; the tests prove that it merges no two texts of the list.
 */
final class AdditionalSenseTable {
    private static final String RESOURCE = "additional-sense.txt";
    private static final Pattern ROW =
            Pattern.compile("(\\p{XDigit}{2}) (\\p{XDigit}{2})(?:-(\\p{XDigit}{2}))? +(\\S.*?)\\s*");
    private static final Pattern QUALIFIER = Pattern.compile("(?:0x)?(\\p{XDigit}{1,2})");
    private static final String QUALIFIER_MARK = "NN";

    private record Range(int asc, int from, int to, String text) {
        boolean holds(AdditionalSense code) {
            return code.asc() == asc && code.ascq() >= from && code.ascq() <= to;
        }
    }

    private static final class Holder {
        static final AdditionalSenseTable TABLE = load();
    }

    private final Map<AdditionalSense, String> texts = new TreeMap<>();
    private final Map<String, List<AdditionalSense>> codes = new HashMap<>();
    private final List<Range> ranges = new ArrayList<>();

    /** Letters before the qualifier of a range, with the range: one for each spelling. */
    private final Map<String, List<Range>> prefixes = new HashMap<>();

    private AdditionalSenseTable() {}

    static AdditionalSenseTable instance() {
        return Holder.TABLE;
    }

    private static AdditionalSenseTable load() {
        AdditionalSenseTable table = new AdditionalSenseTable();
        try (InputStream in = AdditionalSenseTable.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing from the jar");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    table.add(line, number);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + RESOURCE, e);
        }
        return table;
    }

    private void add(String line, int number) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            throw new IllegalStateException(RESOURCE + ":" + number + ": not a row: '" + line + "'");
        }
        int asc = Integer.parseInt(row.group(1), 16);
        int from = Integer.parseInt(row.group(2), 16);
        String[] spellings = row.group(4).split(" \\| ", -1);
        String to = row.group(3);
        if (to == null) {
            addSingle(new AdditionalSense(asc, from), spellings);
        } else {
            addRange(new Range(asc, from, Integer.parseInt(to, 16), spellings[0]), spellings);
        }
    }

    private void addSingle(AdditionalSense code, String[] spellings) {
        texts.put(code, spellings[0]);
        for (String spelling : spellings) {
            codes.computeIfAbsent(letters(spelling), unused -> new ArrayList<>())
                    .add(code);
        }
    }

    private void addRange(Range range, String[] spellings) {
        ranges.add(range);
        for (String spelling : spellings) {
            String prefix = letters(spelling.substring(0, spelling.indexOf(QUALIFIER_MARK)));
            prefixes.computeIfAbsent(prefix, unused -> new ArrayList<>()).add(range);
        }
    }

    Optional<String> text(AdditionalSense code) {
        String single = texts.get(code);
        if (single != null) {
            return Optional.of(single);
        }
        return ranges.stream()
                .filter(range -> range.holds(code))
                .map(range -> range.text().replace(QUALIFIER_MARK, String.format("%02X", code.ascq())))
                .findFirst();
    }

    List<AdditionalSense> find(String text) {
        String wanted = letters(text);
        List<AdditionalSense> single = codes.get(wanted);
        return single != null ? List.copyOf(single) : findInRanges(wanted);
    }

    private List<AdditionalSense> findInRanges(String wanted) {
        TreeSet<AdditionalSense> found = new TreeSet<>();
        prefixes.forEach((prefix, rangesOfPrefix) -> {
            if (wanted.startsWith(prefix)) {
                Matcher qualifier = QUALIFIER.matcher(wanted.substring(prefix.length()));
                if (qualifier.matches()) {
                    int ascq = Integer.parseInt(qualifier.group(1), 16);
                    rangesOfPrefix.stream()
                            .map(range -> new AdditionalSense(range.asc(), ascq))
                            .filter(code -> rangesOfPrefix.stream().anyMatch(range -> range.holds(code)))
                            .forEach(found::add);
                }
            }
        });
        return List.copyOf(found);
    }

    List<AdditionalSense> codes() {
        TreeSet<AdditionalSense> all = new TreeSet<>(texts.keySet());
        for (Range range : ranges) {
            for (int ascq = range.from(); ascq <= range.to(); ascq++) {
                all.add(new AdditionalSense(range.asc(), ascq));
            }
        }
        return List.copyOf(all);
    }

    private static String letters(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
