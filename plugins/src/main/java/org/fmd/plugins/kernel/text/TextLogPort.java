// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.fmd.plugins.kernel.kmsg.KmsgLines;
import org.fmd.plugins.kernel.observation.Observation.OfCommand;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.KernelPort;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.text.TextRecord.Speaker;

/**
 * Plays a kernel log that was kept as text, without waiting, with its own times: each message of the kernel as the record
 * that {@code /dev/kmsg} would have given, what programs wrote as text of theirs.
 */
public final class TextLogPort implements KernelPort {
    /** facility kernel, level info: who a line is from is decided by the log, not by a number in it. */
    private static final String HEAD = "6,";

    private final TextLog log;
    private final ObjLongConsumer<String> unreadable;
    private final ProgramReader known = new ProgramReader();
    private boolean introduced;
    private int next;
    private long sequence;
    private long nanos;
    private Instant tod = Instant.EPOCH;
    private long micros;

    public TextLogPort(TextLog log) {
        this(log, (problem, line) -> {});
    }

    /** @param unreadable takes what is no line that is known, and its number from 1 */
    public TextLogPort(TextLog log, ObjLongConsumer<String> unreadable) {
        this.log = log;
        this.unreadable = unreadable;
    }

    /**
     * Reads the file; its time of modification is the base of times that are not written out.
     *
     * @throws IOException if it cannot be read
     */
    public static TextLogPort open(Path file, ZoneId zone) throws IOException {
        return new TextLogPort(TextLog.read(
                Files.readAllBytes(file), Files.getLastModifiedTime(file).toInstant(), zone));
    }

    @Override
    public Map<Source, String> missing() {
        return Map.of();
    }

    @Override
    public boolean await(OptionalLong deadline, RawSink sink) {
        if (!introduced) {
            introduced = true;
            introduce(sink);
        }
        if (next >= log.records().size()) {
            return false;
        }
        TextRecord record = log.records().get(next++);
        // Time since boot begins anew with each boot, and a second passes at least.
        long passed = next == 1 ? 0 : record.micros() - micros;
        nanos += 1000 * (passed < 0 ? 1_000_000 : passed);
        micros = record.micros();
        tod = record.tod();
        Arrival at = now();
        if (record.speaker() == Speaker.PROGRAM) {
            sink.said(record.program(), record.text(), at);
        } else if (record.speaker() == Speaker.UNKNOWN
                && KmsgLines.recognise(record.text(), null).isEmpty()) {
            if (known.read("", record.text()).isEmpty()) {
                unreadable.accept("neither a message of the kernel nor of a program that is known", record.line());
            }
            sink.said("", record.text(), at);
        } else {
            byte[] bytes = bytes(record);
            sink.kmsg(bytes, bytes.length, at);
        }
        return true;
    }

    /**
     * Tells as history which disk stands where: lines that name a disk alone may come before the first that has its address, too.
     */
    private void introduce(RawSink sink) {
        Set<String> names = new HashSet<>();
        Arrival at =
                new Arrival(log.records().isEmpty() ? tod : log.records().get(0).tod(), 0, true);
        for (TextRecord record : log.records()) {
            if (record.speaker() != Speaker.PROGRAM
                    && record.text().startsWith("sd ")
                    && KmsgLines.recognise(record.text(), null).orElse(null) instanceof OfCommand line
                    && line.device().disk() != null
                    && names.add(line.device().disk())) {
                byte[] bytes = bytes(record);
                sink.kmsg(bytes, bytes.length, at);
            }
        }
    }

    private byte[] bytes(TextRecord record) {
        if (record.speaker() == Speaker.RECORD) {
            return (record.text() + "\n").getBytes(StandardCharsets.ISO_8859_1);
        }
        StringBuilder text = new StringBuilder(HEAD)
                .append(sequence++)
                .append(',')
                .append(record.micros())
                .append(",-;");
        for (byte octet : record.text().getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if (c < 0x20 || c > 0x7e || c == '\\') {
                text.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                text.append((char) c);
            }
        }
        return text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean isIdle(String disk) {
        return false;
    }

    @Override
    public Arrival now() {
        return new Arrival(tod, nanos, false);
    }

    @Override
    public void wake() {}

    @Override
    public void close() {}
}
