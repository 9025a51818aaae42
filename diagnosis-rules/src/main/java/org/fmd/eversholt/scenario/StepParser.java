// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.eft.RunFiles;
import org.fmd.eversholt.eft.SimTime;
import org.fmd.eversholt.scenario.Expected.Coming;
import org.fmd.eversholt.scenario.Expected.Kind;
import org.fmd.eversholt.scenario.Expected.SuspectLine;
import org.fmd.eversholt.scenario.Row.Word;
import org.fmd.eversholt.scenario.Scenario.Input;
import org.fmd.eversholt.syntax.NearNames;
import org.fmd.eversholt.syntax.Span;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one scenario.
 *
 * <pre>
 *   TIME [every TIME N times] CLASS [PATH | devid:ID | device-path:ID | target-port:ID] [NAME=VALUE...]
 *   TIME repaired PATH...
 *
 *   TIME diagnosis [#N...]            followed by all suspects:
 *        CERTAINTY% CLASS@PATH [NAME=VALUE...]
 *   TIME undiagnosable [REASON] [#N...]
 *   TIME upset CLASS@PATH [#N...]     closed, since it was this upset
 *   TIME closed [#N...]               closed, nothing serious
 *   TIME fired ENGINE@PATH
 *   TIME counts N ENGINE@PATH
 *   TIME duplicate
 *   TIME discarded [#N...]
 *   TIME error [WORD]
 *   TIME waits [until TIME]
 *   TIME quiet
 *   nothing [until TIME]
 * </pre>
 */
final class StepParser {
    private static final Pattern CERTAINTY = Pattern.compile("([0-9]{1,3})%");
    private static final Pattern NUMBERS = Pattern.compile("#([0-9]{1,6})(?:(?:-|\\.\\.)#?([0-9]{1,6}))?");
    private static final Set<String> OWN = Set.of("asru", "fru", "message", "retire", "response");
    private static final List<String> WORDS = List.of(
            "repaired",
            "diagnosis",
            "undiagnosable",
            "upset",
            "closed",
            "fired",
            "counts",
            "duplicate",
            "discarded",
            "error",
            "waits",
            "quiet",
            "every");
    private static final int MOST = 100_000;

    private final List<Finding> findings;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Expected> expected = new ArrayList<>();
    private @Nullable List<SuspectLine> suspects;

    StepParser(List<Finding> findings) {
        this.findings = findings;
    }

    List<Input> inputs() {
        return inputs;
    }

    List<Expected> expected() {
        return expected;
    }

    /** Whether the line looks like one of a scenario. */
    boolean begins(Row row) {
        String first = row.first().text();
        return first.equals("nothing")
                || SimTime.parse(first).isPresent()
                || CERTAINTY.matcher(first).matches();
    }

    void take(Row row) {
        Matcher certainty = CERTAINTY.matcher(row.first().text());
        if (certainty.matches()) {
            suspect(row, Integer.parseInt(certainty.group(1)));
            return;
        }
        suspects = null;
        if (row.first().text().equals("nothing")) {
            expected.add(new Expected.Silence(until(row, 1), row.span()));
            return;
        }
        long nanos = SimTime.parse(row.first().text()).orElse(0);
        if (row.words().size() < 2) {
            findings.add(new Finding(row.span(), "a time, and nothing that happens then"));
            return;
        }
        Word verb = row.words().get(1);
        switch (verb.text()) {
            case "every" -> repeated(nanos, row);
            case "repaired" -> repaired(nanos, row);
            case "waits" -> expected.add(new Expected.Standing(true, nanos, until(row, 2), row.span()));
            case "quiet" -> {
                nothingAfter(row, 2);
                expected.add(new Expected.Standing(false, nanos, null, row.span()));
            }
            case "counts" -> counts(nanos, row);
            default -> {
                Kind kind = kind(verb.text());
                if (kind != null) {
                    coming(kind, nanos, row);
                } else if (verb.text().startsWith("ereport.")) {
                    ereport(nanos, row.from(1), row.span());
                } else {
                    findings.add(new Finding(
                            verb.span(),
                            "expected an ereport class, or what is expected then"
                                    + NearNames.hint(verb.text(), WORDS)));
                }
            }
        }
    }

    private static @Nullable Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        return null;
    }

    private void nothingAfter(Row row, int index) {
        if (row.words().size() > index) {
            findings.add(new Finding(row.words().get(index).span(), "expected nothing more on this line"));
        }
    }

    private @Nullable Long until(Row row, int index) {
        if (row.words().size() <= index) {
            return null;
        }
        OptionalLong time = row.words().size() < index + 2
                ? OptionalLong.empty()
                : SimTime.parse(row.words().get(index + 1).text());
        if (!row.words().get(index).text().equals("until") || time.isEmpty()) {
            findings.add(new Finding(row.words().get(index).span(), "expected 'until' and a time"));
            return null;
        }
        nothingAfter(row, index + 2);
        return time.getAsLong();
    }

    private void repeated(long nanos, Row row) {
        List<Word> words = row.words();
        OptionalLong every = words.size() < 6
                ? OptionalLong.empty()
                : SimTime.parse(words.get(2).text());
        boolean wellFormed = every.isPresent()
                && words.get(3).text().matches("[0-9]{1,6}")
                && words.get(4).text().equals("times");
        if (!wellFormed) {
            findings.add(new Finding(
                    words.get(1).span(),
                    "expected 'every TIME N times CLASS', for instance 'every 10s" + " 11 times ereport.x'"));
            return;
        }
        int times = Integer.parseInt(words.get(3).text());
        if (times > MOST) {
            findings.add(new Finding(words.get(3).span(), "more than " + MOST + " times"));
            return;
        }
        for (int i = 0; i < times; i++) {
            ereport(nanos + i * every.getAsLong(), row.from(5), row.span());
        }
    }

    private void ereport(long nanos, List<Word> words, Span span) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("class", words.get(0).text());
        int members = 1;
        if (words.size() > 1 && words.get(1).text().indexOf('=') < 0) {
            String by = words.get(1).text();
            int colon = by.indexOf(':');
            String name = colon < 0 ? "path" : by.substring(0, colon);
            if (!Set.of("path", "devid", "device-path", "target-port").contains(name)) {
                findings.add(
                        new Finding(words.get(1).span(), "expected a component, devid:, device-path: or target-port:"));
                return;
            }
            input.put("detector", Map.of(name, by.substring(colon + 1)));
            members = 2;
        }
        int before = findings.size();
        input.put("payload", Members.of(words.subList(members, words.size()), findings));
        if (findings.size() == before) {
            add(input, nanos, span);
        }
    }

    private void repaired(long nanos, Row row) {
        if (row.words().size() < 3) {
            findings.add(new Finding(row.span(), "expected the components that are repaired"));
            return;
        }
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("class", "list.repaired");
        input.put("resources", row.from(2).stream().map(Word::text).toList());
        add(input, nanos, row.span());
    }

    private void add(Map<String, Object> input, long nanos, Span span) {
        try {
            inputs.add(new Input(RunFiles.input(input, nanos, "here"), span));
        } catch (IllegalArgumentException e) {
            findings.add(new Finding(span, String.valueOf(e.getMessage())));
        }
    }

    private void counts(long nanos, Row row) {
        List<Word> words = row.words();
        if (words.size() != 4
                || !words.get(2).text().matches("[0-9]{1,9}")
                || !isEvent(words.get(3).text())) {
            findings.add(new Finding(row.span(), "expected 'counts N ENGINE@PATH'"));
            return;
        }
        expected.add(new Expected.Counting(
                nanos, words.get(3).text(), Long.parseLong(words.get(2).text()), row.span()));
    }

    private void coming(Kind kind, long nanos, Row row) {
        String about = "";
        Set<Integer> ereports = null;
        for (Word word : row.from(2)) {
            Matcher numbers = NUMBERS.matcher(word.text());
            if (numbers.matches()) {
                ereports = ereports == null ? new TreeSet<>() : ereports;
                numbers(numbers, word, ereports);
            } else if (about.isEmpty()) {
                about = word.text();
            } else {
                findings.add(new Finding(word.span(), "expected numbers of ereports such as #1 or #2-#4"));
            }
        }
        boolean event = kind == Kind.UPSET || kind == Kind.FIRED;
        boolean silent = kind == Kind.DIAGNOSIS || kind == Kind.CLOSED || kind == Kind.DUPLICATE;
        if (event && !isEvent(about)) {
            findings.add(new Finding(row.span(), "expected '" + kind.word() + " CLASS@PATH'"));
        } else if (silent && !about.isEmpty()) {
            findings.add(new Finding(row.words().get(2).span(), "expected numbers of ereports such as #1 or #2-#4"));
        }
        List<SuspectLine> lines = new ArrayList<>();
        suspects = kind == Kind.DIAGNOSIS ? lines : null;
        if (kind == Kind.DISCARDED && ereports != null) {
            for (int number : ereports) {
                expected.add(new Coming(kind, nanos, about, Set.of(number), lines, row.span()));
            }
        } else {
            expected.add(new Coming(kind, nanos, about, ereports, lines, row.span()));
        }
    }

    private void numbers(Matcher numbers, Word word, Set<Integer> into) {
        int first = Integer.parseInt(numbers.group(1));
        int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
        if (first < 1 || last > inputs.size() || last < first) {
            findings.add(new Finding(
                    word.span(),
                    "ereports and repairs have numbers from #1 on; up to here there are " + inputs.size()));
            return;
        }
        for (int i = first; i <= last; i++) {
            into.add(i);
        }
    }

    private static boolean isEvent(String text) {
        int at = text.indexOf('@');
        return at > 0 && at + 1 < text.length();
    }

    private void suspect(Row row, int certainty) {
        List<SuspectLine> list = suspects;
        if (list == null) {
            findings.add(new Finding(row.span(), "a suspect stands below its diagnosis"));
            return;
        }
        String event = row.words().size() < 2 ? "" : row.words().get(1).text();
        String path = event.substring(event.indexOf('@') + 1);
        if (!isEvent(event) || TopoPath.parse(path).equals(Optional.empty())) {
            findings.add(new Finding(
                    row.span(), "expected 'CERTAINTY% CLASS@PATH', for instance 100% fault.x@chassis0/disk3"));
            return;
        }
        Map<String, String> own = new LinkedHashMap<>();
        Map<String, Object> payload = new LinkedHashMap<>();
        Members.of(row.from(2), findings).forEach((name, value) -> {
            if (OWN.contains(name)) {
                own.put(name, flag(String.valueOf(value)));
            } else {
                payload.put(name, value);
            }
        });
        list.add(new SuspectLine(certainty, event, own, payload, row.span()));
    }

    private static String flag(String text) {
        return switch (text) {
            case "0", "no" -> "false";
            case "1", "yes" -> "true";
            default -> text;
        };
    }
}
