// SPDX-License-Identifier: Apache-2.0
package org.fmd.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What the disk takes to make one ereport durable: appends of the size of an ereport's record, an fdatasync after each, with a
 * pause between them as the latency's measurement has.
 */
final class SyncFloor {
    private static final int RECORD_BYTES = 700;

    private SyncFloor() {}

    /** Arguments: a folder on the disk in question, how many, the pause in milliseconds. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path file = Path.of(args[0], "sync-floor");
        long[] nanos = new long[Integer.parseInt(args[1])];
        long pause = Long.parseLong(args[2]);
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < nanos.length; i++) {
                Thread.sleep(pause);
                record.clear();
                long start = System.nanoTime();
                channel.write(record);
                channel.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        } finally {
            Files.deleteIfExists(file);
        }
        System.out.println(Percentiles.line(nanos));
    }
}
