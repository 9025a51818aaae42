// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.workload;

import org.fmd.model.event.Ereport;

/** Something that goes on for a while and has its next ereport ready at a known time. */
abstract class Episode {
    private static final long MILLI = 1_000_000L;
    private static final long HOUR = 3_600_000L * MILLI;

    private final long order;
    /** When the next ereport is made; later whenever one was. */
    protected long due;

    Episode(long order, long due) {
        this.order = order;
        this.due = due;
    }

    /** When the next ereport is made, in nanoseconds since the epoch. */
    long due() {
        return due;
    }

    /** What tells episodes apart that are due at the same time. */
    long order() {
        return order;
    }

    /** Makes the ereport that is due and finds out when the next one will be. */
    abstract Ereport next(ErrorReport reports, Dice dice);

    abstract boolean over();

    /** What goes on all the time: a few bad disks say most of it, and of them the worst one most. */
    static final class Background extends Episode {
        private static final double OF_BAD_DISKS = 0.8;

        private final Workload workload;
        private final int bad;

        Background(Workload workload, long start) {
            super(0, start);
            this.workload = workload;
            this.bad =
                    (int) Math.min(workload.disks(), Math.max(1, Math.round(workload.disks() * workload.badDisks())));
        }

        @Override
        Ereport next(ErrorReport reports, Dice dice) {
            Trouble trouble = trouble(dice);
            Ereport ereport = reports.of(trouble, disk(dice), due, dice.next());
            due += dice.until(1e9 / workload.rate());
            return ereport;
        }

        private int disk(Dice dice) {
            if (workload.badDisks() == 0 || !dice.chance(OF_BAD_DISKS)) {
                return dice.below(workload.disks());
            }
            double worst = dice.fraction();
            int rank = (int) (bad * worst * worst * worst);
            return scattered(rank, workload);
        }

        private Trouble trouble(Dice dice) {
            if (dice.chance(workload.fatal())) {
                return dice.below(10) < 7 ? Trouble.UNREADABLE_BLOCK : Trouble.HARDWARE_ERROR;
            }
            int sort = dice.below(1000);
            if (sort < 350) {
                return Trouble.RECOVERED;
            }
            if (sort < 600) {
                return Trouble.BLOCK_TRIED_AGAIN;
            }
            if (sort < 750) {
                return Trouble.RECOVERED_BY_DISK;
            }
            if (sort < 830) {
                return Trouble.HARDWARE_TRIED_AGAIN;
            }
            if (sort < 900) {
                return Trouble.POWER_ON;
            }
            if (sort < 930) {
                return Trouble.NOT_READY;
            }
            if (sort < 950) {
                return Trouble.ILLEGAL_REQUEST;
            }
            if (sort < 970) {
                return Trouble.BUSY;
            }
            if (sort < 995) {
                return Trouble.TIMEOUT;
            }
            return sort < 999 ? Trouble.UNDECODED : Trouble.PREDICTED_FAILURE;
        }

        @Override
        boolean over() {
            return false;
        }
    }

    /** The disk of a rank, somewhere in the fleet; different ones for different ranks. */
    static int scattered(int rank, Workload workload) {
        // A prime above every number of disks: its multiples go through all of them before one comes again.
        return (int) ((rank * 15_485_863L + (workload.seed() & 0xffff) * 31) % workload.disks());
    }

    /** A disk that gets over an error every hour or so. */
    static final class Trickle extends Episode {
        private final int disk;

        Trickle(long order, long start, int disk) {
            super(order, start + (Dice.mixed(order) >>> 1) % HOUR);
            this.disk = disk;
        }

        @Override
        Ereport next(ErrorReport reports, Dice dice) {
            Trouble trouble = dice.chance(0.7) ? Trouble.RECOVERED : Trouble.RECOVERED_BY_DISK;
            Ereport ereport = reports.of(trouble, disk, due, dice.next());
            due += 1 + dice.until(HOUR);
            return ereport;
        }

        @Override
        boolean over() {
            return false;
        }
    }

    /** One thing happens to many disks at once, in rounds: first all say the first trouble, then the second. */
    static final class Storm extends Episode {
        private final Fleet.Range disks;
        private final Trouble[] rounds;
        private int said;

        Storm(long order, long start, Fleet.Range disks, Trouble... rounds) {
            super(order, start);
            this.disks = disks;
            this.rounds = rounds.clone();
        }

        @Override
        Ereport next(ErrorReport reports, Dice dice) {
            int disk = disks.first() + said % disks.size();
            Ereport ereport = reports.of(rounds[said / disks.size()], disk, due, dice.next());
            said++;
            due += dice.until(2 * MILLI) + (said % disks.size() == 0 ? 1000 * MILLI : 1);
            return ereport;
        }

        @Override
        boolean over() {
            return said == rounds.length * disks.size();
        }
    }
}
