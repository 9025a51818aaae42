// SPDX-License-Identifier: Apache-2.0
package org.fmd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the manual as a test reads it: what heads its paragraphs.
 *
 * <pre>
 *   .SS check                                        a section: everything up to the next .SS or .SH
 *   .TP
 *   .BR \-j ", " \-\-json                            a paragraph about the options -j and --json
 *   .TP
 *   \fBmode\fR (dry\-run, off; default dry\-run)     a paragraph about the property mode
 * </pre>
 *
 * @param name for instance {@code man8/fmd.8}
 * @param lines the page as it is written
 */
public record ManualPage(String name, List<String> lines) {
    private static final Pattern OPTION = Pattern.compile("(?<![A-Za-z0-9-])--?[A-Za-z][A-Za-z-]*");
    private static final Pattern PROPERTY = Pattern.compile("(\\S+) \\((.+); default (.+)\\)");

    /**
     * What a heading says of a property.
     *
     * @param kind the type in lower case, or the words to choose from with commas between
     * @param defaultText empty where the page says {@code empty}
     */
    public record Property(String name, String kind, String defaultText) {}

    public static ManualPage read(String name) {
        try {
            return new ManualPage(name, Files.readAllLines(Fixtures.project("etc/man/" + name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the titles of the subsections. */
    public List<String> subsections() {
        return lines.stream()
                .filter(line -> line.startsWith(".SS "))
                .map(line -> plain(line.substring(4)))
                .toList();
    }

    /** Returns the part of the page below a title of a section or subsection; empty if there is no such title. */
    public ManualPage section(String title) {
        List<String> part = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith(".SS ") || line.startsWith(".SH ")) {
                inside = plain(line.substring(4)).equals(title);
            } else if (inside) {
                part.add(line);
            }
        }
        return new ManualPage(name + ", " + title, part);
    }

    /** Returns the options that head a paragraph. */
    public Set<String> options() {
        Set<String> names = new TreeSet<>();
        for (String heading : headings()) {
            Matcher option = OPTION.matcher(heading);
            while (option.find()) {
                names.add(option.group());
            }
        }
        return names;
    }

    /** Returns the properties that head a paragraph, in the order of the page. */
    public List<Property> properties() {
        List<Property> properties = new ArrayList<>();
        for (String heading : headings()) {
            Matcher property = PROPERTY.matcher(heading);
            if (property.matches()) {
                String value = property.group(3);
                properties.add(new Property(property.group(1), property.group(2), value.equals("empty") ? "" : value));
            }
        }
        return properties;
    }

    /** The lines behind {@code .TP}, as a reader sees them. */
    private List<String> headings() {
        List<String> headings = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i - 1).equals(".TP")) {
                headings.add(plain(lines.get(i)));
            }
        }
        return headings;
    }

    private static String plain(String troff) {
        return troff.replace("\\-", "-").replaceAll("\\\\f[BIR]", "").replace("\"", "");
    }
}
