// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import org.jspecify.annotations.Nullable;

/** A command that cannot do what it was asked; the message says what failed, for which object, and why. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    private CommandFailure(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    static CommandFailure failed(String message, @Nullable Throwable cause) {
        return new CommandFailure(ExitCode.FAILED, message, cause);
    }

    /** A request that makes no sense, whatever the state of the machine. */
    static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message, null);
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
