// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;

/** Says things to a sink as a kernel would, a millisecond apart. */
final class FakePort {
    private final RawSink sink;
    private long sequence = 100;
    private long uevents = 500;
    private long micros = 1_000_000;

    FakePort(RawSink sink) {
        this.sink = sink;
    }

    Arrival at() {
        return new Arrival(Instant.ofEpochSecond(0, micros * 1000), micros * 1000, false);
    }

    void pass(long milliseconds) {
        micros += milliseconds * 1000;
    }

    void says(String... lines) {
        for (String line : lines) {
            raw("6," + sequence++ + "," + micros + ",-;" + line + "\n");
            micros += 1000;
        }
    }

    void userSays(String line) {
        raw("12," + sequence++ + "," + micros + ",-;" + line + "\n");
    }

    void raw(String record) {
        byte[] bytes = record.getBytes(StandardCharsets.ISO_8859_1);
        sink.kmsg(bytes, bytes.length, at());
    }

    void overwrites(int records) {
        sink.lost(Source.KMSG, at());
        sequence += records;
    }

    void announces(String action, String path, String... keys) {
        datagram(action + "@" + path + "\0ACTION=" + action + "\0" + String.join("\0", keys) + "\0SEQNUM=" + uevents++
                + "\0");
    }

    void drops(int announcements) {
        sink.lost(Source.UEVENTS, at());
        uevents += announcements;
    }

    void datagram(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sink.uevent(bytes, bytes.length, at());
    }
}
