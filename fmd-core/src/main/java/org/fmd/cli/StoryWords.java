// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.util.Map;
import java.util.Optional;
import org.fmd.core.log.LogRecord;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.ListKind;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.nv.NvList;
import org.fmd.model.nv.NvValue;

/** {@code -A -h}: a diagnosis or a remark between the errors, in words: what was concluded, of what, and what was done. */
final class StoryWords {
    private StoryWords() {}

    /** Returns the words of an event of the fault log or the information log. */
    static String of(LoggedEvent event) throws JsonProblem {
        NvList members = event.members();
        StringBuilder line = new StringBuilder(160);
        Optional<ListKind> kind = EventClass.parse(event.eventClass()).flatMap(ListKind::of);
        line.append(kind.isPresent() ? kind.get().word() : event.eventClass());
        if (kind.isPresent()) {
            line.append(' ').append(members.string("code").orElse("-"));
        }
        if (!event.uuid().equals(LogRecord.NO_UUID)) {
            line.append(' ').append(event.uuid());
        }
        String separator = ": ";
        for (NvList suspect : members.nvlists("fault-list")) {
            line.append(separator).append(suspect.number("certainty").orElse(0)).append("% ");
            line.append(suspect.string("class").orElse("-"));
            Optional<String> place = suspect.string("location");
            line.append(place.isPresent() ? " at " + place.get() : "");
            separator = ", ";
        }
        for (Map.Entry<String, NvValue> each :
                members.nvlist("attr").orElse(NvList.EMPTY).asMap().entrySet()) {
            if (each.getValue() instanceof NvValue.Str text) {
                line.append(separator).append(each.getKey()).append('=').append(text.value());
                separator = ", ";
            }
        }
        return line.toString();
    }
}
