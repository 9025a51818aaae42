// SPDX-License-Identifier: Apache-2.0
/**
 * The only place that knows JSON.
 *
 * <pre>
 *   TypedJson     the form of the logs: loses no type                {"class":"ereport.…","ena:uint64":6709…,"key:uint8":3}
 *   QueryJson     the form of -j: for people's scripts, plain values {"class":"ereport.…","ena":"0x5d21c04a1f901c01","key":3}
 *   EreportLines  many lines of the form of -j, read back as ereports, fast: error logs that are diagnosed again
 *   Json          any JSON text as maps, lists and plain values: captures, topologies, control requests
 * </pre>
 *
 * <p>Input is bounded (depth, length of names and numbers) by the parser's constraints; whatever a text holds, reading it ends
 * in a value or in a {@link org.fmd.model.json.JsonProblem}.
 */
@NullMarked
package org.fmd.model.json;

import org.jspecify.annotations.NullMarked;
