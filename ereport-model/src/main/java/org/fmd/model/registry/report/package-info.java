// SPDX-License-Identifier: Apache-2.0
/**
 * The event registry for readers: one printer for each form.
 *
 * <pre>
 *   ClassEntry... ─┬─ RegistryText    a table for a terminal
 *                  ├─ RegistryHtml    one page that needs nothing else: no scripts, style inside
 *                  ├─ RegistryJson    one JSON object a class, schema version 1
 *                  ├─ RegistrySchema  JSON Schema of the events as the commands print them with -j
 *                  └─ RegistryManual  the manual page fmd-events(7)
 * </pre>
 *
 * <p>A printer takes classes and gives text: no clock, locale, terminal or file. What it prints of the same classes is always
 * the same, so golden files hold it. Nothing here has state, so any thread may print, and a crash loses nothing.
 */
@NullMarked
package org.fmd.model.registry.report;

import org.jspecify.annotations.NullMarked;
