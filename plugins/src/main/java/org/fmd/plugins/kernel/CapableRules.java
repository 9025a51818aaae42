// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose ereports are switched off, property {@code fm-capable}: {@code driver=usb-storage off; all on}. The first rule that
 * fits counts; a device that none fits is on.
 *
 * @param problems what is wrong with rules that were left out, each with place and remedy
 */
record CapableRules(List<Rule> rules, List<String> problems) {
    private static final Set<String> SELECTORS = Set.of("driver", "path", "devid", "vendor", "product");
    private static final Pattern RULE = Pattern.compile("(?:[^;']|'[^']*')+|'|;");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s']|'[^']*')+");

    /** A device as rules see it; what is not known of it fits no rule. */
    record Device(
            String path,
            @Nullable String devid,
            @Nullable String vendor,
            @Nullable String product,
            Set<String> drivers) {}

    private record Term(String selector, String value) {
        boolean fits(Device device) {
            return switch (selector) {
                case "driver" ->
                    device.drivers().stream().anyMatch(name -> glob(value.replace('_', '-'), name.replace('_', '-')));
                case "path" -> leads(device.path());
                case "devid" -> device.devid() != null && glob(value, device.devid());
                case "vendor" -> ignoringCase(device.vendor());
                default -> ignoringCase(device.product());
            };
        }

        private boolean ignoringCase(@Nullable String text) {
            return text != null
                    && glob(value.toLowerCase(Locale.ROOT), text.strip().toLowerCase(Locale.ROOT));
        }

        /** Whether the value fits the path or what stands before one of its slashes. */
        private boolean leads(String path) {
            for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
                if (glob(value, path.substring(0, end))) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A rule as it was written; no terms: everything. */
    record Rule(String text, List<Term> terms, boolean on) {
        boolean fits(Device device) {
            return terms.stream().allMatch(term -> term.fits(device));
        }
    }

    /** Reads the property; a rule that cannot be read becomes a problem, and the others count. */
    static CapableRules parse(String property) {
        List<Rule> rules = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Matcher parts = RULE.matcher(property);
        int number = 0;
        while (parts.find()) {
            String text = parts.group().strip();
            if (text.isEmpty() || text.equals(";")) {
                continue;
            }
            number++;
            try {
                rules.add(rule(text));
            } catch (IllegalArgumentException e) {
                problems.add(KernelChannel.NAME + ":fm-capable, rule " + number + " '" + text + "' is left out: "
                        + e.getMessage());
            }
        }
        return new CapableRules(List.copyOf(rules), List.copyOf(problems));
    }

    private static Rule rule(String text) {
        if (text.chars().filter(c -> c == '\'').count() % 2 != 0) {
            throw new IllegalArgumentException("an apostrophe is not closed");
        }
        List<String> words = WORD.matcher(text).results().map(r -> r.group()).toList();
        String last = words.get(words.size() - 1);
        if (words.size() < 2 || !(last.equals("on") || last.equals("off"))) {
            throw new IllegalArgumentException("a rule is SELECTOR=VALUE, then on or off: 'driver=usb-storage off'");
        }
        List<Term> terms = new ArrayList<>();
        for (String word : words.subList(0, words.size() - 1)) {
            if (!word.equals("all")) {
                terms.add(term(word));
            } else if (words.size() > 2) {
                throw new IllegalArgumentException("'all' stands alone: 'all off'");
            }
        }
        return new Rule(text, List.copyOf(terms), last.equals("on"));
    }

    private static Term term(String word) {
        int equals = word.indexOf('=');
        String selector = equals < 0 ? word : word.substring(0, equals);
        String value = word.substring(equals + 1).replace("'", "");
        if (equals < 0 || !SELECTORS.contains(selector) || value.isEmpty()) {
            throw new IllegalArgumentException("'" + word
                    + "' selects nothing; write driver=, path=, devid=, vendor= or product= with a value, or all");
        }
        if (selector.equals("path")) {
            value = value.replaceFirst("^/sys(?=/)", "").replaceFirst("(?<=.)/$", "");
            if (!value.startsWith("/devices") && !value.startsWith("*")) {
                throw new IllegalArgumentException(
                        "a device path begins with /devices; 'udevadm info -q path -n sdX' tells it");
            }
        }
        return new Term(selector, value);
    }

    /** Whether the text is as the pattern says: {@code *} any characters, {@code ?} one. Never slower than their product. */
    private static boolean glob(String pattern, String text) {
        int p = 0;
        int star = -1;
        int from = 0;
        int t = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                from = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Whether nothing is switched off. */
    boolean allOn() {
        return rules.stream().allMatch(Rule::on);
    }

    boolean isOff(Device device) {
        return rules.stream().filter(rule -> rule.fits(device)).findFirst().stream()
                .anyMatch(rule -> !rule.on());
    }

    /** Returns what an administrator is to know: what is off, and which rules are bad; empty if there is nothing. */
    Optional<String> notice() {
        List<String> told = new ArrayList<>();
        if (!allOn()) {
            told.add("telemetry is off by fm-capable, the first match counts: "
                    + rules.stream().map(Rule::text).collect(Collectors.joining(", ")));
        }
        told.addAll(problems);
        return told.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", told));
    }
}
