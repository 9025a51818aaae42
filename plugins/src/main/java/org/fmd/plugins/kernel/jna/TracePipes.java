// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.jna;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;
import org.fmd.plugins.kernel.tracefs.TraceInstance;

/** The buffers of trace events of all processors, one descriptor each. Belongs to the reading thread. */
final class TracePipes {
    /** As much as one look reads, so that a storm does not keep the other sources waiting; the buffers keep the rest. */
    private static final int MAX_PAGES = 1024;

    private static final long CLOCK_GOOD_FOR = TimeUnit.SECONDS.toNanos(10);
    private static final int CLOSED = -1;

    private final TraceInstance instance;
    private final InstantSource clock;
    private final PageLayout layout;
    private final int[] fds;
    private final Memory page;
    private final byte[] bytes;
    private TraceEvents events;
    private boolean announced;
    private long epochNanos;
    private long epochRead;

    private TracePipes(TraceInstance instance, InstantSource clock, PageLayout layout, int[] fds) {
        this.instance = instance;
        this.clock = clock;
        this.layout = layout;
        this.fds = fds;
        this.page = new Memory(layout.pageSize());
        this.bytes = new byte[layout.pageSize()];
        this.events = instance.enable();
    }

    /**
     * Opens the buffers and enables what there is to enable.
     *
     * @throws IOException if they cannot be read; the instance is removed again
     */
    static TracePipes open(TraceInstance.Settings settings, InstantSource clock) throws IOException {
        TraceInstance instance = TraceInstance.open(settings);
        try {
            PageLayout layout = instance.layout();
            List<Path> paths = instance.pipes();
            int[] fds = new int[paths.size()];
            for (int i = 0; i < fds.length; i++) {
                fds[i] = LibC.open(paths.get(i).toString(), LibC.O_NONBLOCK | LibC.O_CLOEXEC);
                int errno = fds[i] < 0 ? Native.getLastError() : 0;
                if (fds[i] < 0) {
                    close(fds, i);
                    throw new IOException("cannot open '" + paths.get(i) + "': " + LibC.reason(errno));
                }
            }
            if (instance.isLeftOver()) {
                discard(fds, layout.pageSize());
            }
            TracePipes pipes = new TracePipes(instance, clock, layout, fds);
            pipes.readClock();
            return pipes;
        } catch (IOException e) {
            instance.close();
            throw e;
        }
    }

    /** What was written for a daemon that is gone tells of the past. */
    private static void discard(int[] fds, int size) {
        try (Memory waste = new Memory(size)) {
            for (int fd : fds) {
                while (LibC.read(fd, waste, size) > 0) {
                    // until it is empty
                }
            }
        }
    }

    int size() {
        return fds.length;
    }

    int fd(int i) {
        return fds[i];
    }

    TraceInstance instance() {
        return instance;
    }

    /** Looks whether a module brought events with it. */
    void modulesChanged() {
        TraceEvents now = instance.enable();
        if (!now.filters().equals(events.filters())) {
            events = now;
            announced = false;
        }
    }

    /**
     * Hands over all pages that are there.
     *
     * @return false if a buffer cannot be read any more, after the sink was told
     */
    boolean drain(RawSink sink) {
        if (!announced) {
            announced = true;
            sink.traceBegins(layout, events);
        }
        int read = 0;
        boolean any = true;
        // What happened on one processor before something on another one that was read is there when all are read
        // again.
        while (any && read < MAX_PAGES) {
            any = false;
            for (int fd : fds) {
                long length = LibC.read(fd, page, layout.pageSize());
                if (length > 0) {
                    any = true;
                    read++;
                    hand((int) length, sink);
                    continue;
                }
                int errno = length == 0 ? 0 : Native.getLastError();
                if (errno != 0 && errno != LibC.EAGAIN && errno != LibC.EINTR) {
                    sink.gone(Source.TRACE, LibC.reason(errno));
                    return false;
                }
            }
        }
        return true;
    }

    private void hand(int length, RawSink sink) {
        long now = System.nanoTime();
        if (now - epochRead > CLOCK_GOOD_FOR) {
            readClock();
        }
        page.read(0, bytes, 0, length);
        sink.tracePage(bytes, length, new Arrival(clock.instant(), now, false), epochNanos);
    }

    private void readClock() {
        try {
            epochNanos = instance.epochNanos(clock);
        } catch (IOException e) {
            // The last one is good enough; the first one cannot be missing where pages can be read.
            epochNanos = epochNanos == 0 ? clock.millis() * 1_000_000 - System.nanoTime() : epochNanos;
        }
        epochRead = System.nanoTime();
    }

    /** Closes the buffers and removes the instance. */
    void close() throws IOException {
        close(fds, fds.length);
        instance.close();
    }

    private static void close(int[] fds, int many) {
        for (int i = 0; i < many; i++) {
            if (fds[i] != CLOSED) {
                LibC.close(fds[i]);
                fds[i] = CLOSED;
            }
        }
    }
}
