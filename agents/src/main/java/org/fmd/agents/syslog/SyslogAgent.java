// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.syslog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.fmd.agents.syslog.jna.UnixDatagramSocket;
import org.fmd.api.Agent;
import org.fmd.api.AgentOutcome;
import org.fmd.api.AgentTask;
import org.fmd.api.ModuleContext;
import org.fmd.api.ModuleInfo;
import org.fmd.api.PropertySpec;
import org.fmd.api.Settings;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.Suspect;
import org.jspecify.annotations.Nullable;

/**
 * Writes what there is to tell about a case to the system's log, once for each step of its life. What the
 * daemon tells again was answered before, so it is not written again.
 */
public final class SyslogAgent implements Agent {
    private static final Duration PATIENCE = Duration.ofSeconds(5); // how long a system log that is stuck is waited for
    private static final ModuleInfo INFO = new ModuleInfo(
            "syslog-msgs",
            "1.0",
            "writes messages about faults to the system's log",
            List.of(
                    PropertySpec.of(
                            "journal",
                            PropertySpec.Type.TEXT,
                            "/run/systemd/journal/socket",
                            "journald's own socket, used first; empty: not used"),
                    PropertySpec.of(
                            "path", PropertySpec.Type.TEXT, "/dev/log", "the system log's socket; empty: not used"),
                    PropertySpec.choice("facility", "the facility of the messages", Facility.words())));

    private final ZoneId zone;
    private volatile @Nullable ModuleContext context;

    public SyslogAgent() {
        this(ZoneId.systemDefault());
    }

    SyslogAgent(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public ModuleInfo info() {
        return INFO;
    }

    @Override
    public void start(ModuleContext moduleContext) {
        context = moduleContext;
    }

    @Override
    public void stop() {
        context = null;
    }

    @Override
    public AgentOutcome respond(AgentTask task) {
        ModuleContext current = context;
        if (current == null) {
            return AgentOutcome.failed("syslog-msgs is not started");
        }
        if (task.event().kind() == ListKind.ISOLATED) {
            return AgentOutcome.notRelevant("that agents did their work is not told");
        }
        if (!task.event().message() || hidden(task.event().suspects())) {
            return AgentOutcome.notRelevant("nobody is to be told (message=false)");
        }
        if (task.again()) {
            return AgentOutcome.notRelevant("told before");
        }
        AgentOutcome outcome = send(task, current);
        current.count(outcome.result() == AgentOutcome.Result.DONE ? "sent" : "failed", 1);
        return outcome;
    }

    private static boolean hidden(List<Suspect> suspects) {
        return !suspects.isEmpty() && suspects.stream().noneMatch(Suspect::message);
    }

    private AgentOutcome send(AgentTask task, ModuleContext current) {
        Settings settings = current.settings();
        Facility facility = Facility.of(settings.text("facility"));
        LogLevel level = LogLevel.of(task.event().kind(), task.message().severity());
        long pid = ProcessHandle.current().pid();
        List<String> tried = new ArrayList<>();
        if (trySocket(settings.text("journal"), List.of(JournalEntry.of(task, facility, level, pid)), tried)) {
            return AgentOutcome.done("written to the journal");
        }
        List<byte[]> lines = SyslogLines.of(
                task.message().text(), facility, level, current.clock().instant(), zone, pid);
        if (trySocket(settings.text("path"), lines, tried)) {
            return AgentOutcome.done("written to " + settings.text("path"));
        }
        return AgentOutcome.failed(
                tried.isEmpty()
                        ? "no socket of a system log is configured"
                        : "no system log takes the message: " + String.join(", ", tried));
    }

    private static boolean trySocket(String path, List<byte[]> datagrams, List<String> tried) {
        if (path.isBlank()) {
            return false;
        }
        try (UnixDatagramSocket socket = UnixDatagramSocket.open(PATIENCE)) {
            for (byte[] datagram : datagrams) {
                socket.send(datagram, Path.of(path));
            }
            return true;
        } catch (IOException e) {
            tried.add(String.valueOf(e.getMessage()));
            return false;
        }
    }
}
