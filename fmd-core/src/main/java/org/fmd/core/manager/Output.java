// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.manager;

import org.fmd.api.Explanation;
import org.fmd.model.event.Ireport;
import org.fmd.model.event.ListEvent;

/** All that the fault manager can ask for. */
public sealed interface Output {

    /** Make the event durable in the fault log. */
    record LogFault(ListEvent event) implements Output {}

    /** Make the event durable in the information log. */
    record LogInfo(Ireport event) implements Output {}

    /**
     * Tell the agents; all that is to be logged before it is durable by then.
     *
     * @param step which list event of its case this is, from 1
     */
    record TellAgents(ListEvent event, int step) implements Output {}

    /** The administrator's word was taken: {@code recorded repair of …}. */
    record Recorded(String text) implements Output {}

    /** The administrator's word was not taken; the text says why, as fmd reference §3.18 has it. */
    record Refused(String text) implements Output {}

    /** What an engine says when somebody asks why. */
    record Explained(Explanation explanation) implements Output {}

    /**
     * An engine threw and is out of service; its solved cases live on.
     *
     * @param why what it threw, and on which input
     */
    record EngineFailed(String engine, String why) implements Output {}

    /** Something for the daemon's own log. */
    record Note(Level level, String text) implements Output {}

    /** How much a note matters. */
    enum Level {
        INFO,
        WARN
    }
}
