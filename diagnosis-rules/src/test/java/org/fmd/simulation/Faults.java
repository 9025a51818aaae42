// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.io.IOException;
import java.util.Random;

/** What goes wrong with the disk, as the schedule and the dice have it. */
final class Faults implements SimDisk.Hazards {

    /** What lasts a while. */
    enum Ailment {
        NONE,
        /** Every operation may fail. */
        FAILING,
        READ_ONLY
    }

    private final Schedule schedule;
    private final Random random;
    private final Trace trace;
    private final Runnable others;
    private Ailment ailment = Ailment.NONE;
    private boolean on;
    private boolean dead;
    private boolean crashing;

    /** @param others lets another thread go on */
    Faults(Schedule schedule, Random random, Trace trace, Runnable others) {
        this.schedule = schedule;
        this.random = random;
        this.trace = trace;
        this.others = others;
    }

    /** Says whether anything goes wrong at all; returns whether it did before. */
    boolean on(boolean yes) {
        boolean before = on;
        on = yes;
        return before;
    }

    void ail(Ailment now) {
        if (now != ailment) {
            trace.say("disk: %s", now);
        }
        ailment = now;
    }

    Ailment ailment() {
        return ailment;
    }

    /** A new process begins. */
    void alive() {
        dead = false;
        crashing = false;
    }

    private boolean oneIn(int chance) {
        return on && chance > 0 && random.nextInt(chance) == 0;
    }

    private Crash crash(String where) {
        dead = true;
        trace.say("CRASH %s", where);
        return new Crash(where);
    }

    private IOException fail(SimDisk.Op op, String name, String why) {
        trace.say("disk: %s %s: %s", op, name, why);
        return new IOException(why);
    }

    @Override
    public void before(SimDisk.Op op, String name) throws IOException {
        if (dead) {
            throw new Crash("dead");
        }
        crashing = false;
        if (!on) {
            return;
        }
        if (op.isChange() && oneIn(schedule.mixedOneIn())) {
            others.run();
        }
        if (oneIn(op.isChange() ? schedule.crashOneIn() : 8 * schedule.crashOneIn())) {
            // A write is cut short first.
            if (op != SimDisk.Op.WRITE) {
                throw crash("before " + op + " " + name);
            }
            crashing = true;
        }
        if (op.isChange()) {
            if (ailment == Ailment.READ_ONLY) {
                throw fail(op, name, "Read-only file system");
            }
            if ((ailment == Ailment.FAILING && oneIn(3)) || oneIn(8 * schedule.failOneIn())) {
                throw fail(op, name, "Input/output error");
            }
        } else if (op == SimDisk.Op.READ && isOfCheckpoint(name) && oneIn(schedule.readFailOneIn())) {
            throw fail(op, name, "Input/output error");
        }
    }

    private static boolean isOfCheckpoint(String name) {
        return name.startsWith("checkpoint") || name.startsWith("topology-");
    }

    @Override
    public void after(SimDisk.Op op, String name) {
        if (oneIn(schedule.crashOneIn())) {
            throw crash("after " + op + " " + name);
        }
    }

    @Override
    public int taken(String name, int count) {
        boolean cut = crashing || oneIn(20);
        return cut ? random.nextInt(count + 1) : count;
    }

    @Override
    public void written(String name, int count, int of) throws IOException {
        if (crashing || oneIn(schedule.crashOneIn())) {
            throw crash("in a write of " + count + " of " + of + " bytes to " + name);
        }
        if ((count == 0 && of > 0) || (count < of && oneIn(3))) {
            throw fail(SimDisk.Op.WRITE, name, "Input/output error after " + count + " of " + of + " bytes");
        }
    }
}
