// SPDX-License-Identifier: Apache-2.0
package org.fmd.simulation;

import java.io.PrintStream;
import java.util.Locale;
import org.fmd.core.manager.Input;
import org.fmd.core.manager.Output;
import org.fmd.model.event.ListEvent;
import org.jspecify.annotations.Nullable;

/** Tells what happens, line by line, if somebody wants to read it. */
final class Trace {
    private final @Nullable PrintStream out;
    private final StringBuilder indent = new StringBuilder();
    private String when = "";

    Trace(@Nullable PrintStream out) {
        this.out = out;
    }

    boolean isOn() {
        return out != null;
    }

    /** The time that the next lines carry. */
    void at(Object time) {
        when = time.toString();
    }

    /** What follows happens within something. */
    void in() {
        indent.append("  ");
    }

    void out() {
        indent.setLength(indent.length() - 2);
    }

    void say(String format, @Nullable Object... values) {
        if (out != null) {
            out.println(when + " " + indent + String.format(Locale.ROOT, format, values));
        }
    }

    /** An input in one line. */
    static String brief(Input input) {
        if (input instanceof Input.EreportAccepted accepted) {
            return "ereport at " + accepted.ref().offset() + ", " + accepted.now();
        }
        if (input instanceof Input.TopologyTaken taken) {
            return "topology of " + taken.topology().nodes().size() + " nodes";
        }
        return input.toString();
    }

    /** An output in one line. */
    static String brief(Output output) {
        if (output instanceof Output.LogFault fault) {
            ListEvent event = fault.event();
            return "log " + event.kind() + " " + event.uuid() + " "
                    + event.suspects().stream().map(s -> s.eventClass().name()).toList() + event.statuses();
        }
        if (output instanceof Output.LogInfo info) {
            return "log " + info.event().eventClass().name() + " "
                    + info.event().uuid();
        }
        if (output instanceof Output.TellAgents tell) {
            return "tell " + tell.event().kind() + " " + tell.event().uuid() + " step " + tell.step();
        }
        return output.toString();
    }
}
