// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A control socket that gives recorded answers: to each request, by its {@code op}, the bytes that stand in the script. */
final class ScriptedServer implements Closeable {
    static final String DONE = "{\"done\":true}\n";

    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<String, String> script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Thread thread;

    /** Listens at the place that a daemon of that root directory would. */
    ScriptedServer(Path root, Map<String, String> script) throws IOException {
        this.socket = root.resolve("run/fmd/fmd.sock");
        this.script = script;
        Files.createDirectories(socket.getParent());
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        thread = new Thread(this::serve, "scripted server");
        thread.start();
    }

    /** The requests so far, as they came. */
    List<String> requests() {
        return requests;
    }

    private void serve() {
        while (true) {
            try (SocketChannel client = server.accept()) {
                String request = line(client);
                requests.add(request);
                for (Map.Entry<String, String> entry : script.entrySet()) {
                    if (request.contains("\"op\":\"" + entry.getKey() + "\"")) {
                        answer(client, entry.getValue());
                    }
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void answer(SocketChannel client, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                client.write(bytes);
            }
        } catch (IOException e) {
            // The client may have heard enough.
        }
    }

    private static String line(SocketChannel client) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
        while (client.read(bytes) > 0 && bytes.get(bytes.position() - 1) != '\n') {
            // a request may come in pieces
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(socket);
    }
}
