// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fmd.api.AgentTask;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogReader;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.ListKind;
import org.fmd.model.json.Json;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole daemon with test modules, in a root directory of its own. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DaemonTest {
    @TempDir
    private Path root;

    private @Nullable Daemon daemon;

    @BeforeEach
    void forget() {
        TestModules.told.clear();
    }

    @AfterEach
    void stop() {
        if (daemon != null) {
            daemon.stop();
            daemon = null;
        }
    }

    private Problems start(String... options) throws IOException {
        Problems problems = new Problems();
        Places places = new Places(root, null, root.resolve("rules"), Files.createDirectories(root.resolve("dict")));
        FmdConf conf = FmdConf.read(places.conf(), List.of(options), problems);
        Optional<Daemon> started =
                Daemon.start(places, conf, DaemonSettings.from(conf, problems), InstantSource.system(), problems);
        daemon = started.orElse(null);
        return problems;
    }

    private static void post(int bay) {
        Ereport ereport = new Ereport(
                new EventClass("ereport.test"),
                Instant.now(),
                Ena.UNKNOWN,
                null,
                NvList.builder().string("where", "hc:///bay=" + bay).build());
        var context = TestModules.source;
        assertNotNull(context);
        context.post(ereport);
    }

    private static AgentTask told() throws InterruptedException {
        AgentTask task = TestModules.told.poll(30, TimeUnit.SECONDS);
        assertNotNull(task, "the agent was told nothing");
        return task;
    }

    private List<Map<String, @Nullable Object>> ask(String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(Places.socket(root)))) {
            channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8)));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (channel.read(buffer) >= 0) {
                all.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            List<Map<String, @Nullable Object>> lines = new ArrayList<>();
            for (String line : all.toString(StandardCharsets.UTF_8).split("\n")) {
                lines.add(Json.parseObject(line.getBytes(StandardCharsets.UTF_8)));
            }
            return lines;
        }
    }

    private List<String> classes(LogLabel label) throws IOException {
        List<String> classes = new ArrayList<>();
        try (LogReader reader = LogReader.history(LogFiles.in(root.resolve("var/lib/fmd")), label, damage -> {})) {
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                classes.add(entry.record().eventClass());
            }
        }
        return classes;
    }

    @Test
    void anEreportBecomesACaseAndTheRepairResolvesIt() throws Exception {
        assertTrue(start().isEmpty());
        post(7);
        AgentTask task = told();
        assertEquals(ListKind.SUSPECT, task.event().kind());
        assertEquals("Slot 07", task.event().suspects().get(0).location());
        assertFalse(task.again());
        assertEquals(List.of("list.suspect"), classes(LogLabel.FAULT), "durable before it is told");
        assertEquals(List.of("ereport.fm.fmd.module", "ereport.test"), classes(LogLabel.ERROR));

        List<Map<String, @Nullable Object>> answer = ask("{\"op\":\"repaired\",\"target\":\"Slot 07\"}");
        assertEquals("recorded repair of Slot 07", answer.get(0).get("recorded"));
        assertEquals(ListKind.REPAIRED, told().event().kind());
        assertEquals(ListKind.RESOLVED, told().event().kind());
        assertEquals(
                List.of("list.suspect", "list.repaired", "list.resolved"),
                classes(LogLabel.FAULT),
                "durable before it is acknowledged");
        assertEquals("resolved", ask("{\"op\":\"cases\"}").get(0).get("state"));
    }

    @Test
    void somebodyWhoAsksWhyIsAnsweredByAnEngine() throws Exception {
        start();
        String uuid = "00000000-0000-8000-8000-000000000001";
        Map<String, @Nullable Object> answer =
                ask("{\"op\":\"explain\",\"target\":\"" + uuid + "\"}").get(0);
        assertEquals("somebody asked", answer.get("sentence"));
        assertEquals("OfCase[uuid=" + uuid + "]", answer.get("question"));
        assertEquals(List.of(Map.of("kind", "remark", "sentence", "since it says where")), answer.get("because"));
        assertEquals(
                "'target' names no case and no problem",
                ask("{\"op\":\"explain\"}").get(0).get("error"));
    }

    @Test
    void aRestartKnowsTheCasesAndTellsAgentsWhatIsStillOpen() throws Exception {
        start();
        post(7);
        AgentTask first = told();
        stop();
        assertEquals(List.of("ireport.fm.agent.outcome"), classes(LogLabel.INFO));
        start();
        AgentTask again = told();
        assertTrue(again.again());
        assertEquals(first.event(), again.event());
        assertEquals(2, ask("{\"op\":\"cases\"}").size(), "one case, and the end");
        stop();
        assertEquals(List.of("list.suspect"), classes(LogLabel.FAULT), "nothing is invented");
    }

    @Test
    void aDiagnosisThatDidNotReachTheFaultLogIsMadeAfterTheRestart() throws Exception {
        start();
        post(7);
        AgentTask first = told();
        stop();
        Files.delete(root.resolve("var/lib/fmd/fltlog"));
        Files.delete(root.resolve("var/lib/fmd/infolog"));
        Files.delete(root.resolve("var/lib/fmd/checkpoint"));
        start();
        AgentTask again = told();
        assertEquals(first.event().uuid(), again.event().uuid(), "the same case");
        assertFalse(again.again());
    }

    @Test
    void aTornTailCostsTheTornRecordOnly() throws Exception {
        start();
        post(7);
        told();
        stop();
        Path errlog = root.resolve("var/lib/fmd/errlog");
        byte[] whole = Files.readAllBytes(errlog);
        Files.write(errlog, java.util.Arrays.copyOf(whole, 37), StandardOpenOption.APPEND);
        start();
        told();
        post(8);
        assertEquals(
                "hc:///bay=8", String.valueOf(told().event().suspects().get(0).resource()));
        assertEquals(
                2,
                classes(LogLabel.ERROR).stream().filter("ereport.test"::equals).count());
    }

    @Test
    void aModuleThatFailsIsShownAndTheOthersLiveOn() throws Exception {
        start();
        post(13);
        told();
        post(7);
        told();
        Map<String, @Nullable Object> broken = ask("{\"op\":\"config\"}").stream()
                .filter(m -> "test-broken".equals(m.get("module")))
                .findFirst()
                .orElseThrow();
        assertEquals("failed", broken.get("status"));
        assertEquals("cannot start: no such luck", broken.get("detail"));
        stop();
        assertTrue(classes(LogLabel.ERROR).contains("ereport.fm.fmd.module"), "the failure is an ereport");
        assertEquals(2, classes(LogLabel.INFO).size(), "a failure of an agent is an outcome like others");
    }

    @Test
    void mistakesInTheConfigurationStopTheStartAndAreAllTold() throws Exception {
        Problems problems = start("test-sorce:pace=1s", "test-source:pace=fast", "log.minfre=1m");
        assertNull(daemon);
        assertEquals(
                List.of(
                        "option 'log.minfre=1m': unknown property 'log.minfre'; did you mean 'log.minfree'?",
                        "option 'test-source:pace=fast': 'fast' is no value of 'pace', which is a time such as 10s, 5min, 24h",
                        "option 'test-sorce:pace=1s': there is no module 'test-sorce'; did you mean 'test-source'?"),
                problems.texts());
        assertFalse(Files.exists(root.resolve("var/lib/fmd/errlog")), "nothing was started");
    }

    @Test
    void aSecondDaemonOnTheSameStateIsRefused() throws Exception {
        start();
        Daemon first = daemon;
        IOException e = org.junit.jupiter.api.Assertions.assertThrows(IOException.class, this::start);
        assertEquals("another fault manager is running on '" + root.resolve("var/lib/fmd") + "'", e.getMessage());
        daemon = first;
        post(7);
        told();
    }

    @Test
    void aDisabledModuleIsNotStarted() throws Exception {
        start("test-agent:enabled=false", "test-broken:enabled=false");
        post(7);
        List<Map<String, @Nullable Object>> config = ask("{\"op\":\"config\"}");
        assertEquals(
                2,
                config.stream().filter(m -> "disabled".equals(m.get("status"))).count());
        stop();
        assertTrue(TestModules.told.isEmpty());
        assertEquals(List.of("list.suspect"), classes(LogLabel.FAULT));
    }
}
