// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.fmd.eversholt.ManualTables;
import org.fmd.eversholt.syntax.Dialect;
import org.junit.jupiter.api.Test;

/** The manual's tables of properties and functions say what the compiler does, both ways. */
class ManualTablesTest {

    @Test
    void thePropertiesOfEachKindAreInTheManual() throws IOException {
        Set<String> known = new TreeSet<>();
        Stream.concat(Arrays.stream(EventKind.values()).map(EventKind::word), Stream.of("serd", "stat", "fru", "asru"))
                .forEach(kind -> PropertyTable.allowed(kind, Dialect.OURS)
                        .forEach((name, type) -> known.add(kind + " " + name + ": " + type.words())));
        Set<String> documented = new TreeSet<>();
        for (List<String> row : ManualTables.rows("Properties")) {
            for (String kind : row.get(0).split(", ")) {
                documented.add(kind + " " + String.join(" ", ManualTables.words(row.get(1))) + ": " + row.get(2));
            }
        }
        assertEquals(lines(known), lines(documented));
    }

    @Test
    void theFunctionsAreInTheManualInTheirOrder() throws IOException {
        List<String> known = new ArrayList<>();
        for (Function function : Function.values()) {
            String when = function.when().name().toLowerCase(Locale.ROOT);
            known.add(function.word() + " | " + arguments(function) + " | " + when);
        }
        List<String> documented = new ArrayList<>();
        for (List<String> row : ManualTables.rows("Functions")) {
            documented.add(String.join(" ", ManualTables.words(row.get(0))) + " | " + row.get(1) + " | " + row.get(2));
        }
        assertEquals(lines(known), lines(documented));
    }

    private static String arguments(Function function) {
        StringBuilder arguments = new StringBuilder();
        boolean many = function.most() == Integer.MAX_VALUE;
        for (int i = 0; i < (many ? function.least() : function.most()); i++) {
            String shape = function.shape(i).name().toLowerCase(Locale.ROOT).replace('_', ' ');
            boolean optional = i >= function.least();
            arguments
                    .append(i == 0 ? "" : optional ? " [, " : ", ")
                    .append(shape)
                    .append(optional ? "]" : "");
        }
        return arguments + (many ? ", …" : "");
    }

    private static String lines(Iterable<String> texts) {
        return String.join("\n", texts);
    }
}
