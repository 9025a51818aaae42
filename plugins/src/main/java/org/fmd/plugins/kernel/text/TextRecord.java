// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.time.Instant;

/**
 * One message of a log that was kept as text.
 *
 * @param line the number of its line, from 1
 * @param speaker who wrote it
 * @param program the name of the program, empty where nothing tells
 * @param tod when, by the wall clock
 * @param micros microseconds since boot; where the log does not tell them, since the first line
 * @param text the message; of a record of /dev/kmsg all of it
 */
record TextRecord(long line, Speaker speaker, String program, Instant tod, long micros, String text) {
    /** Who can have written a line. */
    enum Speaker {
        /** The kernel: the line says so. */
        KERNEL,
        /** The kernel: the line is a record of /dev/kmsg. */
        RECORD,
        /** A program: the line says so. */
        PROGRAM,
        /** Nothing says who; the kernel only if the message is one of its. */
        UNKNOWN
    }
}
