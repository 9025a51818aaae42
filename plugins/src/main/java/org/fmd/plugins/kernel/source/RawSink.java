// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.source;

import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;

/** Takes what a port gives. The arrays belong to the port and are filled anew by its next record. */
public interface RawSink {

    /** One record of the kernel's log. */
    void kmsg(byte[] bytes, int length, Arrival at);

    /** One datagram from the kernel's uevent socket. */
    void uevent(byte[] bytes, int length, Arrival at);

    /**
     * Trace events can be read from now on; told again when there are others.
     *
     * @param layout of the pages that follow
     * @param events that can be in them
     */
    void traceBegins(PageLayout layout, TraceEvents events);

    /**
     * One page of trace events. Those of different processors come in no order, so a port reads all of them until they are empty
     * before its {@link KernelPort#await} returns.
     *
     * @param length how many bytes there are
     * @param epochNanos what the wall clock said when the trace clock said 0, in nanoseconds since 1970
     */
    void tracePage(byte[] bytes, int length, Arrival at, long epochNanos);

    /** A datagram that somebody else than the kernel sent. */
    void foreign(Arrival at);

    /** Records were overwritten before they could be read. */
    void lost(Source source, Arrival at);

    /** A source ended; the others go on. */
    void gone(Source source, String why);

    /**
     * A line that a program wrote, in a log that holds the kernel's lines too. Nothing in it is the kernel's word.
     *
     * @param program the name of the program, empty where nothing tells
     */
    default void said(String program, String text, Arrival at) {}
}
