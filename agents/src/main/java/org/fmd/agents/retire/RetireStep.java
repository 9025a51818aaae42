// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

/** One word written to the kernel. */
sealed interface RetireStep {

    /** Returns the disk that the step is about. */
    Disk disk();

    /** Returns the file below {@code sys}. */
    String file();

    String word();

    /** Returns the step as a person would type it. */
    default String command(KernelTree tree) {
        return "echo " + word() + " > " + tree.sys().resolve(file());
    }

    /** Takes a member out of service in an md array, as {@code mdadm --fail} does. */
    record FailMember(Disk disk, String array, String device) implements RetireStep {
        @Override
        public String file() {
            return MdArray.stateFile(array, device);
        }

        @Override
        public String word() {
            return "faulty";
        }
    }

    /** Makes md let go of a member that is faulty or an idle spare, as {@code mdadm --remove} does. */
    record RemoveMember(Disk disk, String array, String device) implements RetireStep {
        @Override
        public String file() {
            return MdArray.stateFile(array, device);
        }

        @Override
        public String word() {
            return "remove";
        }
    }

    /** Makes the kernel refuse all further I/O to a disk. */
    record Offline(Disk disk) implements RetireStep {
        @Override
        public String file() {
            return disk.stateFile();
        }

        @Override
        public String word() {
            return "offline";
        }
    }

    /** Undoes {@link Offline}. */
    record Online(Disk disk) implements RetireStep {
        @Override
        public String file() {
            return disk.stateFile();
        }

        @Override
        public String word() {
            return "running";
        }
    }
}
