// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Copies what can be read of a file of a log into a new file without damage. Each record keeps its place, so that references
 * to it hold: where something is lost, the new file has a gap, which readers pass over.
 *
 * @param records events copied
 * @param damage what was lost, in order of place
 */
public record LogSalvage(long records, List<Damage> damage) {

    public LogSalvage {
        damage = List.copyOf(damage);
    }

    /**
     * Copies one file. The new one appears under its name when it is whole and durable.
     *
     * @param to where to; may be the same as {@code from}
     * @param newName name of the new file; a file of that name is replaced
     * @throws LogException when no header can be read, or it is one of a newer or incompatible format
     * @throws IOException when a file system refuses
     */
    public static LogSalvage copy(LogFiles from, String name, LogFiles to, String newName) throws IOException {
        return copy(from, name, to, newName, damage -> {});
    }

    /** Copies one file, and tells what is lost as it is met. */
    public static LogSalvage copy(LogFiles from, String name, LogFiles to, String newName, Consumer<Damage> lost)
            throws IOException {
        List<Damage> damage = new ArrayList<>();
        LogHeader header = LogHeader.peek(from, name);
        String unborn = newName + "+";
        long records = 0;
        try (LogReader reader = LogReader.file(from, name, found -> {
                    damage.add(found);
                    lost.accept(found);
                });
                PlainWriter out = new PlainWriter(to, unborn, header)) {
            while (reader.advance()) {
                out.skipTo(reader.ref().offset());
                out.append(reader.entry().record());
                records++;
            }
            out.force();
        }
        to.rename(unborn, newName);
        to.forceNames();
        return new LogSalvage(records, damage);
    }
}
