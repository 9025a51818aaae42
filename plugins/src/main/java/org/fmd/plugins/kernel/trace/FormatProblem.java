// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.trace;

/** A layout file of the kernel does not say what is needed; the message names what. */
public final class FormatProblem extends Exception {
    private static final long serialVersionUID = 1L;

    public FormatProblem(String message) {
        super(message);
    }
}
