// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.fmd.core.ctl.ControlClient.Failure;
import org.fmd.core.ctl.ControlClient.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server is this test: it accepts and answers in turn with the client, in one thread. */
@Timeout(60)
class ControlClientTest {
    private static final Map<String, Object> REQUEST = Map.of("op", "cases");

    @TempDir
    private Path directory;

    private Path socket;
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        socket = directory.resolve("fmd.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static void send(SocketChannel peer, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            peer.write(bytes);
        }
    }

    @Test
    void handsEachObjectOverAsSoonAsItIsThere() throws IOException {
        try (ControlClient client = ControlClient.ask(socket, "start", REQUEST);
                SocketChannel peer = server.accept()) {
            ByteBuffer request = ByteBuffer.allocate(100);
            peer.read(request);
            assertEquals(
                    "{\"op\":\"cases\"}\n", new String(request.array(), 0, request.position(), StandardCharsets.UTF_8));
            send(peer, "{\"n\":1}\n{\"n\":");
            assertEquals(Map.of("n", 1L), client.next());
            send(peer, "2,\"text\":\"Stra\u00dfe\"}\n");
            assertEquals(Map.of("n", 2L, "text", "Stra\u00dfe"), client.next());
            send(peer, "{\"done\":true}\n");
            assertNull(client.next());
            assertNull(client.next());
        }
    }

    @Test
    void readsLinesLongerThanItsBuffer() throws IOException {
        try (ControlClient client = ControlClient.ask(socket, "start", REQUEST);
                SocketChannel peer = server.accept()) {
            String text = "x".repeat(100_000);
            Thread sender = new Thread(() -> {
                try {
                    send(peer, "{\"text\":\"" + text + "\"}\n{\"done\":true}\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            sender.start();
            assertEquals(Map.of("text", text), client.next());
            assertNull(client.next());
        }
    }

    @Test
    void doesNotWaitForASilentDaemonForEver() throws IOException {
        try (ControlClient client = ControlClient.ask(socket, "start", REQUEST, 1);
                SocketChannel peer = server.accept()) {
            assertNotNull(peer);
            Failure failure = assertThrows(Failure.class, client::next);
            assertEquals(Problem.BROKEN, failure.problem());
            assertTrue(failure.getMessage().contains("silent"), failure.getMessage());
        }
    }

    @Test
    void noticesAnAnswerThatEndsTooEarly() throws IOException {
        try (ControlClient client = ControlClient.ask(socket, "start", REQUEST)) {
            try (SocketChannel peer = server.accept()) {
                peer.read(ByteBuffer.allocate(100));
                send(peer, "{\"n\":1}\n");
            }
            assertNotNull(client.next());
            assertEquals(
                    Problem.BROKEN, assertThrows(Failure.class, client::next).problem());
        }
    }

    @Test
    void handsTheDaemonsRefusalOver() throws IOException {
        try (ControlClient client = ControlClient.ask(socket, "start", REQUEST);
                SocketChannel peer = server.accept()) {
            send(peer, "{\"error\":\"operation requires additional privilege\"}\n");
            Failure failure = assertThrows(Failure.class, client::next);
            assertEquals(Problem.REFUSED, failure.problem());
            assertEquals("operation requires additional privilege", failure.getMessage());
        }
    }

    @Test
    void tellsHowToStartADaemonThatIsNotThere() throws IOException {
        server.close();
        Failure dead = assertThrows(Failure.class, () -> ControlClient.ask(socket, "systemctl start fmd", REQUEST));
        assertEquals(
                "cannot reach the fault manager at '" + socket + "': not running; start it with 'systemctl start fmd',"
                        + " or read its logs with fmdump",
                dead.getMessage());
        Path absent = directory.resolve("no/such.sock");
        assertEquals(
                Problem.NOT_RUNNING,
                assertThrows(Failure.class, () -> ControlClient.ask(absent, "start", REQUEST))
                        .problem());
    }

    @Test
    void tellsThatAPathIsTooLong() throws IOException {
        Path deep = directory.resolve("x".repeat(100));
        Files.createDirectories(deep);
        Path far = deep.resolve("y".repeat(50));
        Files.createFile(far);
        Failure failure = assertThrows(Failure.class, () -> ControlClient.ask(far, "start", REQUEST));
        assertTrue(failure.getMessage().contains("longer than the 107 bytes"), failure.getMessage());
    }
}
