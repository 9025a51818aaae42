// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.util.Random;

/**
 * What may happen in one simulation, drawn from its seed: some kinds of trouble, not all at once, and sizes that make what is rare
 * frequent. Figures called {@code OneIn} are chances; 0 is never.
 *
 * @param steps how long it goes on
 * @param crashOneIn the process ends at an operation on the disk
 * @param power whether the power may go with it
 * @param failOneIn a write, force, rename, … fails
 * @param readFailOneIn a read of the checkpoint fails
 * @param full whether the disk runs full now and then
 * @param readOnly whether the file system is read-only now and then
 * @param late whether ereports come late
 * @param twice whether ereports come twice
 * @param stepBack whether the clock is set back now and then
 * @param stepForth whether it is set forward
 * @param hardware whether disks are replaced and moved
 * @param operator whether somebody repairs and acquits
 * @param slow whether agents are slow
 * @param failing whether agents fail
 * @param stops whether the daemon is stopped in order now and then
 * @param rotateSize {@code log.rotate.size}
 * @param quota {@code log.quota}
 * @param mixedOneIn another thread goes on in the middle of an operation on the disk
 */
record Schedule(
        long seed,
        int steps,
        int crashOneIn,
        boolean power,
        int failOneIn,
        int readFailOneIn,
        boolean full,
        boolean readOnly,
        boolean late,
        boolean twice,
        boolean stepBack,
        boolean stepForth,
        boolean hardware,
        boolean operator,
        boolean slow,
        boolean failing,
        boolean stops,
        long rotateSize,
        long quota,
        int mixedOneIn) {

    private static final int HEADER = 8192;

    static Schedule of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        return new Schedule(
                seed,
                60 + random.nextInt(120),
                often(random, 6) ? 30 + random.nextInt(300) : 0,
                random.nextBoolean(),
                often(random, 3) ? 10 + random.nextInt(100) : 0,
                often(random, 2) ? 1 + random.nextInt(20) : 0,
                often(random, 2),
                often(random, 1),
                often(random, 1),
                often(random, 2),
                often(random, 1),
                often(random, 2),
                often(random, 3),
                often(random, 4),
                often(random, 3),
                often(random, 3),
                often(random, 3),
                often(random, 5) ? HEADER + 400 + random.nextInt(4000) : 1 << 20,
                often(random, 1) ? 8 * HEADER : 1 << 30,
                often(random, 5) ? 5 + random.nextInt(60) : 0);
    }

    private static boolean often(Random random, int inTen) {
        return random.nextInt(10) < inTen;
    }
}
