// SPDX-License-Identifier: Apache-2.0
package org.fmd.eversholt.workload;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.EventCodec;
import org.fmd.model.event.LogRef;
import org.fmd.model.json.Json;
import org.fmd.model.json.QueryJson;
import org.jspecify.annotations.Nullable;

/** A workload as files: the machine in the form of {@code --topology}, the ereports as {@code fmdump -e -j} prints them. */
public final class WorkloadFiles {
    /** The header of a log file, where the first record would stand. */
    private static final long FIRST_RECORD = 8192;

    private WorkloadFiles() {}

    /** Writes the machine, one node a line; throws {@link IOException} if it cannot be written. */
    public static void writeTopology(Workload workload, OutputStream out) throws IOException {
        try {
            byte[] comma = {','};
            boolean[] begun = {false};
            out.write('[');
            workload.fleet().walk(node -> {
                try {
                    out.write(begun[0] ? comma : new byte[0]);
                    begun[0] = true;
                    out.write(("\n" + Json.write(Fleet.plain(node))).getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            out.write("\n]\n".getBytes(StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Writes all ereports, one a line; throws {@link IOException} if they cannot be written. */
    public static void writeEreports(Workload workload, OutputStream out) throws IOException {
        EreportStream stream = workload.stream();
        long high = (Dice.mixed(workload.seed()) & ~0xf000L) | 0x4000L;
        UUID log = new UUID(high, (Dice.mixed(~workload.seed()) >>> 2) | 1L << 63);
        long offset = FIRST_RECORD;
        while (stream.hasNext()) {
            byte[] line = line(stream.next(), new LogRef(log, offset));
            out.write(line);
            offset += line.length;
        }
    }

    private static byte[] line(Ereport ereport, LogRef ref) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("time", QueryJson.time(ereport.tod()));
        object.put("ref", ref.toString());
        object.putAll(QueryJson.plain(EventCodec.toNvList(ereport)));
        return Json.writeLine(object);
    }
}
