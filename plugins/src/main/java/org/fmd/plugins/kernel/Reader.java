// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.io.IOException;
import org.fmd.api.SourceContext;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.KernelPort;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;

/** The thread that reads a port until it ends or is stopped. */
final class Reader {
    private final SourceContext context;
    private final KernelPort port;
    private final Reductions reductions;
    private final RecordPipeline pipeline;
    private final Thread thread;
    private volatile boolean stopping;

    private Reader(SourceContext context, KernelPort port, Reductions reductions) {
        this.context = context;
        this.port = port;
        this.reductions = reductions;
        this.pipeline = new RecordPipeline(context, port::isIdle, reductions);
        this.thread = new Thread(this::run, KernelChannel.NAME);
    }

    static Reader start(SourceContext context, KernelPort port, Reductions reductions) {
        Reader reader = new Reader(context, port, reductions);
        reader.thread.setDaemon(true);
        reader.thread.start();
        return reader;
    }

    /** Ends the thread and waits for it. */
    void stop() {
        stopping = true;
        port.wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (port) {
            RawSink guarded = new Guarded(pipeline);
            boolean more = true;
            while (more && !stopping && !Thread.currentThread().isInterrupted()) {
                // A command is over only if its lines were overdue before all that was there had been read: this
                // thread may be late, and then the missing lines are waiting.
                Arrival before = port.now();
                more = port.await(pipeline.deadline(), guarded);
                pipeline.expire(before);
            }
            pipeline.finish();
        } catch (IOException | RuntimeException e) {
            context.log().error("the reader stopped; restart the module", e);
            reductions.add("the reader stopped: " + e.getMessage());
        }
    }

    /** Keeps one bad record from ending the thread. */
    private final class Guarded implements RawSink {
        private final RawSink sink;

        Guarded(RawSink sink) {
            this.sink = sink;
        }

        @Override
        public void kmsg(byte[] bytes, int length, Arrival at) {
            guard(() -> sink.kmsg(bytes, length, at));
        }

        @Override
        public void uevent(byte[] bytes, int length, Arrival at) {
            guard(() -> sink.uevent(bytes, length, at));
        }

        @Override
        public void traceBegins(PageLayout layout, TraceEvents events) {
            guard(() -> sink.traceBegins(layout, events));
        }

        @Override
        public void tracePage(byte[] bytes, int length, Arrival at, long epochNanos) {
            guard(() -> sink.tracePage(bytes, length, at, epochNanos));
        }

        @Override
        public void said(String program, String text, Arrival at) {
            guard(() -> sink.said(program, text, at));
        }

        @Override
        public void foreign(Arrival at) {
            guard(() -> sink.foreign(at));
        }

        @Override
        public void lost(Source source, Arrival at) {
            guard(() -> sink.lost(source, at));
        }

        @Override
        public void gone(Source source, String why) {
            guard(() -> sink.gone(source, why));
        }

        private void guard(Runnable call) {
            try {
                call.run();
            } catch (RuntimeException e) {
                context.count("internal-errors", 1);
                context.log().error("a record could not be handled, skipping it", e);
            }
        }
    }
}
