// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

/** How a command ended, as its caller sees it. */
public enum ExitCode {
    DONE(0),
    FAILED(1),
    USAGE(2),
    /** fmdump: some records could not be shown, all others were. */
    SKIPPED(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
