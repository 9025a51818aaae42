// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.jna;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.DiskActivity;
import org.fmd.plugins.kernel.source.KernelPort;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.tracefs.TraceInstance;
import org.jspecify.annotations.Nullable;

/**
 * The running kernel: its log from now on, its uevents and its trace events, in one poll(2). A source that cannot be opened is
 * missing, and the others go on.
 */
public final class LiveKernel implements KernelPort {
    /** The kernel refuses a read with less room than the record needs, and prints 8 KiB at most. */
    private static final int BUFFER = 16 << 10;

    private static final int RECEIVE_BUFFER = 4 << 20;
    private static final int POLLFD = 8;
    private static final int SOCKADDR_NL = 12;
    private static final int KERNEL_GROUP = 1;
    private static final int CLOSED = -1;

    private static final int SLOT_WAKE = 0;
    private static final int SLOT_KMSG = 1;
    private static final int SLOT_UEVENTS = 2;
    private static final int FIRST_PIPE = 3;

    /** A module can bring trace events with it, and so can the first adapter. */
    private static final byte[][] BRINGS_EVENTS = {
        "add@/module/".getBytes(StandardCharsets.US_ASCII), "add@/devices/".getBytes(StandardCharsets.US_ASCII)
    };

    /**
     * What to read.
     *
     * @param kmsg the log, empty to leave it out
     * @param uevents whether to listen to uevents
     * @param trace how to trace, null to leave it out
     */
    public record Wanted(String kmsg, boolean uevents, TraceInstance.@Nullable Settings trace) {}

    private final InstantSource clock;
    private final Map<Source, String> missing = new EnumMap<>(Source.class);
    private Memory polled = new Memory((long) FIRST_PIPE * POLLFD);
    private int slots = FIRST_PIPE;
    private @Nullable TracePipes pipes;
    private boolean eventsMayHaveCome;
    private final Memory buffer = new Memory(BUFFER);
    private final Memory sender = new Memory(SOCKADDR_NL);
    private final Memory senderLength = new Memory(4);
    private final byte[] bytes = new byte[BUFFER];
    private final Memory one = new Memory(8);
    private final int wake;
    private int kmsg = CLOSED;
    private int uevents = CLOSED;
    private boolean closed;

    private LiveKernel(InstantSource clock) throws IOException {
        this.clock = clock;
        wake = LibC.eventfd(0, LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (wake < 0) {
            throw new IOException("eventfd failed: " + LibC.reason(Native.getLastError()));
        }
        one.setLong(0, 1);
    }

    /**
     * Opens what can be opened.
     *
     * @throws IOException if there is nothing to read at all
     */
    public static LiveKernel open(Wanted wanted, InstantSource clock) throws IOException {
        LiveKernel kernel;
        try {
            kernel = new LiveKernel(clock);
        } catch (UnsatisfiedLinkError e) {
            throw new IOException("the C library cannot be called: " + e.getMessage(), e);
        }
        if (!wanted.kmsg.isEmpty()) {
            kernel.openKmsg(wanted.kmsg);
        }
        if (wanted.uevents) {
            kernel.openUevents();
        }
        if (wanted.trace != null) {
            kernel.openTrace(wanted.trace);
        }
        if (!kernel.isReading()) {
            kernel.close();
            throw new IOException(
                    kernel.missing.isEmpty()
                            ? "neither kmsg nor uevents nor trace is configured: set 'kmsg' to /dev/kmsg, or 'uevents' to true"
                            : "nothing to read: " + String.join("; ", kernel.missing.values()));
        }
        return kernel;
    }

    private void openKmsg(String path) {
        int fd = LibC.open(path, LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (fd < 0) {
            miss(Source.KMSG, "cannot open '" + path + "': " + LibC.reason(Native.getLastError()));
            return;
        }
        // What the kernel said before is history: the daemon has diagnosed it, or was not there.
        if (LibC.lseek(fd, 0, LibC.SEEK_END) < 0) {
            miss(Source.KMSG, "cannot seek in '" + path + "': " + LibC.reason(Native.getLastError()));
            LibC.close(fd);
            return;
        }
        kmsg = fd;
    }

    private void openUevents() {
        int type = LibC.SOCK_RAW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        int fd = LibC.socket(LibC.AF_NETLINK, type, LibC.NETLINK_KOBJECT_UEVENT);
        if (fd < 0) {
            miss(Source.UEVENTS, "no uevent socket: " + LibC.reason(Native.getLastError()));
            return;
        }
        one.setInt(0, RECEIVE_BUFFER);
        if (LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_RCVBUFFORCE, one, 4) < 0) {
            // Without CAP_NET_ADMIN the system's limit counts; a loss would be reported.
            LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_RCVBUF, one, 4);
        }
        one.setLong(0, 1);
        try (Memory address = new Memory(SOCKADDR_NL)) {
            address.clear();
            address.setShort(0, (short) LibC.AF_NETLINK);
            address.setInt(8, KERNEL_GROUP);
            if (LibC.bind(fd, address, SOCKADDR_NL) < 0) {
                miss(Source.UEVENTS, "uevent socket not bound: " + LibC.reason(Native.getLastError()));
                LibC.close(fd);
                return;
            }
        }
        uevents = fd;
    }

    private void openTrace(TraceInstance.Settings settings) {
        try {
            TracePipes opened = TracePipes.open(settings, clock);
            pipes = opened;
            slots = FIRST_PIPE + opened.size();
            polled = new Memory((long) slots * POLLFD);
            Map<String, String> problems = opened.instance().problems();
            if (!problems.isEmpty()) {
                missing.put(Source.TRACE, String.join("; ", new TreeMap<>(problems).values()));
            }
        } catch (IOException e) {
            miss(Source.TRACE, String.valueOf(e.getMessage()));
        }
    }

