// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls of which nobody knows when they return: a word written to a sick disk's switch can wait for minutes in the kernel's
 * error recovery, and nothing ends it. Each runs on a thread of its own that is left behind at the deadline. Safe from any thread.
 */
final class KernelCalls {

    /** The one way in which this agent changes anything. */
    @FunctionalInterface
    interface Sink {
        void write(Path file, String word) throws IOException;
    }

    /** The kernel has not answered in time; what was asked of it may still happen. */
    static final class Unanswered extends IOException {
        private static final long serialVersionUID = 1;

        Unanswered(String message) {
            super(message);
        }
    }

    private final Duration deadline;
    private final Sink sink;
    private final Set<String> unfinished = ConcurrentHashMap.newKeySet();

    KernelCalls(Duration deadline, Sink sink) {
        this.deadline = deadline;
        this.sink = sink;
    }

    /** Writes a word to an attribute that exists, in one piece. */
    static void writeAttribute(Path file, String word) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap((word + "\n").getBytes(StandardCharsets.US_ASCII));
            int written = channel.write(bytes);
            if (bytes.hasRemaining()) {
                throw new IOException("only " + written + " bytes of '" + word + "' were taken");
            }
        }
    }

    void write(Path file, String word) throws IOException {
        within("the write", file, () -> {
            sink.write(file, word);
            return true;
        });
    }

    /** Makes a call about a file, and waits for it no longer than the deadline. */
    <T> T within(String what, Path file, Callable<T> call) throws IOException {
        String key = what + " " + file;
        if (!unfinished.add(key)) {
            throw new Unanswered("the kernel has not answered " + what + " before; it goes on");
        }
        FutureTask<T> task = new FutureTask<>(() -> {
            try {
                return call.call();
            } finally {
                // Before the result is seen: whoever gets it may ask about the same file again at once.
                unfinished.remove(key);
            }
        });
        Thread thread = new Thread(task, "disk-retire " + file.getFileName());
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new Unanswered("the kernel has not answered in " + seconds() + "; " + what + " goes on");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? new IOException(KernelTree.reason(io), io)
                    : new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("interrupted while the kernel was asked; " + what + " goes on");
        }
    }

    private String seconds() {
        return deadline.toMillis() % 1000 == 0 ? deadline.toSeconds() + " s" : deadline.toMillis() + " ms";
    }
}
