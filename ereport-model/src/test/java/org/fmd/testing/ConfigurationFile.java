// SPDX-License-Identifier: Apache-2.0
package org.fmd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A configuration file as it is delivered: each property with a comment above it and its default commented out, so that the
 * file sets nothing.
 *
 * <pre>
 *   # How long the kernel is given to carry out a step
 *   #setprop deadline 30s
 * </pre>
 */
public final class ConfigurationFile {
    private static final Pattern DEFAULT = Pattern.compile("#setprop (\\S+) (?:\"([^\"]*)\"|([^\\s\"#]+))");

    /** A default, and what the file says about the property. */
    public record Entry(String name, String defaultText, String comment) {}

    private ConfigurationFile() {}

    /**
     * Returns the defaults of a file.
     *
     * @param name below {@code etc/conf}, for instance {@code conf.d/eft.conf}
     * @throws IllegalArgumentException if the file sets something, or a property has no comment
     */
    public static List<Entry> entries(String name) {
        List<Entry> entries = new ArrayList<>();
        String comment = "";
        for (String line : lines(Fixtures.project("etc/conf/" + name))) {
            Matcher property = DEFAULT.matcher(line);
            if (property.matches()) {
                if (comment.isBlank()) {
                    throw new IllegalArgumentException(name + ": no comment above '" + line + "'");
                }
                String quoted = property.group(2);
                entries.add(new Entry(property.group(1), quoted != null ? quoted : property.group(3), comment));
                comment = "";
            } else if (line.startsWith("# ")) {
                comment += line.substring(1);
            } else if (line.isBlank()) {
                comment = "";
            } else if (!line.equals("#")) {
                throw new IllegalArgumentException(name + ": neither a comment nor a default: '" + line + "'");
            }
        }
        return entries;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
