// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Who wrote a log file, and where: it stands in the header so that a file copied off a dead host still says whose it is.
 * Each text is cut to {@value #MAX_TEXT} characters.
 *
 * @param creator program and version, such as {@code fmd 1.0}
 * @param host node name
 * @param osRelease kernel release, such as {@code 6.1.0-18-amd64}
 * @param osVersion kernel version line
 * @param platform machine, such as {@code amd64}
 */
public record LogOrigin(String creator, String host, String osRelease, String osVersion, String platform) {

    private static final int MAX_TEXT = 200;

    public LogOrigin {
        creator = cut(creator);
        host = cut(host);
        osRelease = cut(osRelease);
        osVersion = cut(osVersion);
        platform = cut(platform);
    }

    /** This host, as {@code /proc/sys/kernel} describes it; {@code unknown} for what cannot be read. */
    public static LogOrigin ofThisHost(String creator) {
        Path kernel = Path.of("/proc/sys/kernel");
        return new LogOrigin(
                creator,
                line(kernel.resolve("hostname")),
                line(kernel.resolve("osrelease")),
                line(kernel.resolve("version")),
                System.getProperty("os.arch", "unknown").toLowerCase(Locale.ROOT));
    }

    private static String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException | RuntimeException e) {
            return "unknown";
        }
    }

    private static String cut(String text) {
        if (text.length() <= MAX_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end);
    }
}
