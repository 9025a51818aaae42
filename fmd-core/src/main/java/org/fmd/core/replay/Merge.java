// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.fmd.model.event.LogRef;
import org.jspecify.annotations.Nullable;

/**
 * Several inputs as one: the earliest of those that are next. Each keeps its own order. An ereport that two inputs have from the same
 * place of the same log is one ereport.
 */
final class Merge implements Closeable {
    /** What is next in one lane. */
    private record Head(Lane lane, int number, Lane.Item item) {}

    private final List<Lane> lanes = new ArrayList<>();
    private final PriorityQueue<Head> heads = new PriorityQueue<>(
            Comparator.comparing((Head head) -> head.item().ereport().tod()).thenComparingInt(Head::number));
    private final @Nullable Set<LogRef> seen;

    /**
     * Opens them all.
     *
     * @param unread parallel to the forms
     */
    Merge(List<Form> forms, List<Unread> unread) throws IOException {
        seen = forms.size() > 1 ? new HashSet<>() : null;
        try {
            for (int i = 0; i < forms.size(); i++) {
                Lane lane = forms.get(i).opener().open(unread.get(i));
                lanes.add(lane);
                advance(lane, i);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void advance(Lane lane, int number) throws IOException {
        Lane.Item item = lane.next();
        while (item != null && seen != null && item.ref() != null && !seen.add(item.ref())) {
            item = lane.next();
        }
        if (item != null) {
            heads.add(new Head(lane, number, item));
        }
    }

    /** Returns the next one, null at the end. */
    Lane.@Nullable Item next() throws IOException {
        Head first = heads.poll();
        if (first == null) {
            return null;
        }
        advance(first.lane(), first.number());
        return first.item();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (Lane lane : lanes) {
            try {
                lane.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
