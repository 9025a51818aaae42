// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.compile;

import java.util.ArrayList;
import java.util.List;
import org.fmd.eversholt.check.Arrow;
import org.fmd.eversholt.check.Count;
import org.jspecify.annotations.Nullable;

/**
 * An arrow before it is part of a graph.
 *
 * @param position which arrow of the statement it comes from, from 0
 * @param pass which source instance of that arrow it leaves, from 0: the arrows of one pass are one out-group
 * @param refused why the topology forbids it, null if it does not; such an arrow is kept only where somebody asks why
 */
record Draft(
        Placement placement,
        int position,
        int pass,
        CompiledUse fromUse,
        Component from,
        CompiledUse toUse,
        Component to,
        Guard guard,
        @Nullable Reason refused) {

    Arrow arrow() {
        return placement.statement().propagation().arrows().get(position);
    }

    Origin origin() {
        return new Origin(placement.statement().propagation(), position, fromUse.use(), toUse.use());
    }

    EventKey fromKey() {
        return new EventKey(fromUse.use().event().name().eventClass(), from.path());
    }

    EventKey toKey() {
        return new EventKey(toUse.use().event().name().eventClass(), to.path());
    }

    /** All arrows that one placement makes, in source order, less those whose constraints are false already. */
    static List<Draft> all(Placement placement, World world, Reads reads, Judge judge, Problems problems) {
        List<Draft> drafts = new ArrayList<>();
        List<List<CompiledUse>> columns = placement.statement().columns();
        for (int i = 0; i + 1 < columns.size(); i++) {
            Arrow arrow = placement.statement().propagation().arrows().get(i);
            if (unusable(arrow.n(), arrow, problems) || unusable(arrow.k(), arrow, problems)) {
                continue;
            }
            Column column = new Column(placement, i, world, reads, judge, drafts);
            for (CompiledUse source : columns.get(i)) {
                column.from(source, columns.get(i + 1));
            }
        }
        return drafts;
    }

    private static boolean unusable(Count count, Arrow arrow, Problems problems) {
        if (count instanceof Count.Unusable form) {
            problems.add(arrow.span(), "'" + form + "' is no number of arrows");
            return true;
        }
        return false;
    }

    /** One arrow of a placed statement, let loose horizontally. */
    private static final class Column {
        private final Placement placement;
        private final int position;
        private final World world;
        private final Reads reads;
        private final Judge judge;
        private final List<Draft> drafts;
        private int passes;

        Column(Placement placement, int position, World world, Reads reads, Judge judge, List<Draft> drafts) {
            this.placement = placement;
            this.position = position;
            this.world = world;
            this.reads = reads;
            this.judge = judge;
            this.drafts = drafts;
        }

        void from(CompiledUse source, List<CompiledUse> targets) {
            Component placed = placement.at(source);
            if (placed == null) {
                return;
            }
            Spread.of(world.tree(), reads, source, placed, placement.iterators(), (from, iterators) -> {
                int pass = passes++;
                for (CompiledUse target : targets) {
                    Component goal = placement.at(target);
                    if (goal != null) {
                        Spread.of(
                                world.tree(),
                                reads,
                                target,
                                goal,
                                iterators,
                                (to, numbers) -> offer(pass, source, from, target, to, numbers.clone()));
                    }
                }
            });
        }

        private void offer(
                int pass, CompiledUse source, Component from, CompiledUse target, Component to, long[] iterators) {
            Binding.End start = source.at(Seat.of(from, reads.center()));
            Binding.End end = target.at(Seat.of(to, reads.center()));
            Binding ofSource =
                    new Binding(start, end, iterators, source.frozen().size());
            Binding ofTarget =
                    new Binding(end, start, iterators, target.frozen().size());
            if (!source.staysAbove(ofSource) || !target.staysAbove(ofTarget)) {
                reads.own();
            }
            @Nullable Guard guard = judge.build(source, ofSource, target, ofTarget, world, reads);
            if (guard != null) {
                drafts.add(new Draft(placement, position, pass, source, from, target, to, guard, null));
            } else if (judge.refused() != null) {
                drafts.add(new Draft(placement, position, pass, source, from, target, to, Guard.OPEN, judge.refused()));
            }
        }
    }
}
