// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.msg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.fmd.model.event.EventClass;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fault.SuspectStatus;
import org.fmd.model.fmri.FmdFmri;
import org.fmd.model.fmri.Fmri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageCatalogTest {
    private static final EventClass FAULT = new EventClass("fault.x");

    @TempDir
    private Path folder;

    private MessageCatalog catalog(String description) throws IOException {
        Files.writeString(folder.resolve("X.dict"), "FMDICT: name=X version=1 maxkey=1\nfault.x=0\n");
        Files.writeString(
                folder.resolve("X.properties"),
                "X-8000-07.type=Fault\nX-8000-07.severity=Major\nX-8000-07.description=" + description + "\n");
        return MessageCatalog.load(folder);
    }

    private static ListEvent event(String code) {
        Suspect suspect = Suspect.of(FAULT, Fmri.parse("hc:///bay=7/disk=0").orElseThrow());
        return new ListEvent(
                ListKind.SUSPECT,
                Instant.parse("2026-03-04T11:32:07Z"),
                new UUID(1, 2),
                code,
                Instant.parse("2026-03-04T11:32:07Z"),
                new FmdFmri("eft", "1.0"),
                null,
                true,
                false,
                List.of(suspect),
                List.of(SuspectStatus.FAULTY),
                List.of());
    }

    @Test
    void theMessageHasTheFormThatScriptsKnow() throws IOException {
        MessageCatalog catalog = catalog("The disk %<fault-list[0].resource> failed.");
        String code = catalog.codeOf(List.of(FAULT));
        String expected = """
                SUNW-MSG-ID: CODE, TYPE: -, VER: 1, SEVERITY: -
                EVENT-TIME: Wed Mar  4 11:32:07 Z 2026
                PLATFORM: X9DRi, CSN: S1, HOSTNAME: nas1
                SOURCE: eft, REV: 1.0
                EVENT-ID: 00000000-0000-0001-0000-000000000002
                DESC: -
                AUTO-RESPONSE: -
                IMPACT: -
                REC-ACTION: -""".replace("CODE", "Y-0");
        assertEquals(
                expected,
                catalog.message(event("Y-0"), new Host("nas1", "X9DRi", "S1"), ZoneOffset.UTC)
                        .text());
        assertEquals("X-8000-", code.substring(0, 7));
    }

    @Test
    void membersOfTheEventStandInTheText() throws IOException {
        // The code of key 0 in dictionary X is not written down anywhere, so ask for it.
        String code = catalog("").codeOf(List.of(FAULT));
        Files.writeString(
                folder.resolve("X.properties"),
                code
                        + ".description=D %<uuid> 100%% %<fault-list[0].resource> %<fault-list[0].certainty> %<no.such> %<fault-list[7].x> %<de>\n");
        String text = MessageCatalog.load(folder)
                .message(event(code), new Host("h", "p", "c"), ZoneOffset.UTC)
                .description();
        assertEquals(
                "D 00000000-0000-0001-0000-000000000002 100% hc:///bay=7/disk=0 100 %<no.such> %<fault-list[7].x> fmd:///module/eft",
                text);
    }

    @Test
    void senseCodesAreHexadecimalAsTheStandardsPrintThem() {
        TextExpander expander = new TextExpander(org.fmd.model.nv.NvList.builder()
                .uint64("key", 3)
                .uint64("asc", 17)
                .uint8("ascq", 0)
                .uint64("lba", 17)
                .build());
        assertEquals("03/11/00 at 17", expander.expand("%<key>/%<asc>/%<ascq> at %<lba>"));
    }

    @Test
    void aSetThatNoDictionaryKnowsHasTheCodeForThat() throws IOException {
        assertEquals("FMD-8000-11", catalog("").codeOf(List.of(new EventClass("fault.unknown"))));
        assertEquals("FMD-8000-11", MessageCatalog.empty().codeOf(List.of(FAULT)));
    }

    @Test
    void damagedFilesAreToldAndTheOthersUsed() throws IOException {
        Files.writeString(folder.resolve("A.dict"), "what\n");
        Files.write(folder.resolve("B.properties"), new byte[] {(byte) 0xff, 'x', '=', 'y'});
        MessageCatalog catalog = catalog("");
        assertEquals(2, catalog.problems().size(), catalog.problems()::toString);
        assertEquals("X-8000-", catalog.codeOf(List.of(FAULT)).substring(0, 7));
    }
}
