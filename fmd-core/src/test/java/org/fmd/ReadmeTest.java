// SPDX-License-Identifier: Apache-2.0
package org.fmd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.fmd.testing.Fixtures;
import org.junit.jupiter.api.Test;

/** What the README points at is there. */
class ReadmeTest {
    private static final Pattern LINK = Pattern.compile("\\[[^]]+]\\(([^):]+)\\)");
    private static final Pattern MODULE_ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|.*\\.jar` \\|");
    private static final Pattern PAGE = Pattern.compile("`([a-z.-]+)\\(([0-9])\\)`");

    private final String text;

    ReadmeTest() throws IOException {
        text = Files.readString(Fixtures.project("README.md"));
    }

    private static List<String> found(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher each = pattern.matcher(text);
        while (each.find()) {
            found.add(each.group(1));
        }
        return found;
    }

    @Test
    void everyLinkLeadsToAFile() {
        List<String> links = found(LINK, text);
        assertTrue(links.size() > 5, "links: " + links);
        links.forEach(Fixtures::project);
    }

    @Test
    void everyModuleStandsInTheTable() throws IOException {
        Set<String> delivered = new TreeSet<>();
        try (Stream<Path> files = Files.list(Fixtures.project("etc/conf/conf.d"))) {
            files.forEach(file -> delivered.add(file.getFileName().toString().replaceAll("\\.conf$", "")));
        }
        assertEquals(delivered, new TreeSet<>(found(MODULE_ROW, text)));
    }

    @Test
    void everyManualPageThatIsNamedIsThere() {
        Matcher page = PAGE.matcher(text);
        while (page.find()) {
            Fixtures.project("etc/man/man" + page.group(2) + "/" + page.group(1) + "." + page.group(2));
        }
    }
}
