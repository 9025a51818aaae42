// SPDX-License-Identifier: Apache-2.0
package org.fmd.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected outputs in files; {@code -Dgolden.accept=true} writes them anew, and the difference is reviewed as code is. */
public final class Golden {
    private Golden() {}

    public static void assertMatches(Path expected, String actual) {
        try {
            if (Boolean.getBoolean("golden.accept")) {
                Files.createDirectories(expected.getParent());
                Files.writeString(expected, actual);
            }
            assertEquals(Files.exists(expected) ? Files.readString(expected) : "", actual, "golden file " + expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
