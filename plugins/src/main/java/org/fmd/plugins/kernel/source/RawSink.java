// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.source;

/** Takes what a port gives. The arrays belong to the port and are filled anew by its next record. */
public interface RawSink {

    /** One record of the kernel's log. */
    void kmsg(byte[] bytes, int length, Arrival at);

    /** One datagram from the kernel's uevent socket. */
    void uevent(byte[] bytes, int length, Arrival at);

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
