// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The reference tables of {@code docs/language.md}. */
public final class ManualTables {
    private ManualTables() {}

    /** The cells of each row of the table under a heading of the third level, without its head. */
    public static List<List<String>> rows(String heading) throws IOException {
        return Files.readAllLines(Path.of("docs", "language.md")).stream()
                .dropWhile(line -> !line.equals("### " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("#"))
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|"))
                        .map(cell -> cell.strip().replace("\\|", "|"))
                        .toList())
                .toList();
    }

    /** The words between backquotes in a cell. */
    public static List<String> words(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
