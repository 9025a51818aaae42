// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.backtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fmd.api.topo.TopoPath;
import org.fmd.api.topo.Topology;
import org.fmd.eversholt.check.Program;
import org.fmd.eversholt.eft.Replay;
import org.fmd.eversholt.eft.Settings;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/** Runs a log through one rule set or two, one record after the other, and knows at the end what came of it. */
public final class Backtest {
    /** Takes what is worth telling at once. */
    public interface Told {
        /**
         * A part of the log cannot be read.
         *
         * @param line its number, from 1; 0 where there are no lines and the problem names the place
         */
        void unreadable(long line, String problem);

        /** A rule cannot be evaluated; once for each place. */
        void failed(String rules, String place, String problem);
    }

    /** A rule set under test. */
    public static final class Side {
        private final String name;
        private final Replay replay;
        private final SerdTables engines;

        Side(String name, Replay replay, SerdTables engines) {
            this.name = name;
            this.replay = replay;
            this.engines = engines;
            replay.watch(engines);
        }

        /** Returns {@code today} or {@code candidate}. */
        public String name() {
            return name;
        }

        public long count(Replay.Kind kind) {
            return replay.count(kind);
        }

        public SerdTables engines() {
            return engines;
        }
    }

    private final Topology topology;
    private final Settings settings;
    private final SerdTables.Limits limits;
    private final Told told;
    private final Differences differences = new Differences();
    private final List<Side> sides = new ArrayList<>();
    private long ereports;
    private long others;
    private long unreadable;

    /**
     * Makes a test that has seen nothing yet.
     *
     * @param candidate null to run today's rules alone
     */
    public Backtest(
            Program today,
            @Nullable Program candidate,
            Topology topology,
            Settings settings,
            SerdTables.Limits limits,
            Told told) {
        this.topology = topology;
        this.settings = settings;
        this.limits = limits;
        this.told = told;
        boolean alone = candidate == null;
        sides.add(side("today", today, alone ? verdict -> {} : differences::today));
        if (candidate != null) {
            sides.add(side("candidate", candidate, differences::candidate));
        }
    }

    private Side side(String name, Program program, Consumer<Replay.Verdict> verdicts) {
        Replay.Listener listener = new Replay.Listener() {
            @Override
            public void concluded(Replay.Verdict verdict) {
                verdicts.accept(verdict);
            }

            @Override
            public void failed(String place, String problem) {
                told.failed(name, place, problem);
            }
        };
        return new Side(name, new Replay(program, topology, settings, listener), new SerdTables(limits, settings));
    }

    /** Takes all records; throws {@link IOException} if they cannot be read on. */
    public void run(ErrorLog log) throws IOException {
        for (ErrorLog.Kind kind = log.next(); kind != ErrorLog.Kind.END; kind = log.next()) {
            switch (kind) {
                case EREPORT -> {
                    ereports++;
                    LogRef ref = log.ref();
                    for (Side side : sides) {
                        side.replay.ereport(log.ereport(), ref);
                    }
                    differences.settle();
                }
                case OTHER -> {
                    others++;
                    repaired(log.repair());
                }
                default -> {
                    unreadable++;
                    told.unreadable(log.line(), log.problem());
                }
            }
        }
        for (Side side : sides) {
            side.replay.finish();
        }
        differences.settle();
    }

    private void repaired(ErrorLog.@Nullable Repair repair) {
        if (repair != null) {
            List<TopoPath> places = repair.places(topology);
            for (Side side : sides) {
                side.replay.repaired(repair.nanos(), places);
            }
            differences.settle();
        }
    }

    /** Returns today's rules and, if there is one, the candidate. */
    public List<Side> sides() {
        return List.copyOf(sides);
    }

    public Differences differences() {
        return differences;
    }

    public long ereports() {
        return ereports;
    }

    /** Returns how many events of other families there were. */
    public long others() {
        return others;
    }

    public long unreadable() {
        return unreadable;
    }
}
