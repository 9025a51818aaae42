// SPDX-License-Identifier: Apache-2.0
package org.fmd.api;

/**
 * What a message code says to people (fmd reference §5.7 and §7.3). Items that the texts do not have are {@code -}.
 *
 * @param code the message code
 * @param type Fault, Defect, Alert, Repair, Update, Resolved
 * @param severity Critical, Major, Minor
 * @param description what happened
 * @param response what the system did
 * @param impact what it means
 * @param action what to do now
 * @param text the whole message, several lines, as syslog and {@code fmdump -m} print it
 */
public record Message(
        String code,
        String type,
        String severity,
        String description,
        String response,
        String impact,
        String action,
        String text) {}
