// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.syslog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.fmd.api.AgentTask;
import org.fmd.api.Message;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.Suspect;
import org.jspecify.annotations.Nullable;

/**
 * A message as one datagram for journald, with its facts as fields, so that {@code journalctl FMD_UUID=…} finds all that was
 * said about a case. Form: systemd's "Native Journal Protocol"; a value with line feeds is preceded by its length in 64 bits,
 * little-endian.
 */
final class JournalEntry {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private JournalEntry() {}

    static byte[] of(AgentTask task, Facility facility, LogLevel level, long pid) {
        ListEvent event = task.event();
        Message message = task.message();
        JournalEntry entry = new JournalEntry();
        entry.add("MESSAGE", message.text().stripTrailing());
        entry.add("MESSAGE_ID", messageId(event.kind()));
        entry.add("PRIORITY", Integer.toString(level.number()));
        entry.add("SYSLOG_FACILITY", Integer.toString(facility.number()));
        entry.add("SYSLOG_IDENTIFIER", "fmd");
        entry.add("SYSLOG_PID", Long.toString(pid));
        entry.add("FMD_EVENT", event.eventClass().name());
        entry.add("FMD_UUID", event.uuid().toString());
        entry.add("FMD_MSGID", message.code());
        entry.add("FMD_TYPE", message.type());
        entry.add("FMD_SEVERITY", message.severity());
        entry.add("FMD_DESCRIPTION", message.description());
        entry.add("FMD_RESPONSE", message.response());
        entry.add("FMD_IMPACT", message.impact());
        entry.add("FMD_ACTION", message.action());
        if (event.injected()) {
            entry.add("FMD_INJECTED", "1");
        }
        for (Suspect suspect : event.suspects()) {
            if (suspect.message()) {
                entry.add("FMD_CLASS", suspect.eventClass().name());
                entry.add("FMD_RESOURCE", suspect.resource());
                entry.add("FMD_ASRU", suspect.asru());
                entry.add("FMD_FRU", suspect.fru());
                entry.add("FMD_LOCATION", suspect.location());
            }
        }
        return entry.bytes.toByteArray();
    }

    /** Returns the number under which the journal's catalog explains such a message; made by chance once, never changed. */
    static String messageId(ListKind kind) {
        return switch (kind) {
            case SUSPECT -> "6503e7d5ca4a4aa2a5b9f5e006d6f671";
            case ISOLATED -> "e2e81196e97d4123807b34b4a82556b2";
            case UPDATED -> "694b5325f15447dda40b2b28701af6a3";
            case REPAIRED -> "35d01b2b2078424b98eb19d771b80c6f";
            case RESOLVED -> "aefda2787be74af4963ccba4df19f736";
        };
    }

    private void add(String field, @Nullable Object value) {
        if (value == null) {
            return;
        }
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(field.getBytes(StandardCharsets.US_ASCII));
        if (value.toString().indexOf('\n') < 0) {
            bytes.write('=');
        } else {
            bytes.write('\n');
            bytes.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .array());
        }
        bytes.writeBytes(text);
        bytes.write('\n');
    }
}
