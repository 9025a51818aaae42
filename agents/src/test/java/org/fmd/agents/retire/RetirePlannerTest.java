// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetirePlannerTest {
    private static final String SDA = "sda (serial ZC1A0001, Slot 01, id1,sd@n5000c500a0000001)";

    @TempDir
    Path folder;

    private FakeHost host;

    @BeforeEach
    void aHostWithThreeFreeDisks() {
        host = new FakeHost(folder).disk("sda", 1).disk("sdb", 2).disk("sdc", 3);
    }

    private RetirePlan plan(boolean redundant) {
        return new RetirePlanner(host.tree, host::isClaimed, redundant).planRetire(FakeHost.devid(1), host.topology());
    }

    private String planText() {
        RetirePlan plan = plan(false);
        String text = plan instanceof RetirePlan.Act act
                ? act.steps().stream()
                        .map(step -> step.word() + " > " + step.file())
                        .collect(Collectors.joining("; "))
                : plan instanceof RetirePlan.Refuse refuse ? refuse.reason() : plan.toString();
        return text.replace(folder.toString(), "");
    }

    private void assertInUse(String user) {
        assertEquals(SDA + " is in use: " + user, planText());
    }

    private void assertStays(String why) {
        assertEquals(SDA + " stays in service: " + why, planText());
    }

    @Test
    void refusesADiskThatIsMounted() {
        host.partition("sda", 2).mount("8:2", "/dev/sda2", "/srv/my\\040files");
        assertInUse("sda2 is mounted on /srv/my files");
    }

    @Test
    void refusesAFileSystemThatHidesItsNumber() {
        host.partition("sda", 1).mount("0:45", host.tree.dev() + "/sda1", "/data");
        assertInUse("sda1 is mounted on /data");
    }

    @Test
    void refusesAFurtherDeviceOfABtrfs() {
        host.sys("fs/btrfs/42a55aef-cf6c-7220-d079-62ce943ba751/devices/sda/size", "1");
        assertInUse("sda belongs to btrfs file system 42a55aef-cf6c-7220-d079-62ce943ba751");
    }

    @Test
    void refusesSwap() {
        host.partition("sda", 3).swap(host.tree.dev() + "/sda3");
        assertInUse("sda3 is swap");
    }

    @Test
    void refusesAVolumeAndNamesWhatIsMountedAboveIt() {
        host.partition("sda", 1)
                .mapper("dm-0", "vg-root", "LVM-abc", "sda1")
                .mapper("dm-1", "secret", "CRYPT-LUKS2-x", "dm-0")
                .mount("253:1", "/dev/mapper/secret", "/home");
        assertInUse("sda1 holds LVM volume vg-root (dm-0), mounted on /home");
    }

    @Test
    void refusesAPathOfAMultipathMap() {
        host.mapper("dm-0", "mp1", "mpath-360014050000000b1", "sda");
        assertInUse("sda is a path of multipath map mp1 (dm-0); paths are multipath's to fail, this version does not");
    }

    @Test
    void refusesADiskWithTwoPathsAndNoMap() {
        host.kernelDisk("sdx", 1);
        assertEquals(
                "id1,sd@n5000c500a0000001 is reached over 2 paths (sda, sdx); paths are multipath's to fail, this version"
                        + " does not",
                planText());
    }

    @Test
    void refusesALoopDeviceAndTargetsAboveTheDisk() {
        host.sys("block/loop0/loop/backing_file", host.tree.node("sda").toString());
        assertInUse("sda is behind a loop device (/sys/block/loop0/loop/backing_file)");
    }

    @Test
    void refusesADiskThatAProgramHasOpen() {
        host.partition("sda", 1).link(host.tree.proc().resolve("812/fd/7"), host.tree.dev() + "/sda1");
        assertInUse("sda1 is open in process 812 (postgres)");
    }

    @Test
    void refusesADiskThatSomebodyHasClaimed() {
        host.claimed.add("sda");
        assertInUse("somebody has claimed /dev/sda for himself (a ZFS pool, a target, another file system)");
    }

    @Test
    void refusesWhenNobodyCanTellWhatIsMounted() {
        host.remove(host.tree.proc().resolve("self/mountinfo"));
        assertEquals("who uses id1,sd@n5000c500a0000001 cannot be told: /proc/self/mountinfo is not there", planText());
    }

    @Test
    void refusesADiskInAStateThatTheTransportMade() {
        host.sys("block/sda/device/state", "transport-offline");
        assertEquals(
                SDA + " is in the kernel's state transport-offline, which is not a disk's trouble alone; nothing is"
                        + " changed in it",
                planText());
    }

    @Test
    void doesNotTouchAnotherDiskThatHasTheNameNow() {
        host.identify("sda", 7);
        assertEquals("sda is another disk now, not id1,sd@n5000c500a0000001", planText());
    }

    @Test
    void doesNotTouchTheRightDiskUnderANameThatTheTopologyDoesNotKnow() {
        host.identify("sda", 7);
        host.kernelDisk("sdq", 1);
        assertEquals(
                "the topology has id1,sd@n5000c500a0000001 as sda, the kernel as sdq; it is certain when both agree",
                planText());
    }

    @Test
    void hasNothingToDoForADiskThatIsGone() {
        host.remove(host.tree.sys().resolve("block/sda"));
        assertEquals("Absent[reason=sda (id1,sd@n5000c500a0000001) is not in this machine any more]", planText());
    }

    @Test
    void doesNotTakeAnNvmeControllersStateForASwitch() {
        host.disk("nvme0n1", 4).sys("block/nvme0n1/device/state", "live");
        RetirePlan plan =
                new RetirePlanner(host.tree, host::isClaimed, false).planRetire(FakeHost.devid(4), host.topology());
        assertEquals(
                "nvme0n1 (serial ZC1A0004, Slot 04, id1,sd@n5000c500a0000004) is in no array, and its driver has no"
                        + " switch to take it offline",
                ((RetirePlan.Refuse) plan).reason());
    }

    @Test
    void takesAMemberOfEachRedundantLevel() {
        for (String level : List.of("raid1", "raid10", "raid4", "raid5", "raid6")) {
            host.array("md0", level, "sda", "sdb", "sdc");
            assertEquals(
                    "faulty > block/md0/md/dev-sda/state; remove > block/md0/md/dev-sda/state; offline >"
                            + " block/sda/device/state",
                    planText(),
                    level);
        }
    }

    @Test
    void refusesAMemberOfALevelWithoutRedundancy() {
        for (String level : List.of("raid0", "linear", "container", "")) {
            host.array("md0", "raid0", "sda", "sdb").sys("block/md0/md/level", level);
            assertStays("md0 (" + level + ") has no redundancy, it would lose data");
        }
    }

    @Test
    void refusesRaid10WhoseLayoutKeepsOneCopy() {
        host.array("md0", "raid10", "sda", "sdb").sys("block/md0/md/layout", "257");
        assertStays("md0 (raid10) has no redundancy, it would lose data");
    }

    @Test
    void refusesADegradedArray() {
        host.array("md0", "raid1", "sda", "sdb").sys("block/md0/md/degraded", "1");
        assertStays("md0 is degraded already, 1 of its members out");
    }

    @Test
    void refusesAnArrayAtWork() {
        host.array("md0", "raid5", "sda", "sdb", "sdc");
        for (String action : List.of("resync", "recover", "check", "repair", "reshape", "frozen")) {
            host.sys("block/md0/md/sync_action", action);
            assertStays("md0 is at work on itself (sync_action " + action + ")");
        }
        host.sys("block/md0/md/sync_action", "idle").sys("block/md0/md/resync_start", "0");
        assertStays("md0 has not finished a resync");
        host.sys("block/md0/md/resync_start", "none").sys("block/md0/md/array_state", "broken");
        assertStays("md0 is not in normal service (array_state broken)");
    }

    @Test
    void refusesWhenTheOthersAreNotWhole() {
        host.array("md0", "raid1", "sda", "sdb").member("md0", "sdb", "in_sync,write_error", "1");
        assertStays("md0 has a member that is not whole, sdb (in_sync,write_error)");
        host.member("md0", "sdb", "in_sync", "1").sys("block/md0/md/dev-sdb/bad_blocks", "2064 8");
        assertStays("md0 knows bad blocks on sdb, for which this disk may hold the last good copy");
        host.remove(host.tree.sys().resolve("block/md0/md/dev-sdb"));
        assertStays("md0 has nobody in slot 1");
    }

    @Test
    void refusesWhatAnotherProgramManages() {
        host.array("md0", "raid1", "sda", "sdb").sys("block/md0/md/metadata_version", "external:/md127/0");
        assertStays("md0 is managed from outside the kernel (external metadata): use mdadm --fail");
    }

    @Test
    void refusesEveryArrayOfWhichAnyFileIsMissing() {
        for (String file : List.of(
                "level",
                "raid_disks",
                "degraded",
                "array_state",
                "sync_action",
                "metadata_version",
                "dev-sdb/slot",
                "dev-sdb/state",
                "dev-sda/state")) {
            FakeHost fresh = new FakeHost(folder.resolve(file))
                    .disk("sda", 1)
                    .disk("sdb", 2)
                    .array("md0", "raid1", "sda", "sdb");
            fresh.remove(fresh.tree.sys().resolve("block/md0/md/" + file));
            RetirePlan plan = new RetirePlanner(fresh.tree, fresh::isClaimed, false)
                    .planRetire(FakeHost.devid(1), fresh.topology());
            assertTrue(plan instanceof RetirePlan.Refuse, file + ": " + plan);
        }
    }

    @Test
    void canBeToldToKeepRedundancy() {
        host.array("md0", "raid1", "sda", "sdb");
        assertEquals(
                SDA + " stays in service: md0 would have no redundancy left and no spare to rebuild on (property keep)",
                ((RetirePlan.Refuse) plan(true)).reason());
        host.member("md0", "sdc", "spare", "none");
        assertTrue(plan(true) instanceof RetirePlan.Act);
    }

    @Test
    void anIdleSpareLeavesWithoutBeingFailed() {
        host.array("md0", "raid1", "sdb", "sdc").member("md0", "sda", "spare", "none");
        assertEquals("remove > block/md0/md/dev-sda/state; offline > block/sda/device/state", planText());
    }
}
