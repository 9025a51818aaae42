// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.util.Optional;

/** The kinds of log: what the header calls it, and the name of its current file in the state directory. */
public enum LogLabel {
    /** Ereports: what was observed. */
    ERROR("error", "errlog"),
    /** Lists of suspects and what became of them: what was concluded. */
    FAULT("fault", "fltlog"),
    /** Informational reports. */
    INFO("info", "infolog");

    private final String text;
    private final String fileName;

    LogLabel(String text, String fileName) {
        this.text = text;
        this.fileName = fileName;
    }

    /** The word in the header: {@code error}, {@code fault} or {@code info}. */
    public String text() {
        return text;
    }

    /** The name of the current file; rotated ones add a dot and a number, 0 being the newest. */
    public String fileName() {
        return fileName;
    }

    /** The label with that word in the header; empty if there is none. */
    public static Optional<LogLabel> of(String text) {
        for (LogLabel label : values()) {
            if (label.text.equals(text)) {
                return Optional.of(label);
            }
        }
        return Optional.empty();
    }
}
