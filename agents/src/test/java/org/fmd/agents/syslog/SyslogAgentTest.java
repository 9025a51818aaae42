// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.syslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fmd.agents.Tasks;
import org.fmd.agents.TestContext;
import org.fmd.agents.syslog.jna.UnixDatagramSocket;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentOutcome.Result;
import org.fmd.api.AgentTask;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogAgentTest {
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    Path folder;

    private final SyslogAgent agent = new SyslogAgent(ZoneOffset.UTC);
    private TestContext context;
    private Path log;
    private Path journal;

    @BeforeEach
    void anAgentWithSocketsThatAreNotThereYet() {
        log = folder.resolve("log");
        journal = folder.resolve("journal");
        context = new TestContext(folder, agent.info())
                .set("path", log.toString())
                .set("journal", journal.toString());
        agent.start(context);
    }

    private static UnixDatagramSocket listenAt(Path path) throws IOException {
        UnixDatagramSocket socket = UnixDatagramSocket.open(Duration.ofMillis(100));
        socket.bind(path);
        return socket;
    }

    private static List<String> received(UnixDatagramSocket socket, int count) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(new String(socket.receive(65536), StandardCharsets.UTF_8));
        }
        IOException nothing = assertThrows(IOException.class, () -> socket.receive(16));
        assertEquals("receive: nobody takes the message", nothing.getMessage());
        return texts;
    }

    private static AgentTask told() {
        return Tasks.diagnosed(Tasks.CASE, Tasks.disk("id1,sd@n5000c500a0000001"));
    }

    @Test
    void writesALineOfTheMessageInEachDatagram() throws IOException {
        try (UnixDatagramSocket socket = listenAt(log)) {
            AgentOutcome outcome = agent.respond(told());
            assertEquals(Result.DONE, outcome.result());
            assertEquals("written to " + log, outcome.reason());
            String head = "<26>Mar  4 12:00:00 fmd[" + PID + "]: ";
            assertEquals(
                    Stream.of(
                                    "SUNW-MSG-ID: DISK-8000-3E, TYPE: Fault, VER: 1, SEVERITY: Critical",
                                    "EVENT-TIME: Wed Mar  4 12:00:00 UTC 2026",
                                    "DESC: The disk broke.",
                                    "REC-ACTION: Replace it.")
                            .map(line -> head + line)
                            .toList(),
                    received(socket, 4));
        }
    }

    @Test
    void prefersTheJournalAndGivesItTheFacts() throws IOException {
        try (UnixDatagramSocket socket = listenAt(journal);
                UnixDatagramSocket other = listenAt(log)) {
            AgentOutcome outcome = agent.respond(told());
            assertEquals("written to the journal", outcome.reason());
            List<String> fields = fields(socket.receive(65536));
            assertEquals(
                    List.of(
                            "MESSAGE=" + Tasks.message("Critical").text().stripTrailing(),
                            "MESSAGE_ID=" + JournalEntry.messageId(ListKind.SUSPECT),
                            "PRIORITY=2",
                            "SYSLOG_FACILITY=3",
                            "SYSLOG_IDENTIFIER=fmd",
                            "SYSLOG_PID=" + PID,
                            "FMD_EVENT=list.suspect",
                            "FMD_UUID=1b6a1c9e-54a0-4b0d-9c1a-7a4f0a3c8d21",
                            "FMD_MSGID=DISK-8000-3E",
                            "FMD_TYPE=Fault",
                            "FMD_SEVERITY=Critical",
                            "FMD_DESCRIPTION=The disk broke.",
                            "FMD_RESPONSE=It was retired.",
                            "FMD_IMPACT=Less redundancy.",
                            "FMD_ACTION=Replace it.",
                            "FMD_CLASS=" + Tasks.DERR),
                    fields.subList(0, 16));
            assertTrue(fields.contains("FMD_LOCATION=Slot 07"), fields.toString());
            assertEquals(List.of(), received(other, 0));
        }
    }

    /** Reads a journal entry back: NAME=value lines, or NAME, a length in 8 bytes and a value of that length. */
    private static List<String> fields(byte[] entry) {
        ByteBuffer bytes = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
        List<String> fields = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        while (bytes.hasRemaining()) {
            char c = (char) bytes.get();
            if (c != '\n') {
                line.append(c);
            } else {
                if (line.indexOf("=") < 0) {
                    byte[] value = new byte[(int) bytes.getLong()];
                    bytes.get(value);
                    line.append('=').append(new String(value, StandardCharsets.UTF_8));
                    assertEquals('\n', bytes.get());
                }
                fields.add(line.toString());
                line.setLength(0);
            }
        }
        assertEquals("", line.toString());
        return fields;
    }

    @Test
    void saysWhichSocketsItTried() {
        AgentOutcome outcome = agent.respond(told());
        assertEquals(Result.FAILED, outcome.result());
        assertEquals(
                "no system log takes the message: " + journal + ": no such file, " + log + ": no such file",
                outcome.reason());
        context.set("path", "").set("journal", "");
        assertEquals(
                "no socket of a system log is configured", agent.respond(told()).reason());
    }

    @Test
    void saysThatNobodyListensAnyMore() throws IOException {
        listenAt(log).close();
        context.set("journal", "");
        assertEquals(
                "no system log takes the message: " + log + ": nobody listens",
                agent.respond(told()).reason());
    }

    @Test
    void refusesASocketWhoseNameIsTooLong() {
        context.set("journal", "").set("path", "/" + "x".repeat(107));
        assertEquals(Result.FAILED, agent.respond(told()).result());
    }

    @Test
    void tellsNobodyWhatIsNotToBeTold() {
        Suspect loud = Tasks.disk("id1,sd@n5000c500a0000001");
        Suspect silent = new Suspect(
                loud.eventClass(), 100, loud.resource(), loud.asru(), null, null, true, true, false, NvList.EMPTY);
        assertEquals(
                AgentOutcome.notRelevant("nobody is to be told (message=false)"),
                agent.respond(Tasks.diagnosed(Tasks.CASE, silent)));
    }

    @Test
    void tellsNothingTwice() {
        AgentTask again = new AgentTask(told().event(), told().message(), true);
        assertEquals(AgentOutcome.notRelevant("told before"), agent.respond(again));
    }

    @Test
    void tellsEveryStepOfACaseButThatAgentsDidTheirWork() throws IOException {
        try (UnixDatagramSocket socket = listenAt(log)) {
            Suspect suspect = Tasks.disk("id1,sd@n5000c500a0000001");
            for (ListKind kind : ListKind.values()) {
                ListEvent event = Tasks.event(kind, Tasks.CASE, List.of(suspect), List.of(SuspectStatus.FAULTY));
                Result result = agent.respond(Tasks.task(event)).result();
                assertEquals(kind == ListKind.ISOLATED ? Result.NOT_RELEVANT : Result.DONE, result, kind.name());
                // Facility daemon is 3; a diagnosis is critical (2), what follows is a notice (5).
                String head = kind == ListKind.SUSPECT ? "<26>" : "<29>";
                for (String line : received(socket, kind == ListKind.ISOLATED ? 0 : 4)) {
                    assertEquals(head, line.substring(0, 4), kind.name());
                }
            }
        }
    }

    @Test
    void urgencyFollowsSeverityAndFacility() {
        assertEquals(LogLevel.CRIT, LogLevel.of(ListKind.SUSPECT, "Critical"));
        assertEquals(LogLevel.ERR, LogLevel.of(ListKind.SUSPECT, "Major"));
        assertEquals(LogLevel.WARNING, LogLevel.of(ListKind.SUSPECT, "Minor"));
        assertEquals(LogLevel.ERR, LogLevel.of(ListKind.SUSPECT, "-"));
        assertEquals(LogLevel.NOTICE, LogLevel.of(ListKind.REPAIRED, "Minor"));
        byte[] line = SyslogLines.of("x\ty", Facility.LOCAL7, LogLevel.ERR, Instant.EPOCH, ZoneId.of("Asia/Tokyo"), 7)
                .get(0);
        assertEquals("<187>Jan  1 09:00:00 fmd[7]: x y", new String(line, StandardCharsets.UTF_8));
    }
}
