// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.scsi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Octets and fixture rows for the tests of this package. */
final class Hex {
    private Hex() {}

    static Octets octets(String hex) {
        return Octets.parse(hex).toOptional().orElseThrow();
    }

    static SenseData sense(String hex) {
        return SenseData.parse(octets(hex)).toOptional().orElseThrow();
    }

    static Cdb cdb(String hex) {
        return Cdb.parse(hex).toOptional().orElseThrow();
    }

    /** Rows of a fixture without comments, split at " | ". */
    static List<String[]> rows(String name) throws IOException {
        return Files.readAllLines(Path.of(System.getProperty("fmd.fixtures"), "scsi", name)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", -1))
                .toList();
    }
}
