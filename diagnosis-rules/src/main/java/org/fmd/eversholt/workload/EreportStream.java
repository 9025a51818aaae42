// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.workload;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.fmd.model.event.Ereport;

/** The ereports of a {@link Workload}, in order of their times. Made one by one as they are asked for. */
public final class EreportStream implements Iterator<Ereport> {
    private static final long SECOND = 1_000_000_000L;
    private static final Trouble[] EXPANDER_LOST = {
        Trouble.TRANSPORT, Trouble.TIMEOUT, Trouble.TRANSPORT, Trouble.NOT_READY, Trouble.RECOVERED
    };
    private static final Trouble[] ADAPTER_RESET = {Trouble.RESET, Trouble.RESET, Trouble.POWER_ON, Trouble.RECOVERED};
    private static final Trouble[] ATTENTION = {
        Trouble.LUNS_CHANGED, Trouble.PARAMETERS_CHANGED, Trouble.LUNS_CHANGED, Trouble.POWER_ON, Trouble.LUNS_CHANGED
    };

    private final Workload workload;
    private final Fleet fleet;
    private final ErrorReport reports;
    private final Dice dice;
    private final PriorityQueue<Episode> episodes =
            new PriorityQueue<>(Comparator.comparingLong(Episode::due).thenComparingLong(Episode::order));
    private long made;
    private long storms;

    EreportStream(Workload workload) {
        this.workload = workload;
        this.fleet = workload.fleet();
        this.reports = new ErrorReport(fleet);
        this.dice = new Dice(Dice.mixed(workload.seed()));
        Instant began = workload.start();
        long start = began.getEpochSecond() * SECOND + began.getNano();
        episodes.add(new Episode.Background(workload, start));
        for (int i = 0; i < workload.trickles(); i++) {
            int disk = Episode.scattered(workload.disks() - 1 - i % workload.disks(), workload);
            episodes.add(new Episode.Trickle(i + 1L, start, disk));
        }
    }

    @Override
    public boolean hasNext() {
        return made < workload.ereports();
    }

    @Override
    public Ereport next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all " + made + " ereports are made");
        }
        Episode episode = episodes.remove();
        long now = episode.due();
        Ereport ereport = episode.next(reports, dice);
        if (!episode.over()) {
            episodes.add(episode);
        }
        made++;
        beginStorms(now);
        return ereport;
    }

    /** Storms of each kind begin at even distances, in the order of the ereports, so that a short run has its share. */
    private void beginStorms(long now) {
        long all = (long) workload.expanderStorms() + workload.hbaStorms() + workload.attentionFloods();
        while (storms < all && made >= (2 * storms + 1) * (workload.ereports() / (2.0 * all))) {
            episodes.add(storm(1_000_000_000L + storms, now + SECOND));
            storms++;
        }
    }

    private Episode storm(long order, long start) {
        int disk = dice.below(workload.disks());
        // Kinds take turns in proportion to their numbers.
        long all = (long) workload.expanderStorms() + workload.hbaStorms() + workload.attentionFloods();
        long turn = storms * 7919 % all;
        if (all % 7919 == 0) {
            turn = storms;
        }
        if (turn < workload.expanderStorms()) {
            return new Episode.Storm(order, start, fleet.enclosure(disk), EXPANDER_LOST);
        }
        return turn < (long) workload.expanderStorms() + workload.hbaStorms()
                ? new Episode.Storm(order, start, fleet.adapter(disk), ADAPTER_RESET)
                : new Episode.Storm(order, start, fleet.enclosure(disk), ATTENTION);
    }
}
