// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.fmd.api.Message;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.ListEvent;
import org.fmd.model.registry.Category;
import org.jspecify.annotations.Nullable;

/** Whom a replay tells what it finds, in the order of the time in which the daemon would have found it. */
public interface Told {

    /** The inputs are known, none is read yet. */
    void begins(List<Source> inputs);

    /**
     * An ereport.
     *
     * @param index its number, from 0
     * @param device the name of what it is about, null if that has none
     */
    void ereport(int index, Ereport ereport, @Nullable String device);

    /** A case is solved. */
    void diagnosed(Diagnosed diagnosed);

    /** All is said. */
    void ends(Summary summary);

    /**
     * An input.
     *
     * @param name as people named it
     * @param form what it turned out to be
     */
    record Source(String name, String form) {}

    /**
     * A solved case.
     *
     * @param event its list of suspects
     * @param ereports the numbers of the ereports that caused it, in their order
     * @param affected names of the devices, and of what stands on them
     * @param message what it means
     */
    record Diagnosed(ListEvent event, List<Integer> ereports, List<String> affected, Message message) {}

    /**
     * What came of it.
     *
     * @param ereports how many
     * @param cases how many were solved
     * @param open how many are without a diagnosis
     * @param categories the kinds of part that are suspected, in the order of {@link Category}
     * @param undiagnosed how many ereports were not looked at, by cause
     * @param unparsed how much could not be read
     * @param firstUnparsed for each input of which something could not be read: the first of it
     * @param first the time of the earliest ereport, null if there is none
     * @param last the time of the latest
     */
    record Summary(
            int ereports,
            int cases,
            int open,
            List<Category> categories,
            Map<String, Long> undiagnosed,
            long unparsed,
            List<String> firstUnparsed,
            @Nullable Instant first,
            @Nullable Instant last) {}
}
