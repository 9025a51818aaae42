// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fmd.eversholt.ManualTables;
import org.junit.jupiter.api.Test;

/** The manual's tables of operators, units, reserved words and messages say what the compiler does, both ways. */
class ManualTablesTest {

    @Test
    void theOperatorsAreInTheManualFromTheWeakestToTheStrongest() throws IOException {
        Map<Integer, String> known = new TreeMap<>();
        for (BinaryOp op : BinaryOp.values()) {
            String symbol = switch (op) {
                case CHOOSE -> op.symbol() + " " + BinaryOp.ELSE.symbol();
                case DIVIDE -> op.symbol() + " div";
                default -> op.symbol();
            };
            if (op != BinaryOp.ELSE) {
                known.merge(op.precedence(), op.grouping() + " " + symbol, (a, b) -> a + " " + symbol);
            }
        }
        List<String> expected = new ArrayList<>(known.values());
        expected.add(
                "PREFIX " + Arrays.stream(UnaryOp.values()).map(UnaryOp::symbol).collect(Collectors.joining(" ")));
        List<String> documented = new ArrayList<>();
        for (List<String> row : ManualTables.rows("Operators")) {
            documented.add(
                    row.get(1).toUpperCase(Locale.ROOT) + " " + String.join(" ", ManualTables.words(row.get(0))));
        }
        assertEquals(String.join("\n", expected), String.join("\n", documented));
    }

    @Test
    void theUnitsOfTimeAreInTheManual() throws IOException {
        Map<String, Long> documented = new TreeMap<>();
        for (List<String> row : ManualTables.rows("Units of time")) {
            String[] value = row.get(1).split(" ");
            long nanos = Long.parseLong(value[0]) * (value[1].equals("s") ? 1_000_000_000L : 1);
            ManualTables.words(row.get(0)).forEach(word -> documented.put(word, nanos));
        }
        assertEquals(new TreeMap<>(TimeUnit.all()), documented);
    }

    @Test
    void theReservedWordsAreInTheManual() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (List<String> row : ManualTables.rows("Reserved words")) {
            documented.addAll(ManualTables.words(row.get(0)));
        }
        assertEquals(Lexer.reservedWords(), documented);
    }

    @Test
    void theMessagesAreInTheManualInTheirOrder() throws IOException {
        List<String> known = Arrays.stream(IssueCode.values())
                .map(code -> code.id() + " | " + code.severity().word() + " | " + code.summary())
                .toList();
        List<String> documented = new ArrayList<>();
        for (List<String> row : ManualTables.rows("Messages")) {
            documented.add(String.join(" | ", row));
        }
        assertEquals(String.join("\n", known), String.join("\n", documented));
    }
}
