// SPDX-License-Identifier: Apache-2.0
/**
 * The control socket: how commands talk to the daemon.
 *
 * <p>A Unix-domain stream socket, {@code run/fmd/fmd.sock} below the root. The client sends one JSON object on one line; the server
 * answers with any number of objects, a line each, then {@code {"done":true}} or {@code {"error":"text"}}, and closes.
 *
 * <pre>
 *   {"op":"cases"}                                  one {"type":"case", …} per case of the cache
 *   {"op":"config"}                                 one {"module", "version", "status", "description", "detail"} per module
 *   {"op":"status"}                                 one object of counters
 *   {"op":"repaired","target":"hc://…"}             {"recorded":"recorded repair of …"}
 *   {"op":"replaced","target":"Slot 07"}            likewise
 *   {"op":"acquit","target":"hc://…","uuid":"…"}    likewise; the uuid may be left out
 * </pre>
 *
 * <p>Everybody may ask; only root and the user that the daemon runs as may change anything. One thread serves all clients without
 * ever waiting for one. A request that is too long, is no JSON, or cannot be granted is answered with an error and counted; a client
 * that neither asks nor reads for ten seconds, and one beyond the 64 that are served at a time, is closed and counted.
 */
@NullMarked
package org.fmd.core.ctl;

import org.jspecify.annotations.NullMarked;
