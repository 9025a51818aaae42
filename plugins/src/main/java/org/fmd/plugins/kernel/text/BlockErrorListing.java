// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.fmd.plugins.kernel.observation.Observation;

/**
 * Tables that are understood and say nothing: disk errors as rasdaemon keeps them, whose device numbers are those of the
 * kernel's inside and whose errors are made of completions that were no failures, and the error log of an NVMe disk, which
 * has no times.
 */
final class BlockErrorListing implements ProgramReader.Listing {
    private static final Pattern RASDAEMON = Pattern.compile(
            "\\d{1,12} \\d{4}-\\d\\d-\\d\\d [\\d:]{8} [+-]\\d{4} error: dev=\\d{1,6}:\\d{1,9}, .{0,300}");
    private static final Pattern NVME = Pattern.compile(
            "\\d{1,4}\\s+\\d{1,12}\\s+\\d{1,6}\\s+0x\\p{XDigit}{4}\\s+0x\\p{XDigit}{4}\\s+0x\\p{XDigit}{3,4}\\s+\\d{1,20}\\s+.{0,200}");

    @Override
    public Optional<List<Observation>> read(String line) {
        String row = line.strip();
        return RASDAEMON.matcher(row).matches() || NVME.matcher(row).matches()
                ? Optional.of(List.of())
                : Optional.empty();
    }
}
