// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.ctl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.jspecify.annotations.Nullable;

/** One client of the control socket: reads a line, answers it, closes. Belongs to the server's thread. */
final class ControlClientConnection {
    private static final int LONGEST_REQUEST = 64 * 1024;
    private static final long MOST_DRAINED = 1 << 20;

    private final SelectionKey key;
    private final SocketChannel channel;
    private final ControlHandler handler;
    private final boolean mayChange;
    private final Consumer<Runnable> onServerThread;
    private final AtomicLong served;
    private final AtomicLong refused;
    private final Deque<ByteBuffer> answer = new ArrayDeque<>();
    private ByteBuffer request = ByteBuffer.allocate(1024);
    private boolean asked;
    private long drained;
    private long lastActive;

    ControlClientConnection(
            SelectionKey key,
            SocketChannel channel,
            ControlHandler handler,
            boolean mayChange,
            long now,
            Consumer<Runnable> onServerThread,
            AtomicLong served,
            AtomicLong refused) {
        this.key = key;
        this.channel = channel;
        this.handler = handler;
        this.mayChange = mayChange;
        this.lastActive = now;
        this.onServerThread = onServerThread;
        this.served = served;
        this.refused = refused;
    }

    long lastActive() {
        return lastActive;
    }

    void ready() throws IOException {
        lastActive = System.nanoTime();
        if (key.isReadable()) {
            read();
        }
        if (key.isValid() && key.isWritable()) {
            write();
        }
    }

    private void read() throws IOException {
        if (asked) {
            drain();
            return;
        }
        int before = request.position();
        int count = channel.read(request);
        for (int i = before; i < request.position(); i++) {
            if (request.get(i) == '\n') {
                ask(i);
                return;
            }
        }
        if (count < 0) {
            if (before > 0) {
                ask(before);
            } else {
                ControlServer.close(key);
            }
        } else if (request.position() > LONGEST_REQUEST) {
            refuse("a request is one line of at most " + LONGEST_REQUEST + " bytes");
        } else if (!request.hasRemaining()) {
            request = ByteBuffer.allocate(request.capacity() * 2).put(request.flip());
        }
    }

    private void ask(int length) {
        asked = true;
        key.interestOps(0);
        byte[] line = new byte[length];
        request.get(0, line);
        Map<String, @Nullable Object> members;
        try {
            members = Json.parseObject(line);
        } catch (JsonProblem e) {
            refuse("the request is no JSON object: " + e.getMessage());
            return;
        }
        var unused = handler.handle(members, mayChange)
                .whenComplete((objects, problem) -> onServerThread.accept(() -> answer(objects, problem)));
    }

    private void answer(@Nullable List<Map<String, @Nullable Object>> objects, @Nullable Throwable problem) {
        if (!key.isValid()) {
            return;
        }
        Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
        if (objects == null || cause != null) {
            refuse(
                    cause instanceof ControlHandler.Refusal
                            ? String.valueOf(cause.getMessage())
                            : "internal error: " + cause);
            return;
        }
        objects.forEach(object -> answer.add(ControlServer.line(object)));
        answer.add(ControlServer.line(Map.of("done", true)));
        served.incrementAndGet();
        startWriting();
    }

    private void refuse(String why) {
        asked = true;
        refused.incrementAndGet();
        answer.add(ControlServer.line(Map.of("error", why)));
        startWriting();
    }

    private void startWriting() {
        lastActive = System.nanoTime();
        key.interestOps(SelectionKey.OP_WRITE);
        try {
            write();
        } catch (IOException e) {
            ControlServer.close(key);
        }
    }

    private void write() throws IOException {
        while (!answer.isEmpty()) {
            channel.write(answer.element());
            if (answer.element().hasRemaining()) {
                return;
            }
            answer.remove();
        }
        // A socket that is closed with something unread resets, and the client loses the answer: read what it still
        // sends.
        channel.shutdownOutput();
        key.interestOps(SelectionKey.OP_READ);
    }

    private void drain() throws IOException {
        request.clear();
        int count = channel.read(request);
        drained += Math.max(count, 0);
        if (count < 0 || drained > MOST_DRAINED) {
            ControlServer.close(key);
        }
    }
}
