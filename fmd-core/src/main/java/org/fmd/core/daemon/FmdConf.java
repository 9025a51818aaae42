// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the configuration files and the command line set, not yet checked against what can be set (fmd reference §3.3).
 *
 * <pre>
 *   # a comment
 *   setprop log.minfree 2m            # of the daemon, in fmd.conf
 *   setprop disk-retire:mode auto     # of a module, in fmd.conf
 *   setprop mode "auto"               # of the module disk-retire, in conf.d/disk-retire.conf
 * </pre>
 *
 * <p>A later setting counts: the files of {@code conf.d} after {@code fmd.conf}, the command line last.
 */
public final class FmdConf {
    /** The name under which the daemon's own properties are kept. */
    public static final String DAEMON = "fmd";

    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\"#][^\\s#]*)|(#.*)|(\")");

    private final Map<String, Map<String, Setting>> settings = new TreeMap<>();
    private final Problems problems;

    /**
     * A value as it was written.
     *
     * @param place file and line, or the command line
     */
    public record Setting(String text, String place) {}

    private FmdConf(Problems problems) {
        this.problems = problems;
    }

    /** Returns what nothing is set by. */
    public static FmdConf none(Problems problems) {
        return new FmdConf(problems);
    }

    /**
     * Reads the main file and the files {@code *.conf} of the folder {@code conf.d} beside it, none of which must exist.
     *
     * @param options {@code name=value} or {@code module:name=value} of the command line
     */
    public static FmdConf read(Path main, List<String> options, Problems problems) {
        FmdConf conf = new FmdConf(problems);
        conf.readFile(main, DAEMON);
        Path folder = main.resolveSibling("conf.d");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".conf")) {
                        conf.readFile(file, name.substring(0, name.length() - ".conf".length()));
                    }
                }
            } catch (IOException e) {
                problems.add(folder.toString(), "cannot be read: " + e.getMessage());
            }
        }
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                problems.add("option '" + option + "'", "NAME=VALUE is expected");
            } else {
                conf.set(DAEMON, option.substring(0, equals), option.substring(equals + 1), "option '" + option + "'");
            }
        }
        return conf;
    }

    /** Returns what was set for a module, by name of the property. */
    public Map<String, Setting> of(String module) {
        return settings.getOrDefault(module, Map.of());
    }

    /** Returns the names of all modules that something was set for, the daemon among them. */
    public List<String> modules() {
        return List.copyOf(settings.keySet());
    }

    private void readFile(Path file, String module) {
        if (!Files.exists(file)) {
            return;
        }
        try {
            int number = 0;
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                readLine(line, module, file + ":" + ++number);
            }
        } catch (IOException e) {
            problems.add(file.toString(), "cannot be read: " + e.getMessage());
        }
    }

    private void readLine(String line, String module, String place) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            if (word.group(4) != null) {
                problems.add(place, "a quote is not closed");
                return;
            }
            if (word.group(1) != null) {
                words.add(word.group(1).replaceAll("\\\\(.)", "$1"));
            } else if (word.group(2) != null) {
                words.add(word.group(2));
            }
        }
        if (words.isEmpty()) {
            return;
        }
        if (!words.get(0).equals("setprop")) {
            problems.add(place, "unknown word '" + words.get(0) + "'; 'setprop NAME VALUE' is expected");
        } else if (words.size() != 3) {
            problems.add(place, "'setprop NAME VALUE' is expected; a value with blanks stands in quotes");
        } else {
            set(module, words.get(1), words.get(2), place);
        }
    }

    private void set(String module, String name, String text, String place) {
        int colon = name.indexOf(':');
        String owner = colon < 0 ? module : name.substring(0, colon);
        settings.computeIfAbsent(owner, m -> new HashMap<>()).put(name.substring(colon + 1), new Setting(text, place));
    }
}
