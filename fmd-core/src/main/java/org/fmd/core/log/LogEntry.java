// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import org.fmd.model.event.LogRef;

/** A record and the place where it stands. */
public record LogEntry(LogRef ref, LogRecord record) {}
