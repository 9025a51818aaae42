// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.assess;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.Test;

/** The decision table in the document is the one in the code; {@code -Dgolden.accept=true} writes it. */
class DecisionTableTest {
    private static final String BEGIN = "<!-- decision table: written by DecisionTableTest -->\n";
    private static final String END = "<!-- end of the decision table -->\n";

    @Test
    void standsInTheDocumentAsItIsInTheCode() throws IOException {
        Path document = Fixtures.project("plugins/docs/kernel-channel.md");
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        assertTrue(begin >= 0 && begin < end, "the document has no place for the table");
        Golden.assertMatches(
                document, text.substring(0, begin + BEGIN.length()) + "\n" + table() + "\n" + text.substring(end));
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| | when | class | driver-assessment |\n| --- | --- | --- | --- |\n");
        int number = 1;
        for (List<String> row : AssessmentTable.rows()) {
            table.append("| ").append(number++).append(" | ");
            table.append(row.get(0)).append(" | `").append(row.get(1)).append("` | ");
            table.append(row.get(2)).append(" |\n");
        }
        return table.toString();
    }
}
