// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a run of a command left: its exit code and what it printed. */
record Cli(int exit, String out, String err) {

    static Cli run(Program program, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = program.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Cli(exit, out.toString(), err.toString());
    }

    /** All of it as one text, for a golden file. */
    String transcript() {
        return out + (err.isEmpty() ? "" : "--- standard error\n" + err) + (exit == 0 ? "" : "--- exit " + exit + "\n");
    }
}
