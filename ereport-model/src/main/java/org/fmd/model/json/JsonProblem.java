// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.json;

import java.io.IOException;

/** A text that is no JSON, or not of the form that was asked for; the message names the line and column. */
public final class JsonProblem extends IOException {
    private static final long serialVersionUID = 1L;

    JsonProblem(String message) {
        super(message);
    }
}
