// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.fmd.core.log.EventLog;
import org.fmd.core.log.FakeLogFiles;
import org.fmd.core.log.FakeLogFiles.Fault;
import org.fmd.core.log.LogEntry;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogOptions;
import org.fmd.core.log.LogOrigin;
import org.fmd.core.log.LogReader;
import org.fmd.core.manager.CountingEngine;
import org.fmd.core.manager.FaultManager;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Output;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.model.event.Ena;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.LogRef;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.nv.NvList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes of an input on a disk that fails. */
class HandlingTest {
    private static final Instant NOW = Instant.parse("2026-03-04T11:30:00Z");

    private static final int HEADER = 8192;

    private final FakeLogFiles files = new FakeLogFiles();
    private final FaultManager manager = new FaultManager(MessageCatalog.empty(), Duration.ofDays(30));
    private final List<Output.TellAgents> told = new ArrayList<>();
    private final CheckpointWriter checkpoints = new CheckpointWriter(new Checkpoint(files), ref -> {});
    private Runnable pause = () -> {};
    private long pauses;
    private long offset;
    private Handling handling;

    @BeforeEach
    void open() throws IOException {
        manager.addEngine(new CountingEngine());
        Pace pace = new Pace() {
            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public void pause() {
                pauses++;
                pause.run();
            }
        };
        handling = new Handling(
                manager, log(LogLabel.FAULT), log(LogLabel.INFO), checkpoints, pace, told::add, failed -> {});
    }

    private EventLog log(LogLabel label) throws IOException {
        LogOptions options = new LogOptions(
                0,
                () -> NOW,
                () -> UUID.nameUUIDFromBytes(new byte[] {(byte) label.fileName().charAt(0)}));
        return EventLog.open(files, label, LogOrigin.ofThisHost("fmd"), options);
    }

    private Input ereport(int bay) {
        NvList payload = NvList.builder().string("where", "hc:///bay=" + bay).build();
        Ereport ereport = new Ereport(new EventClass("ereport.test"), NOW, Ena.UNKNOWN, null, payload);
        return new Input.EreportAccepted(NOW, new LogRef(new UUID(7, 7), offset++), ereport);
    }

    private List<Output> diagnosis(int bay) {
        manager.handle(ereport(bay));
        manager.handle(ereport(bay));
        return manager.handle(ereport(bay));
    }

    private List<String> logged(LogLabel label) throws IOException {
        List<String> classes = new ArrayList<>();
        try (LogReader reader = LogReader.history(files, label, damage -> {})) {
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                classes.add(entry.record().eventClass());
            }
        }
        return classes;
    }

    @Test
    void whatOneLogHasIsNotLoggedAgainSinceTheOtherFailed() throws IOException {
        List<Output> outputs = new ArrayList<>(diagnosis(0));
        outputs.add(new Output.LogInfo(new Ireport(
                new EventClass("ireport.test"), NOW, new UUID(2, 2), new FmdFmri("test", null), NvList.EMPTY)));
        files.arm(Fault.FORCE_FAILS, 2);
        handling.perform(outputs);
        assertEquals(1, pauses);
        assertEquals(List.of("list.suspect"), logged(LogLabel.FAULT));
        assertEquals(List.of("ireport.test"), logged(LogLabel.INFO));
        assertEquals(1, told.size());
    }

    @Test
    void whatFindsNoRoomIsLoggedOnceWhenThereIsSome() throws IOException {
        for (int room = 0; room < 2000; room += 50) {
            HandlingTest again = new HandlingTest();
            again.open();
            List<Output> outputs = new ArrayList<>(again.diagnosis(0));
            outputs.addAll(again.diagnosis(1));
            again.files.capacity(2 * HEADER + room);
            again.pause = () -> again.files.capacity(Long.MAX_VALUE);
            again.handling.perform(outputs);
            assertEquals(List.of("list.suspect", "list.suspect"), again.logged(LogLabel.FAULT), room + " bytes");
            pauses += again.pauses;
        }
        assertTrue(pauses > 10 && pauses < 40, pauses + " times there was too little room");
    }

    @Test
    void noAgentIsToldOfWhatAStopGaveUpAndNothingOfItIsSaved() throws IOException {
        handling.handle(ereport(0));
        handling.handle(ereport(0));
        handling.stopping();
        files.arm(Fault.FORCE_FAILS, 1);
        handling.handle(ereport(0));
        assertTrue(handling.hasGivenUp());
        assertEquals(List.of(), told);
        assertEquals(List.of(), logged(LogLabel.FAULT));
        handling.saveIfDue(true);
        assertFalse(checkpoints.step(), "nothing is saved");
    }
}
