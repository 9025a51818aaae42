// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.workload;

import java.time.Instant;

/**
 * What machines there are and what happens to them.
 *
 * @param disks how many disks, 1 to 10,000,000
 * @param hosts how many hosts the disks are spread over, at least 1 and no more than disks
 * @param ereports how many ereports
 * @param fatal the share of ereports outside of storms whose command was given up, 0 to 1
 * @param badDisks the share of disks that say four fifths of what goes on outside of storms, 0 to 1
 * @param expanderStorms how often an expander is lost, with all disks behind it
 * @param hbaStorms how often an adapter is reset, with all disks on it
 * @param attentionFloods how often the disks of an enclosure tell everybody of a change
 * @param trickles how many disks get over an error every hour or so
 * @param rate how many ereports there are in a second outside of storms, on average; more than 0
 * @param seed what all chance depends on
 * @param start the time before the first ereport
 */
public record Workload(
        int disks,
        int hosts,
        long ereports,
        double fatal,
        double badDisks,
        int expanderStorms,
        int hbaStorms,
        int attentionFloods,
        int trickles,
        double rate,
        long seed,
        Instant start) {

    /** A thousand disks for some hours, of each kind of trouble something. */
    public static final Workload DEFAULT =
            new Workload(1_000, 1, 100_000, 0.01, 0.02, 2, 1, 2, 5, 5, 1, Instant.parse("2026-01-01T00:00:00Z"));

    private static final int MOST_DISKS = 10_000_000;
    private static final int MOST_EPISODES = 1_000_000;

    /** Refuses with {@link IllegalArgumentException} what is out of range; the message names it. */
    public Workload {
        require("disks", disks, 1, MOST_DISKS);
        require("hosts", hosts, 1, disks);
        require("ereports", (double) ereports, 0, 1e15);
        require("fatal", fatal, 0, 1);
        require("bad-disks", badDisks, 0, 1);
        require("expander-storms", expanderStorms, 0, MOST_EPISODES);
        require("hba-storms", hbaStorms, 0, MOST_EPISODES);
        require("attention-floods", attentionFloods, 0, MOST_EPISODES);
        require("trickles", trickles, 0, MOST_EPISODES);
        require("rate", rate, 1e-6, 1e6);
    }

    private static void require(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    what + " is " + text(value) + "; it must be from " + text(least) + " to " + text(most));
        }
    }

    private static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    /** Returns the same for other numbers of disks and ereports. */
    public Workload sized(int newDisks, long newEreports) {
        return new Workload(
                newDisks,
                Math.min(hosts, newDisks),
                newEreports,
                fatal,
                badDisks,
                expanderStorms,
                hbaStorms,
                attentionFloods,
                trickles,
                rate,
                seed,
                start);
    }

    /** Returns the same with nothing but what goes on all the time. */
    public Workload calm() {
        return new Workload(disks, hosts, ereports, fatal, badDisks, 0, 0, 0, 0, rate, seed, start);
    }

    public Fleet fleet() {
        return new Fleet(disks, hosts);
    }

    /** Returns the ereports from the first one on. */
    public EreportStream stream() {
        return new EreportStream(this);
    }
}
