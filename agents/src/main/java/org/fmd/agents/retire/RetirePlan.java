// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.util.List;
import java.util.stream.Collectors;

/** What is to be done about one disk, decided before anything is done. The same plan is printed or carried out. */
sealed interface RetirePlan {

    /**
     * Acts.
     *
     * @param disk the disk
     * @param steps what to write, in order; at least one
     * @param advice what is left to a person, empty if nothing is
     */
    record Act(Disk disk, List<RetireStep> steps, String advice) implements RetirePlan {
        public Act {
            steps = List.copyOf(steps);
        }

        String commands(KernelTree tree) {
            return steps.stream().map(step -> step.command(tree)).collect(Collectors.joining("; "));
        }
    }

    /** The disk is where it should be already. */
    record Already(Disk disk, String reason) implements RetirePlan {}

    /** The disk is not in the machine: there is nothing to act on. */
    record Absent(String reason) implements RetirePlan {}

    /** Acting could make it worse, or nobody can tell. */
    record Refuse(String reason) implements RetirePlan {}
}