    private void miss(Source source, String why) {
        missing.put(source, why + "; " + source.withoutIt());
    }

    private boolean isReading() {
        return kmsg != CLOSED || uevents != CLOSED || pipes != null;
    }

    @Override
    public Map<Source, String> missing() {
        return Map.copyOf(missing);
    }

    @Override
    public boolean await(OptionalLong deadline, RawSink sink) throws IOException {
        poll(timeout(deadline));
        if (isReady(SLOT_WAKE)) {
            LibC.read(wake, buffer, 8);
        }
        // The trace first: then all that the log said before one of its events is read after it.
        drainTrace(sink);
        if (pipes != null || isReady(SLOT_KMSG)) {
            drainKmsg(sink);
        }
        if (isReady(SLOT_UEVENTS)) {
            drainUevents(sink);
        }
        return isReading();
    }

    private void drainTrace(RawSink sink) throws IOException {
        TracePipes open = pipes;
        if (open == null) {
            return;
        }
        if (eventsMayHaveCome) {
            eventsMayHaveCome = false;
            open.modulesChanged();
        }
        if (!open.drain(sink)) {
            pipes = null;
            slots = FIRST_PIPE;
            open.close();
        }
    }

    private static int timeout(OptionalLong deadline) {
        if (deadline.isEmpty()) {
            return -1;
        }
        long left = deadline.getAsLong() - System.nanoTime();
        return left <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (left + 999_999) / 1_000_000);
    }

    private void poll(int milliseconds) throws IOException {
        setSlot(SLOT_WAKE, wake);
        setSlot(SLOT_KMSG, kmsg);
        setSlot(SLOT_UEVENTS, uevents);
        for (int i = FIRST_PIPE; i < slots; i++) {
            setSlot(i, pipes == null ? CLOSED : pipes.fd(i - FIRST_PIPE));
        }
        if (LibC.poll(polled, slots, milliseconds) < 0) {
            int errno = Native.getLastError();
            if (errno != LibC.EINTR) {
                throw new IOException("poll failed: " + LibC.reason(errno));
            }
            for (int slot = 0; slot < slots; slot++) {
                polled.setShort((long) slot * POLLFD + 6, (short) 0);
            }
        }
    }

    /** A negative descriptor is one that poll(2) leaves out. */
    private void setSlot(int slot, int fd) {
        long at = (long) slot * POLLFD;
        polled.setInt(at, fd);
        polled.setShort(at + 4, LibC.POLLIN);
        polled.setShort(at + 6, (short) 0);
    }

    private boolean isReady(int slot) {
        return polled.getShort((long) slot * POLLFD + 6) != 0;
    }

    private void drainKmsg(RawSink sink) {
        while (kmsg != CLOSED) {
            long length = LibC.read(kmsg, buffer, BUFFER);
            if (length > 0) {
                buffer.read(0, bytes, 0, (int) length);
                sink.kmsg(bytes, (int) length, now());
                continue;
            }
            int errno = length == 0 ? 0 : Native.getLastError();
            if (errno == LibC.EAGAIN) {
                return;
            }
            if (errno == LibC.EPIPE) {
                sink.lost(Source.KMSG, now());
            } else if (errno != LibC.EINTR) {
                LibC.close(kmsg);
                kmsg = CLOSED;
                sink.gone(Source.KMSG, length == 0 ? "end of file: this is no kernel log" : LibC.reason(errno));
            }
        }
    }

    private void drainUevents(RawSink sink) {
        while (uevents != CLOSED) {
            sender.clear();
            senderLength.setInt(0, SOCKADDR_NL);
            // With MSG_TRUNC the length is the datagram's own, even if it did not fit.
            long length = LibC.recvfrom(uevents, buffer, BUFFER, LibC.MSG_TRUNC, sender, senderLength);
            if (length >= 0) {
                datagram((int) Math.min(length, BUFFER), sink);
                continue;
            }
            int errno = Native.getLastError();
            if (errno == LibC.EAGAIN) {
                return;
            }
            if (errno == LibC.ENOBUFS) {
                sink.lost(Source.UEVENTS, now());
            } else if (errno != LibC.EINTR) {
                LibC.close(uevents);
                uevents = CLOSED;
                sink.gone(Source.UEVENTS, LibC.reason(errno));
            }
        }
    }

    private void datagram(int length, RawSink sink) {
        int senderPid = sender.getInt(4);
        if (senderPid != 0) {
            sink.foreign(now());
            return;
        }
        buffer.read(0, bytes, 0, length);
        eventsMayHaveCome |= bringsEvents(length);
        sink.uevent(bytes, length, now());
    }

    private boolean bringsEvents(int length) {
        for (byte[] begin : BRINGS_EVENTS) {
            if (length >= begin.length && Arrays.equals(bytes, 0, begin.length, begin, 0, begin.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isIdle(String disk) {
        return DiskActivity.isIdle(Path.of("/sys"), disk);
    }

    @Override
    public Arrival now() {
        return new Arrival(clock.instant(), System.nanoTime(), false);
    }

    @Override
    public synchronized void wake() {
        if (!closed) {
            LibC.write(wake, one, 8);
        }
    }

    /** Closes the descriptors; the reading thread calls it, when it reads no more. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (pipes != null) {
            try {
                pipes.close();
            } catch (IOException e) {
                // It stays behind switched off or not, and the next start takes it over.
            }
            pipes = null;
        }
        for (int fd : new int[] {kmsg, uevents, wake}) {
            if (fd != CLOSED) {
                LibC.close(fd);
            }
        }
        kmsg = CLOSED;
        uevents = CLOSED;
    }
}
