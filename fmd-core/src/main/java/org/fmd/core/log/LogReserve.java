// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Room on the file system that nobody else can take: a file of {@code log.reserve} bytes that says nothing. What is vital is
 * written at its cost, a step at a time, when the disk is full; when there is room again it grows back.
 *
 * <p>Its content cannot be compressed, so that it takes its room on file systems that would. On one that copies on write and has a
 * snapshot of the file, cutting it frees nothing; then the reserve does not help.
 *
 * <p>Safe for several threads: all logs of a directory share it.
 */
public final class LogReserve {

    /** Nothing in reserve. */
    public static final LogReserve NONE = new LogReserve(LogFiles.in(Path.of(".")), 0, problem -> {});

    static final String NAME = "reserve";
    private static final int STEP = 64 << 10;
    /** By how much there must be more room than is needed before anything is said to be well again. */
    static final int MARGIN = 256 << 10;

    private final LogFiles files;
    private final long size;
    private final Consumer<String> told;
    private long held;
    private boolean hopeless;

    /**
     * Takes over what is there of the file; nothing is written before {@link #refill}.
     *
     * @param size {@code log.reserve}: bytes to keep; with 0 a file that is there is deleted
     * @param told why there is no reserve, if that is not for want of room; said once
     */
    public LogReserve(LogFiles files, long size, Consumer<String> told) {
        if (size < 0) {
            throw new IllegalArgumentException("negative reserve: " + size);
        }
        this.files = files;
        this.size = size;
        this.told = told;
        this.held = size == 0 ? 0 : there();
    }

    private long there() {
        try (LogFile file = files.open(NAME, LogFiles.Mode.READ)) {
            return Math.min(file.size(), size);
        } catch (IOException e) {
            return 0; // refill tells
        }
    }

    /** Bytes that are in reserve now. */
    public synchronized long held() {
        return held;
    }

    /** Bytes that are to be put into reserve when there is room; 0 as well when that is hopeless. */
    public synchronized long missing() {
        return hopeless ? 0 : size - held;
    }

    /** Gives one step of it to the file system, for a write that follows at once. Returns false if nothing is left. */
    synchronized boolean release() {
        if (held == 0) {
            return false;
        }
        long left = Math.max(0, held - STEP);
        try (LogFile file = files.open(NAME, LogFiles.Mode.WRITE)) {
            file.truncate(left);
            held = left;
            return true;
        } catch (NoSuchFileException e) {
            held = 0; // somebody made room in his own way
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Grows to full size if the file system has room for that and more.
     *
     * @param minFree bytes to leave free beyond
     * @return whether all is in reserve, or cannot be for another reason than want of room
     */
    public synchronized boolean refill(long minFree) {
        long need = missing();
        if (need == 0) {
            return true;
        }
        if (files.usableSpace() - need < minFree) {
            return false;
        }
        try {
            fill();
        } catch (IOException e) {
            if (files.usableSpace() < minFree + MARGIN) {
                return false; // somebody was faster
            }
            hopeless = true;
            told.accept("nothing is kept in reserve for a full disk, since '" + files.path(NAME)
                    + "' cannot be written: " + e.getMessage());
        }
        return true;
    }

    /** Gives back what an earlier configuration kept in reserve beyond this one. */
    public synchronized void trim() throws IOException {
        if (!files.names().contains(NAME)) {
            return;
        }
        if (size == 0) {
            files.delete(NAME);
            return;
        }
        try (LogFile file = files.open(NAME, LogFiles.Mode.WRITE)) {
            file.truncate(size);
        }
    }

    private void fill() throws IOException {
        byte[] noise = new byte[STEP];
        SplittableRandom random = new SplittableRandom(held);
        try (LogFile file = files.open(NAME, held == 0 ? LogFiles.Mode.CREATE : LogFiles.Mode.WRITE)) {
            long at = held;
            while (at < size) {
                random.nextBytes(noise);
                ByteBuffer bytes = ByteBuffer.wrap(noise, 0, (int) Math.min(STEP, size - at));
                while (bytes.hasRemaining()) {
                    int count = file.write(bytes, at);
                    if (count <= 0) {
                        throw new IOException("the system took none of " + bytes.remaining() + " bytes");
                    }
                    at += count;
                }
                held = at;
            }
            file.force();
        }
    }
}
