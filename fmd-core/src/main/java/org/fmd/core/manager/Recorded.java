// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.fmd.model.event.Event;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.event.ListKind;
import org.jspecify.annotations.Nullable;

/**
 * What the fault log and the information log hold of the time that is being handled again, in the order in which it was
 * concluded, so that each record counts from the moment on that it counted from before: a diagnosis when it is made again, a
 * repair before the first ereport that came later.
 *
 * <p>Each log is in order; between the two the time decides, and of the same time a new diagnosis comes before an outcome, and
 * that before what follows from it. A repair and an ereport are in the order of the times they carry, which differs from the
 * order in which they were handled if the ereport was on its way just then.
 */
final class Recorded {
    private final Deque<ListEvent> lists = new ArrayDeque<>();
    private final Deque<Ireport> ireports = new ArrayDeque<>();
    private final Set<UUID> concluded = new HashSet<>();

    void add(Event event) {
        if (event instanceof ListEvent list) {
            lists.add(list);
        } else if (event instanceof Ireport ireport) {
            ireports.add(ireport);
        }
        UUID diagnosis = diagnosisOf(event);
        if (diagnosis != null) {
            concluded.add(diagnosis);
        }
    }

    /** The case whose diagnosis the record is, whether or not it was news; null if it is none. */
    private static @Nullable UUID diagnosisOf(Event event) {
        if (event instanceof ListEvent list) {
            return list.kind() == ListKind.SUSPECT ? list.uuid() : null;
        }
        return event instanceof Ireport ireport
                        && OutcomeRecord.duplicateOf(ireport).isPresent()
                ? ireport.uuid()
                : null;
    }

    /** The next record; null if there is none. */
    @Nullable
    Event next() {
        ListEvent list = lists.peek();
        Ireport ireport = ireports.peek();
        if (list == null || ireport == null) {
            return list == null ? ireport : list;
        }
        int order = list.tod().compareTo(ireport.tod());
        return order < 0 || (order == 0 && (list.kind() == ListKind.SUSPECT || isAboutLater(ireport))) ? list : ireport;
    }

    /** Whether it is about a case whose diagnosis is still to come. */
    private boolean isAboutLater(Ireport ireport) {
        return concluded.contains(OutcomeRecord.duplicateOf(ireport).orElse(ireport.uuid()));
    }

    /** Whether a record of a time before that one is next. */
    boolean isBefore(Instant time) {
        Event next = next();
        return next != null && next.tod().isBefore(time);
    }

    /** Takes the next record. */
    Event take() {
        Event next = next();
        if (next == null) {
            throw new IllegalStateException("nothing is recorded any more");
        }
        if (next instanceof ListEvent) {
            lists.remove();
        } else {
            ireports.remove();
        }
        forget(next);
        return next;
    }

    private void forget(Event taken) {
        UUID diagnosis = diagnosisOf(taken);
        if (diagnosis != null) {
            concluded.remove(diagnosis);
        }
    }

    /** Takes out that record, if it is still to come; whether it was. */
    boolean takeOut(Event event) {
        if (!(lists.remove(event) || ireports.remove(event))) {
            return false;
        }
        forget(event);
        return true;
    }

    /** Whether the diagnosis of that case is among what is still to come. */
    boolean holdsDiagnosis(UUID uuid) {
        return concluded.contains(uuid);
    }
}
