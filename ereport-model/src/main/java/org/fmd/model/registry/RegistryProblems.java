// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with a file, each with its line. Belongs to one reading. */
final class RegistryProblems {
    private record Problem(int line, String text) {}

    private final String file;
    private final List<Problem> all = new ArrayList<>();

    RegistryProblems(String file) {
        this.file = file;
    }

    void add(int line, String text) {
        all.add(new Problem(line, text));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** In the order of the file. */
    List<String> toList() {
        return all.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> file + ":" + problem.line() + ": " + problem.text())
                .toList();
    }
}
