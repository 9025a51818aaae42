// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a run of a command left: its exit code and what it printed. */
record Cli(int exit, String out, String err) {

    static Cli run(CommandLine commandLine, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return new Cli(commandLine.execute(args), out.toString(), err.toString());
    }

    /** All of it as one text, for a golden file. */
    String transcript() {
        return out + (err.isEmpty() ? "" : "--- standard error\n" + err) + (exit == 0 ? "" : "--- exit " + exit + "\n");
    }
}
