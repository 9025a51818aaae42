// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.nv.NvList;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.PartReported;
import org.fmd.plugins.kernel.observation.PartEvent;

/** Lines of open-iscsi's daemon. The kernel does not say that a connection is back; the daemon does. */
final class Iscsid {
    private static final Pattern BACK = Pattern.compile(
            "(?:iscsid: )?(connection\\d{1,9}:\\d{1,9}) is operational (?:after recovery \\(\\d{1,9} attempts?\\)|now).{0,60}");
    private static final Pattern ERROR = Pattern.compile(
            "(?:iscsid: )?Kernel reported iSCSI connection (\\d{1,9}:\\d{1,9}) error \\((\\d{1,9})\\b.{0,200}");

    private Iscsid() {}

    static List<Observation> read(String text) {
        Matcher back = BACK.matcher(text);
        if (back.matches()) {
            return List.of(new PartReported(
                    back.group(1),
                    PartEvent.ISCSI_CONNECTION_RESTORED,
                    NvList.builder().string("msg", text).build()));
        }
        Matcher error = ERROR.matcher(text);
        if (error.matches()) {
            NvList facts = NvList.builder()
                    .uint32("error", Long.parseLong(error.group(2)) & 0xffffffffL)
                    .string("msg", text)
                    .build();
            return List.of(new PartReported("connection" + error.group(1), PartEvent.ISCSI_CONNECTION_ERROR, facts));
        }
        return List.of();
    }
}
