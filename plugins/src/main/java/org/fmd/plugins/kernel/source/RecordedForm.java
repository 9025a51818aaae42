// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.source;

import java.io.IOException;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.fmd.api.replay.RecordedInput;

/** A form in which the kernel's records are left behind: how to know it, and how to read records from it. */
public interface RecordedForm {

    /** Returns what it is, for people: {@code capture}. */
    String name();

    /**
     * Opens an input of this form. The port plays without waiting and with the recorded times.
     *
     * @param unreadable takes what is no record, and the number of its line from 1, 0 where there is none
     * @return empty if the input is of another form
     * @throws IOException if it is of this form and cannot be read at all; the message says why
     */
    Optional<KernelPort> open(RecordedInput input, ObjLongConsumer<String> unreadable) throws IOException;
}
