// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.eft;

import org.fmd.api.CaseKey;
import org.fmd.api.topo.TopoPath;
import org.fmd.eversholt.compile.Component;
import org.fmd.model.event.LogRef;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/** An ereport on its way through the engine. One per accepted ereport; it counts the cases that the ereport opens. */
final class Report {
    private final LogRef ref;
    private final String eventClass;
    private final @Nullable TopoPath path;
    private final @Nullable Component at;
    private final long nanos;
    private final NvList payload;
    private final Object detector;
    private int cases;

    /**
     * @param path the component it is about, null where the detector leads to none
     * @param at the component at the path in the engine's present tree, null if it is not known whether there is one
     * @param nanos its own time since the epoch
     * @param detector what its text is in messages
     */
    Report(
            LogRef ref,
            String eventClass,
            @Nullable TopoPath path,
            @Nullable Component at,
            long nanos,
            NvList payload,
            Object detector) {
        this.ref = ref;
        this.eventClass = eventClass;
        this.path = path;
        this.at = at;
        this.nanos = nanos;
        this.payload = payload;
        this.detector = detector;
    }

    LogRef ref() {
        return ref;
    }

    String eventClass() {
        return eventClass;
    }

    @Nullable
    TopoPath path() {
        return path;
    }

    @Nullable
    Component at() {
        return at;
    }

    long nanos() {
        return nanos;
    }

    NvList payload() {
        return payload;
    }

    String detector() {
        return detector.toString();
    }

    /** The same for any engine, as it was before it opened a case. */
    Report copy() {
        return new Report(ref, eventClass, path, null, nanos, payload, detector);
    }

    /** The same at another time. */
    Report at(long otherNanos) {
        return otherNanos == nanos ? this : new Report(ref, eventClass, path, at, otherNanos, payload, detector);
    }

    /** How many cases it has opened. */
    int cases() {
        return cases;
    }

    /** Says how many cases it has opened. */
    void cases(int opened) {
        cases = opened;
    }

    /** A key for one more case that this ereport opens. */
    CaseKey newCase() {
        return new CaseKey(ref, cases++);
    }
}
