// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.MultipathPath;
import org.fmd.plugins.kernel.observation.Observation.PartReported;
import org.fmd.plugins.kernel.observation.PartEvent;
import org.jspecify.annotations.Nullable;

/** Lines of multipathd: its checkers see a path fail before a request does. */
final class Multipathd {
    private static final Pattern CHECKER = Pattern.compile(
            "(?:([\\w.-]{1,128}): )?(sd[a-z]{1,8}|dasd[a-z]{1,8}) - \\w{1,20} checker reports path is (down|up).{0,60}");
    private static final Pattern FAILED =
            Pattern.compile("checker failed path (\\d{1,5}:\\d{1,7}) in map ([\\w.-]{1,128})");
    private static final Pattern BACK = Pattern.compile("(?:[\\w.-]{1,128}: )?(\\d{1,5}:\\d{1,7}): reinstated.{0,60}");
    private static final Pattern REMAINING =
            Pattern.compile("([\\w.-]{1,128}): remaining active paths: (\\d{1,6}).{0,60}");

    private Multipathd() {}

    static List<Observation> read(String text) {
        Matcher checker = CHECKER.matcher(text);
        if (checker.matches()) {
            PartEvent event = checker.group(3).equals("down") ? PartEvent.PATH_FAILED : PartEvent.PATH_RESTORED;
            return List.of(new PartReported(checker.group(2), event, map(checker.group(1), text)));
        }
        Matcher failed = FAILED.matcher(text);
        if (failed.matches()) {
            return List.of(new MultipathPath(failed.group(2), failed.group(1), true));
        }
        Matcher back = BACK.matcher(text);
        if (back.matches()) {
            return List.of(new MultipathPath("", back.group(1), false));
        }
        Matcher remaining = REMAINING.matcher(text);
        if (remaining.matches() && Integer.parseInt(remaining.group(2)) == 0) {
            return List.of(new PartReported(remaining.group(1), PartEvent.SERVICE_LOST, NvList.EMPTY));
        }
        return List.of();
    }

    private static NvList map(@Nullable String name, String text) {
        NvList.Builder facts = NvList.builder().string("msg", text);
        return name == null ? facts.build() : facts.string("map", name).build();
    }
}
