// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.ctl;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's side of the control socket. {@link #run} is its thread; the other methods are safe from any. */
public final class ControlServer implements Runnable, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int MOST_CLIENTS = 64;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path socket;
    private final ControlHandler handler;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final ConcurrentLinkedQueue<Runnable> finished = new ConcurrentLinkedQueue<>();
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean closing;

    /**
     * Binds the socket. One that a dead daemon left behind is replaced.
     *
     * @throws IOException if another daemon answers there, or the socket cannot be bound
     */
    public ControlServer(Path socket, ControlHandler handler) throws IOException {
        this.socket = socket;
        this.handler = handler;
        Files.createDirectories(socket.toAbsolutePath().getParent());
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
        if (Files.exists(socket)) {
            if (answers(address)) {
                throw new IOException("another fault manager is running at '" + socket + "'");
            }
            Files.delete(socket);
        }
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(address, MOST_CLIENTS);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
            server.configureBlocking(false);
            selector = Selector.open();
            server.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    private static boolean answers(UnixDomainSocketAddress address) {
        try (SocketChannel probe = SocketChannel.open(address)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns how many requests were answered. */
    public long served() {
        return served.get();
    }

    /** Returns how many clients sent what is no request. */
    public long refused() {
        return refused.get();
    }

    @Override
    public void run() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            while (!closing) {
                // Without clients there is nothing to be impatient about, so the thread sleeps until one comes.
                selector.select(selector.keys().size() > 1 ? TimeUnit.SECONDS.toMillis(1) : 0);
                for (Runnable task = finished.poll(); task != null; task = finished.poll()) {
                    task.run();
                }
                List<SelectionKey> ready = new ArrayList<>(selector.selectedKeys());
                selector.selectedKeys().clear();
                ready.forEach(this::serve);
                dropImpatiently();
            }
            release();
        } catch (IOException e) {
            LOG.error("the control socket is out of service, commands cannot reach the daemon: {}", e.toString());
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (key.attachment() instanceof ControlClientConnection connection) {
                connection.ready();
            }
        } catch (IOException | CancelledKeyException e) {
            LOG.debug("a client is gone: {}", e.toString());
            close(key);
        }
    }

    private void accept() throws IOException {
        SocketChannel client = server.accept();
        if (client == null) {
            return;
        }
        if (selector.keys().size() > MOST_CLIENTS) {
            refused.incrementAndGet();
            client.close();
            return;
        }
        client.configureBlocking(false);
        SelectionKey key = client.register(selector, SelectionKey.OP_READ);
        key.attach(new ControlClientConnection(
                key, client, handler, mayChange(client), System.nanoTime(), this::whenFinished, served, refused));
    }

    private void whenFinished(Runnable task) {
        finished.add(task);
        selector.wakeup();
    }

    private static boolean mayChange(SocketChannel client) {
        try {
            String user =
                    client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            return user.equals("root") || user.equals(System.getProperty("user.name"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void dropImpatiently() {
        long now = System.nanoTime();
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof ControlClientConnection connection
                    && now - connection.lastActive() > PATIENCE_NANOS) {
                refused.incrementAndGet();
                close(key);
            }
        }
    }

    static void close(SelectionKey key) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            LOG.debug("a client did not close in order: {}", e.toString());
        }
    }

    /** Makes the thread end, which closes all clients and removes the socket; does that itself where no thread runs. */
    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        if (running.compareAndSet(false, true)) {
            release();
        }
    }

    /** On the server's thread, since the set of clients is that thread's alone. */
    private void release() throws IOException {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            close(key);
        }
        server.close();
        selector.close();
        Files.deleteIfExists(socket);
    }

    /** Returns the bytes of a line of the answer. */
    static ByteBuffer line(Object value) {
        return ByteBuffer.wrap(org.fmd.model.json.Json.writeLine(value));
    }
}
