// SPDX-License-Identifier: Apache-2.0
package org.fmd.model.text;

/** What stands in a text: an event, or something that cannot be read. */
public sealed interface TextItem permits TextEvent, TextProblem {

    /** Returns the number of the line where it begins, from 1. */
    long line();
}
