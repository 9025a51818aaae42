// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/** A pager such as {@code more}, which has our standard output and waits for what we write. */
final class PagerProcess {
    private final Process process;

    /** Starts the command, a line for the shell as {@code $PAGER} holds it. */
    PagerProcess(String command) throws IOException {
        process = new ProcessBuilder("/bin/sh", "-c", command)
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT)
                .start();
    }

    /** Returns a writer to the pager; closing it waits until the pager has ended. */
    PrintWriter writer() {
        return new PrintWriter(
                new FilterWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)) {
                    @Override
                    public void close() throws IOException {
                        try {
                            super.close();
                        } finally {
                            await();
                        }
                    }
                });
    }

    private void await() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
