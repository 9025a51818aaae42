// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ControlServerTest {
    @TempDir
    private Path folder;

    private Path socket;
    private ControlServer server;
    private Thread thread;
    private final List<CompletableFuture<List<Map<String, @Nullable Object>>>> held = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        socket = folder.resolve("run/fmd.sock");
        server = new ControlServer(socket, this::handle);
        thread = new Thread(server, "control");
        thread.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        thread.join();
        assertFalse(Files.exists(socket), "the socket goes with the server");
    }

    private CompletableFuture<List<Map<String, @Nullable Object>>> handle(
            Map<String, @Nullable Object> request, boolean mayChange) {
        return switch (String.valueOf(request.get("op"))) {
            case "echo" -> CompletableFuture.completedFuture(List.of(request, request));
            case "large" ->
                CompletableFuture.completedFuture(
                        java.util.Collections.nCopies(2_000, Map.of("text", "x".repeat(1_000))));
            case "hold" -> {
                CompletableFuture<List<Map<String, @Nullable Object>>> answer = new CompletableFuture<>();
                held.add(answer);
                yield answer;
            }
            default -> ControlHandler.refuse("unknown operation '" + request.get("op") + "'");
        };
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    private static void send(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static String receive(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (channel.read(buffer) >= 0) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private String ask(String request) throws IOException {
        try (SocketChannel channel = connect()) {
            send(channel, request.getBytes(StandardCharsets.UTF_8));
            return receive(channel);
        }
    }

    @Test
    void answersALineWithLines() throws IOException {
        assertEquals("{\"op\":\"echo\"}\n{\"op\":\"echo\"}\n{\"done\":true}\n", ask("{\"op\":\"echo\"}\n"));
        assertEquals(1, server.served());
    }

    @Test
    void aRequestMayComeInPiecesAndWithoutALineFeedAtItsEnd() throws IOException {
        try (SocketChannel channel = connect()) {
            for (byte b : "{\"op\":\"echo\"}".getBytes(StandardCharsets.UTF_8)) {
                send(channel, new byte[] {b});
            }
            channel.shutdownOutput();
            assertTrue(receive(channel).endsWith("{\"done\":true}\n"));
        }
    }

    @Test
    void aLongAnswerArrivesWhole() throws IOException {
        assertEquals(2_001, ask("{\"op\":\"large\"}\n").lines().count());
    }

    @Test
    void garbageIsAnsweredByAnErrorAndCounted() throws IOException {
        assertEquals("{\"error\":\"the request is no JSON object: an object {…} is expected\"}\n", ask("[1]\n"));
        assertTrue(ask("GET / HTTP/1.1\r\n\r\n").startsWith("{\"error\":\"the request is no JSON object: "));
        assertEquals("{\"error\":\"unknown operation 'null'\"}\n", ask("{}\n"));
        assertTrue(ask("x".repeat(200_000)).startsWith("{\"error\":\"a request is one line of at most"));
        assertEquals(4, server.refused());
        assertTrue(ask("{\"op\":\"echo\"}\n").endsWith("{\"done\":true}\n"), "and the next one is served");
    }

    @Test
    void anyBytesLeaveTheServerUp() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            try (SocketChannel channel = connect()) {
                send(channel, bytes);
                if (random.nextBoolean()) {
                    channel.shutdownOutput();
                    receive(channel);
                }
            } catch (IOException e) {
                assertTrue(
                        String.valueOf(e.getMessage()).contains("reset")
                                || String.valueOf(e.getMessage()).contains("pipe"),
                        "seed " + seed + ": " + e);
            }
        }
        assertTrue(ask("{\"op\":\"echo\"}\n").endsWith("{\"done\":true}\n"));
    }

    @Test
    void aClientThatSaysNothingDelaysNobody() throws IOException {
        try (SocketChannel silent = connect();
                SocketChannel half = connect()) {
            send(half, "{\"op\":".getBytes(StandardCharsets.UTF_8));
            assertTrue(silent.isConnected());
            assertTrue(ask("{\"op\":\"echo\"}\n").endsWith("{\"done\":true}\n"));
        }
    }

    @Test
    void anAnswerMayTakeItsTimeOnAnotherThread() throws IOException {
        try (SocketChannel channel = connect()) {
            send(channel, "{\"op\":\"hold\"}\n".getBytes(StandardCharsets.UTF_8));
            ask("{\"op\":\"echo\"}\n"); // the server has read both by now, in order
            held.get(0).complete(List.of(Map.of("late", true)));
            assertEquals("{\"late\":true}\n{\"done\":true}\n", receive(channel));
        }
    }

    @Test
    void aSecondServerIsRefusedAndADeadOnesSocketReplaced() throws Exception {
        IOException e = assertThrows(IOException.class, () -> new ControlServer(socket, this::handle));
        assertEquals("another fault manager is running at '" + socket + "'", e.getMessage());
        Path dead = folder.resolve("dead.sock");
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(dead));
        }
        assertTrue(Files.exists(dead));
        new ControlServer(dead, this::handle).close();
    }
}
