// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.fmd.api.topo.StorageStack;
import org.fmd.api.topo.TopoNode;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.core.log.LogFiles;
import org.fmd.core.topo.Shelf;
import org.fmd.core.topo.SlotHistory;
import org.fmd.core.topo.SnapshotFile;
import org.fmd.model.fmri.DevFmri;
import org.fmd.model.nv.NvList;
import org.fmd.testing.Fixtures;
import org.fmd.testing.Golden;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FmtopoTest {
    private static final TopoPath CHASSIS = TopoPath.of("chassis", 0);
    private static final String NO_CASES = ScriptedServer.DONE;

    @TempDir
    private Path root;

    private StillSurroundings surroundings = new StillSurroundings();
    private Path state = Path.of("/");

    @BeforeEach
    void makeState() throws IOException {
        state = Files.createDirectories(root.resolve("var/lib/fmd"));
    }

    /** An adapter, two disks of a mirror in a shelf, the mirror, a name that would drive a terminal mad. */
    private static Topology machine() {
        List<TopoNode> nodes = new ArrayList<>();
        nodes.add(node(CHASSIS, null, NvList.builder().string("model", "X9DRi").string("serial-number", "S1")));
        nodes.add(node(
                CHASSIS.child("hba", 0),
                "PCI slot 5",
                NvList.builder()
                        .string("dev", "/devices/pci0000:00/0000:02:00.0/host4")
                        .string("model", "LSI9300-8i")
                        .string("driver", "mpt3sas")
                        .string("firmware-revision", "16.00.10.00")
                        .strings("states", List.of("running"))
                        .strings("kernel-names", List.of("host4", "mpt3sas_cm0", "0000:02:00.0"))));
        TopoPath shelf = CHASSIS.child("ses-enclosure", 0);
        nodes.add(node(
                shelf,
                null,
                NvList.builder().string("model", "SHELF\033[31m").string("enclosure-id", "50050cc10a000001")));
        for (int slot = 6; slot < 9; slot++) {
            TopoPath bay = shelf.child("bay", slot);
            nodes.add(node(bay, "Slot 0" + slot, NvList.builder()));
            if (slot < 8) {
                String name = slot == 6 ? "sdj" : "sdk";
                TopoPath disk = bay.child("disk", 0);
                NvList about = NvList.builder()
                        .string("devid", "id1,sd@n5000c500a000000" + slot)
                        .string("dev", "/devices/pci0000:00/0000:02:00.0/host4/target4:0:" + slot)
                        .string("manufacturer", "SEAGATE")
                        .string("model", "ST8000NM0075")
                        .string("serial-number", "ZC1A2B3" + slot)
                        .uint64("capacity-in-bytes", 8_001_563_222_016L)
                        .strings("logical-disks", List.of(name))
                        .strings("partitions", List.of(name + "1"))
                        .strings("kernel-names", List.of(name, "4:0:" + slot + ":0"))
                        .strings("states", List.of("running"))
                        .build();
                nodes.add(new TopoNode(
                        disk,
                        disk.toHc().withPart("ZC1A2B3" + slot, "SEAGATE-ST8000NM0075", "E004"),
                        new DevFmri("/devices/x", "id1,sd@n5000c500a000000" + slot, null),
                        disk.toHc(),
                        "Slot 0" + slot,
                        about));
            }
        }
        nodes.add(node(
                CHASSIS.child("md-array", 7),
                null,
                NvList.builder()
                        .string("block-device", "md0")
                        .string("kind", "md")
                        .string("title", "raid1")
                        .strings("below", List.of("sdj1", "sdk1"))
                        .strings("kernel-names", List.of("md0"))
                        .uint32("degraded", 0)
                        .strings("mount-devices", List.of("md0"))
                        .strings("mount-points", List.of("/home"))
                        .strings("file-systems", List.of("ext4"))));
        StorageStack stack = StorageStack.of(new Topology(nodes));
        nodes.replaceAll(node -> node.path().last().name().equals("disk")
                ? new TopoNode(
                        node.path(),
                        node.resource(),
                        node.asru(),
                        node.fru(),
                        node.label(),
                        node.properties().toBuilder()
                                .strings("uses", stack.uses(node))
                                .build())
                : node);
        return new Topology(nodes);
    }

    private static TopoNode node(TopoPath path, String label, NvList.Builder about) {
        return new TopoNode(path, path.toHc(), null, null, label, about.build());
    }

    private void record(Topology topology) throws IOException {
        new SnapshotFile(Instant.parse("2026-03-10T08:00:00Z"), topology).write(LogFiles.in(state));
    }

    private Cli fmtopo(String... args) {
        List<String> all = new ArrayList<>(List.of("-R", root.toString()));
        all.addAll(List.of(args));
        String[] words = all.toArray(new String[0]);
        return Cli.run(Fmtopo.createFmtopo(surroundings), words);
    }

    private Cli asked(String cases, String... args) throws IOException {
        String looked = "{\"generation\":\"0\"}\n" + ScriptedServer.DONE;
        ScriptedServer server = new ScriptedServer(root, Map.of("topology", looked, "cases", cases));
        try (server) {
            return fmtopo(args);
        }
    }

    private static String caseOn(String resource, String status) {
        return "{\"uuid\":\"a2b4c6d8-0000-4000-8000-000000000004\",\"code\":\"DISK-8000-3E\",\"state\":\"solved\",\"suspects\":"
                + "[{\"class\":\"fault.io.scsi.cmd.disk.dev.rqs.derr\",\"certainty\":100,\"resource\":\"" + resource
                + "\",\"status\":[" + status + "]}]}\n" + ScriptedServer.DONE;
    }

    private void assertGolden(String file, Cli run) {
        Golden.assertMatches(
                Fixtures.path("cli").resolve(file), run.transcript().replace(root.toString(), "ROOT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-p", "-V", "-S", "-j", "-Pdevid,serial-number"})
    void showsTheHardware(String options) throws IOException {
        record(machine());
        String[] args = options.isEmpty() ? new String[0] : new String[] {options};
        String faulty = caseOn("hc:///chassis=0/ses-enclosure=0/bay=7/disk=0", "\"faulty\"");
        assertGolden("fmtopo" + options + ".out", asked(faulty, args));
    }

    @Test
    void drawsLinesAndColoursForAPersonWithATerminal() throws IOException {
        record(machine());
        String faulty = caseOn("hc:///chassis=0/ses-enclosure=0/bay=7/disk=0", "\"faulty\"");
        surroundings = new StillSurroundings().withTerminal().with("LANG", "de_DE.UTF-8");
        assertGolden("fmtopo-terminal.out", asked(faulty));
        assertTrue(asked(faulty, "--ascii").out().contains("|- hba0"));
        surroundings =
                new StillSurroundings().withTerminal().with("LC_ALL", "C").with("LANG", "de_DE.UTF-8");
        assertTrue(asked(faulty).out().contains("|- hba0"));
        surroundings.with("NO_COLOR", "1");
        assertFalse(asked(faulty).out().contains("\033"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ZC1A2B37",
                "sdk",
                "/dev/sdk1",
                "4:0:7:0",
                "id1,sd@n5000c500a0000007",
                "0x5000c500a0000007",
                "naa.5000c500a0000007",
                "chassis0/ses-enclosure0/bay7/disk0",
                "hc:///chassis=0/ses-enclosure=0/bay=7/disk=0",
                "hc://:serial=OTHER:chassis-id=x/chassis=0/ses-enclosure=0/bay=7/disk=0",
                "dev:///:devid=id1,sd@n5000c500a0000007//devices/none",
                "*/bay7/disk*",
                "hc://*/bay=7/disk=?"
            })
    void findsAPartByWhateverAPersonCallsIt(String name) throws IOException {
        record(machine());
        Cli run = asked(NO_CASES, "-j", name);
        assertEquals(1, run.out().lines().count(), name + ": " + run);
        assertTrue(run.out().contains("\"path\":\"chassis0/ses-enclosure0/bay7/disk0\""), run.out());
        assertTrue(run.out().contains("\"state\":\"ok\""), run.out());
    }

    @Test
    void aMountPointLeadsToTheArrayAndALabelToTheBayWithItsDisk() throws IOException {
        record(machine());
        assertTrue(asked(NO_CASES, "/home").out().startsWith("chassis0/md-array7  md0"));
        String bay = asked(NO_CASES, "Slot 07").out();
        assertEquals(1, bay.lines().filter(line -> line.startsWith("chassis0/")).count(), bay);
        assertTrue(bay.contains("`- disk0"), bay);
    }

    @Test
    void whatIsNotHereIsSaid() throws IOException {
        record(machine());
        Cli run = asked(NO_CASES, "sdz", "sdk");
        assertEquals(1, run.exit());
        assertTrue(run.err().startsWith("fmtopo: cannot show 'sdz': not here"), run.err());
        assertTrue(run.out().contains("ZC1A2B37"), "what is here is shown");
    }

    @Test
    void aFaultInBlocksDegradesTheDiskAndARetiredPartIsToldApart() throws IOException {
        record(machine());
        String disk = "hc:///chassis=0/ses-enclosure=0/bay=7/disk=0";
        assertTrue(asked(caseOn(disk + "/offset=1234", "\"faulty\""), "-j", "sdk")
                .out()
                .contains("\"state\":\"degraded\""));
        assertTrue(asked(caseOn(disk, "\"faulty\",\"unusable\""), "-j", "sdk")
                .out()
                .contains("\"state\":\"faulty\""));
        assertTrue(asked(caseOn(disk, "\"unusable\""), "-j", "sdk").out().contains("\"state\":\"retired\""));
        assertTrue(asked(caseOn(disk, "\"repaired\""), "-j", "sdk").out().contains("\"state\":\"ok\""));
    }

    @Test
    void withoutADaemonTheLastHardwareIsShownAndSaidToBeThat() throws IOException {
        record(machine());
        Cli run = fmtopo("sdk");
        assertEquals(0, run.exit());
        assertTrue(run.out().contains("ZC1A2B37"));
        assertTrue(run.err().contains("this is the hardware of Mar 10 2026 08:00:00"), run.err());
    }

    @Test
    void withoutADaemonAndARecordTheRemedyIsSaid() {
        Cli run = fmtopo();
        assertEquals(1, run.exit());
        assertTrue(run.err().contains("--live"), run.err());
        assertTrue(run.err().contains("fmd -R " + root), run.err());
    }

    @Test
    void aDamagedRecordIsAMessageAndNoTrace() throws IOException {
        record(machine());
        Path file = state.resolve(SnapshotFile.NAME);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] = '\n';
        Files.write(file, bytes);
        Cli run = fmtopo();
        assertEquals(1, run.exit());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(file.toString()), run.err());
    }

    private void recordHistory() throws IOException {
        SlotHistory history = new SlotHistory(LogFiles.in(state));
        Shelf shelf = new Shelf().put(6, "ZC1", "sdj").put(7, "ZC2", "sdk");
        history.record(shelf.topology(), Instant.parse("2026-03-01T08:00:00Z"), true);
        shelf.put(7, "ZC3", "sdk");
        history.record(shelf.topology(), Instant.parse("2026-03-03T12:00:00Z"), false);
        history.stopped(Instant.parse("2026-03-04T00:00:00Z"));
        shelf.put(6, "ZC1", "sda").pull(7).put(8, "ZC3", "sdb");
        history.record(shelf.topology(), Instant.parse("2026-03-05T00:00:00Z"), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ZC3", "7", "Slot 07", "sdk", "-j"})
    void tellsWhichPartWasWhere(String what) throws IOException {
        recordHistory();
        String[] args = what.isEmpty() ? new String[] {"--history"} : new String[] {"--history", what};
        assertGolden("fmtopo-history" + (what.isEmpty() ? "" : "-" + what.replace(" ", "")) + ".out", fmtopo(args));
    }

    @Test
    void printsTheSlotMapOfAnyTime() throws IOException {
        recordHistory();
        assertGolden("fmtopo-at.out", fmtopo("--at", "2026-03-03"));
        assertTrue(fmtopo("--at", "2026-03-03", "sdk").out().contains("ZC2"));
        assertTrue(fmtopo("--at", "2026-03-04", "sdk").out().contains("ZC3"));
        assertTrue(fmtopo("--at", "2026-03-06", "8").out().contains("ZC3"));
        assertTrue(fmtopo("--at", "now", "8").out().contains("ZC3"));
        Cli before = fmtopo("--at", "2026-02-01");
        assertEquals(1, before.exit());
        assertTrue(before.err().contains("nothing like that is recorded at Feb 01 2026 00:00:00"), before.err());
    }

    @Test
    void anEmptyBayTellsWhoWasInIt() throws IOException {
        recordHistory();
        SlotHistory history = new SlotHistory(LogFiles.in(state));
        history.record(new Shelf().put(6, "ZC1", "sda").topology(), Instant.parse("2026-03-06T00:00:00Z"), false);
        record(machine());
        assertTrue(
                asked(NO_CASES)
                        .out()
                        .contains(
                                "bay8  Slot 08  empty, until Mar 06 2026 00:00:00 there was SEAGATE-ST8000  serial ZC3  sdb"),
                asked(NO_CASES).out());
    }

    @Test
    void badRequestsAreUsageErrors() throws IOException {
        assertEquals(2, fmtopo("--at", "soon").exit());
        recordHistory();
        assertEquals(2, fmtopo("--at", "soon").exit());
        assertEquals(2, fmtopo("--history", "--live").exit());
        assertEquals(2, fmtopo("--no-such-option").exit());
        assertEquals(0, fmtopo("--help").exit());
    }

    @Test
    void damagedLinesOfTheHistoryAreToldAndTheRestIsShown() throws IOException {
        recordHistory();
        Path file = state.resolve(SlotHistory.NAME);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(2, lines.get(2).replace("SHELF", "shelf"));
        Files.write(file, lines);
        Cli run = fmtopo("--history");
        assertTrue(run.err().contains("skipping 1 damaged line"), run.err());
        assertTrue(run.out().contains("ZC3"));
        assertFalse(Objects.requireNonNull(run.out()).contains("shelf"));
    }
}
