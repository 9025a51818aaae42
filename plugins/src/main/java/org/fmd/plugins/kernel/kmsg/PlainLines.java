// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.kmsg;

import java.util.List;
import java.util.regex.Matcher;
import org.fmd.plugins.kernel.kmsg.KmsgLines.Form;
import org.fmd.plugins.kernel.observation.BlockErrorKind;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.BlockError;
import org.fmd.plugins.kernel.observation.Observation.IscsiConnectionFailed;
import org.fmd.plugins.kernel.observation.Observation.IscsiSessionLost;
import org.fmd.plugins.kernel.observation.Observation.MdMemberFailed;
import org.fmd.plugins.kernel.observation.Observation.MdReported;
import org.fmd.plugins.kernel.observation.Observation.MessagesSuppressed;
import org.fmd.plugins.kernel.observation.Observation.MultipathPath;
import org.fmd.plugins.kernel.observation.Observation.NvmeCommandFailed;
import org.jspecify.annotations.Nullable;

/** Lines without a device in front: block layer, md, device-mapper, iSCSI, NVMe (kernel channel reference §4). A table. */
final class PlainLines {
    static final List<Form<String>> TABLE = List.of(
            // "end_request: " up to 3.x, "blk_update_request: " and "print_req_error: " after it, nothing from 5.17 on.
            Form.of(
                    "(?:end_request: |blk_update_request: |print_req_error: )?([A-Za-z][A-Za-z/ ]{1,30}) error, dev ([\\w-]{1,32}), sector (\\d{1,20})(?: op 0x(\\p{XDigit}{1,4}):\\(\\w{1,32}\\))?(?: flags \\p{XDigit}{1,8}| flags 0x\\p{XDigit}{1,8})?(?: phys_seg \\d{1,10})?(?: prio class -?\\d{1,10})?\\s*",
                    (m, l) -> blockError(m)),
            Form.of(
                    "([\\w-]{1,32}): (\\d{1,18}) callbacks suppressed\\s*",
                    (m, l) -> new MessagesSuppressed(m.group(1), Long.parseLong(m.group(2)))),
            Form.of(
                    "md/[\\w-]{1,16}:([\\w-]{1,32}): Disk failure on ([\\w-]{1,32}), disabling device\\..{0,200}",
                    (m, l) -> new MdMemberFailed(m.group(1), m.group(2))),
            Form.of("md/[\\w-]{1,16}:([\\w-]{1,32}): (\\S.{0,300})", (m, l) -> new MdReported(m.group(1), m.group(2))),
            Form.of(
                    "md: (?:super_written gets error=.{1,40}|.{1,20} of RAID array (md\\w{1,20}))\\s*",
                    (m, l) -> new MdReported(
                            m.group(1) == null ? "" : m.group(1), m.group(0).strip())),
            Form.of(
                    "device-mapper: multipath: (?:(\\d{1,5}:\\d{1,7}): )?(Failing|Reinstating) path (\\d{1,5}:\\d{1,7})\\.\\s*",
                    (m, l) -> new MultipathPath(
                            m.group(1) == null ? "" : m.group(1),
                            m.group(3),
                            m.group(2).equals("Failing"))),
            Form.of(
                    " ?connection(\\d{1,9}:\\d{1,9}): detected conn error \\((\\d{1,9})\\)\\s*",
                    (m, l) -> new IscsiConnectionFailed("connection" + m.group(1), Integer.parseInt(m.group(2)))),
            Form.of(
                    " ?connection(\\d{1,9}:\\d{1,9}): ping timeout of \\d{1,9} secs expired, .{1,200}",
                    (m, l) -> new IscsiConnectionFailed("connection" + m.group(1), 0)),
            Form.of(
                    " ?session(\\d{1,9}): session recovery timed out after (\\d{1,9}) secs\\s*",
                    (m, l) -> new IscsiSessionLost("session" + m.group(1), Integer.parseInt(m.group(2)))),
            Form.of(
                    "(nvme\\d{1,5}(?:c\\d{1,5})?n\\d{1,9}): (?:\\w{1,32}|I/O Cmd)\\(0x(\\p{XDigit}{1,4})\\) @ LBA (\\d{1,20}), (\\d{1,10}) blocks, .{1,80}\\(sct 0x(\\p{XDigit}) / sc 0x(\\p{XDigit}{1,2})\\)(?: \\w{1,8}){0,3}\\s*",
                    (m, l) -> nvme(m)));

    private PlainLines() {}

    /** Returns whether the line can be one of these; most lines of a log are not, and shall cost next to nothing. */
    static boolean isWorthALook(String line) {
        return switch (line.charAt(0)) {
            case ' ' -> line.startsWith(" connection") || line.startsWith(" session");
            case 'c' -> line.startsWith("connection") || isBlockError(line);
            case 's' -> line.startsWith("session") || isSuppression(line);
            case 'd' -> line.startsWith("device-mapper: multipath: ") || isBlockError(line) || isSuppression(line);
            case 'm' -> line.startsWith("md") || isSuppression(line);
            case 'n' -> line.startsWith("nvme") || isBlockError(line);
            default -> isBlockError(line) || isSuppression(line);
        };
    }

    private static boolean isBlockError(String line) {
        return line.contains(" error, dev ");
    }

    private static boolean isSuppression(String line) {
        return line.endsWith(" callbacks suppressed") || line.endsWith(" callbacks suppressed ");
    }

    private static @Nullable Observation blockError(Matcher m) {
        try {
            long sector = Long.parseUnsignedLong(m.group(3));
            int op = m.group(4) == null ? -1 : Integer.parseInt(m.group(4), 16);
            return BlockErrorKind.of(m.group(1))
                    .map(kind -> new BlockError(m.group(2), kind, sector, op))
                    .orElse(null);
        } catch (NumberFormatException e) {
            return null; // 20 digits can be more than 64 bits hold
        }
    }

    private static @Nullable Observation nvme(Matcher m) {
        try {
            int status = Integer.parseInt(m.group(5), 16) << 8 | Integer.parseInt(m.group(6), 16);
            return new NvmeCommandFailed(
                    m.group(1),
                    Integer.parseInt(m.group(2), 16),
                    Long.parseUnsignedLong(m.group(3)),
                    Long.parseLong(m.group(4)),
                    status);
        } catch (NumberFormatException e) {
            return null; // 20 digits can be more than 64 bits hold
        }
    }
}
