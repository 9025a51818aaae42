// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.ctl;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.fmd.model.json.Json;
import org.fmd.model.json.JsonProblem;
import org.jspecify.annotations.Nullable;

/**
 * One question to the daemon: a request goes out, the objects of the answer come in one by one, as they are printed.
 *
 * <p>Whatever goes wrong is a {@link Failure} whose message a command prints as it is: there is no daemon, it may not be asked,
 * it is silent, it says what is no answer, or it refuses. Belongs to one thread.
 */
public final class ControlClient implements Closeable {

    /** Longer lines are no answer: more than the largest case has, less than would fill a command's memory. */
    private static final int LONGEST_LINE = 8 << 20;

    /** How long the daemon may be silent, in milliseconds. */
    private static final long PATIENCE = 30_000;

    /** What kept a request from its answer. */
    public enum Problem {
        /** Nobody listens. */
        NOT_RUNNING,
        /** The socket may not be used. */
        DENIED,
        /** No answer, half an answer, or something that is none. */
        BROKEN,
        /** The daemon answered that it will not; the message is its own. */
        REFUSED
    }

    /** A request without its answer; the message is complete and meant for people. */
    public static final class Failure extends IOException {
        private static final long serialVersionUID = 1L;

        private final Problem problem;

        private Failure(Problem problem, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }
    }

    private final Path socket;
    private final long patience;
    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(16 << 10).limit(0);
    private boolean done;

    private ControlClient(Path socket, long patience, SocketChannel channel, Selector selector) {
        this.socket = socket;
        this.patience = patience;
        this.channel = channel;
        this.selector = selector;
    }

    /**
     * Sends a request.
     *
     * @param socket where the daemon listens
     * @param start how to start a daemon there, for the message that there is none: {@code systemctl start fmd}
     * @throws Failure if it cannot be sent
     */
    public static ControlClient ask(Path socket, String start, Map<String, Object> request) throws Failure {
        return ask(socket, start, request, PATIENCE);
    }

    static ControlClient ask(Path socket, String start, Map<String, Object> request, long patience) throws Failure {
        SocketChannel channel = connect(socket, start);
        try {
            ByteBuffer line = ByteBuffer.wrap(Json.writeLine(request));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new ControlClient(socket, patience, channel, selector);
        } catch (IOException e) {
            closeQuietly(channel);
            throw broken(socket, "it does not take the request: " + e.getMessage(), e);
        }
    }

    /** Returns the next object of the answer, null when it is complete. */
    public @Nullable Map<String, @Nullable Object> next() throws Failure {
        if (done) {
            return null;
        }
        byte[] line = line();
        Map<String, @Nullable Object> answer;
        try {
            answer = Json.parseObject(line);
        } catch (JsonProblem e) {
            throw broken(socket, "it answers what is no JSON object: " + e.getMessage(), e);
        }
        Object error = answer.get("error");
        if (error instanceof String why) {
            throw new Failure(Problem.REFUSED, why, null);
        }
        if (Boolean.TRUE.equals(answer.get("done"))) {
            done = true;
            return null;
        }
        return answer;
    }

    @Override
    public void close() {
        closeQuietly(selector);
        closeQuietly(channel);
    }

    private static SocketChannel connect(Path socket, String start) throws Failure {
        try {
            // Says why there is no socket, which the connection itself tells in words of the system only.
            Files.readAttributes(socket, BasicFileAttributes.class);
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (NoSuchFileException e) {
            throw notRunning(socket, start, e);
        } catch (AccessDeniedException e) {
            throw denied(socket, e);
        } catch (IOException e) {
            if (!Files.isWritable(socket)) {
                throw denied(socket, e);
            }
            String why = String.valueOf(e.getMessage());
            if (why.contains("too long")) {
                throw unreachable(
                        Problem.BROKEN,
                        socket,
                        "the path is longer than the 107 bytes of a Unix socket; choose a shorter root directory",
                        e);
            }
            // Refused: the socket is there and nobody listens, since the daemon was killed.
            throw notRunning(socket, start, e);
        }
    }

    private static Failure notRunning(Path socket, String start, IOException cause) {
        String why = "not running; start it with '" + start + "', or read its logs with fmdump";
        return unreachable(Problem.NOT_RUNNING, socket, why, cause);
    }

    private static Failure denied(Path socket, IOException cause) {
        return unreachable(Problem.DENIED, socket, "permission denied; ask as root", cause);
    }

    private static Failure unreachable(Problem problem, Path socket, String why, IOException cause) {
        return new Failure(problem, "cannot reach the fault manager at '" + socket + "': " + why, cause);
    }

    private static Failure broken(Path socket, String why, @Nullable Throwable cause) {
        return new Failure(
                Problem.BROKEN, "cannot get an answer from the fault manager at '" + socket + "': " + why, cause);
    }

    /** Reads up to the next line feed, which is not part of the line. */
    private byte[] line() throws Failure {
        ByteArrayOutputStream line = new ByteArrayOutputStream(2048);
        while (true) {
            int start = buffer.position();
            int end = start;
            while (end < buffer.limit() && buffer.get(end) != '\n') {
                end++;
            }
            line.write(buffer.array(), start, end - start);
            if (line.size() > LONGEST_LINE) {
                throw broken(socket, "a line of its answer is longer than " + LONGEST_LINE + " bytes", null);
            }
            if (end < buffer.limit()) {
                buffer.position(end + 1);
                return line.toByteArray();
            }
            fill();
        }
    }

    private void fill() throws Failure {
        buffer.clear();
        try {
            int count = channel.read(buffer);
            while (count == 0) {
                if (selector.select(patience) == 0) {
                    throw broken(socket, "it has been silent for " + patience / 1000 + " seconds", null);
                }
                selector.selectedKeys().clear();
                count = channel.read(buffer);
            }
            if (count < 0) {
                throw broken(socket, "it ended the answer too early; try again, and see its log if that fails", null);
            }
        } catch (Failure e) {
            throw e;
        } catch (IOException e) {
            throw broken(socket, String.valueOf(e.getMessage()), e);
        }
        buffer.flip();
    }

    private static void closeQuietly(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            // Nothing was written that could be lost.
        }
    }
}
