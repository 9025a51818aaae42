// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.esc;

/** How a command ended. */
enum ExitCode {
    /** Done, nothing to object to. */
    OK(0),
    /** Done, and the rules have errors. */
    REFUSED(1),
    /** Not done: a wrong option, or a file that cannot be read. */
    USAGE(2);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
