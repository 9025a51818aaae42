// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel;

import java.io.IOException;
import org.fmd.api.replay.Recording;
import org.fmd.api.replay.ReplayContext;
import org.fmd.plugins.kernel.source.Arrival;
import org.fmd.plugins.kernel.source.KernelPort;
import org.fmd.plugins.kernel.source.RawSink;
import org.fmd.plugins.kernel.source.Source;
import org.fmd.plugins.kernel.trace.PageLayout;
import org.fmd.plugins.kernel.trace.TraceEvents;

/** Records of the kernel that were left behind, played in the reader's way, without its thread. */
final class KernelRecording implements Recording {
    private final String form;
    private final KernelPort port;
    private final ReplayContext context;
    private final RecordPipeline pipeline;
    private final RawSink timed;
    private boolean ended;

    KernelRecording(String form, KernelPort port, ReplayContext context) {
        this.form = form;
        this.port = port;
        this.context = context;
        this.pipeline = new RecordPipeline(new MalformedAreTold(context), port::isIdle);
        this.timed = new Timed(pipeline);
        port.missing().forEach((source, why) -> context.log().debug("{} is missing: {}", source, why));
    }

    @Override
    public String form() {
        return form;
    }

    @Override
    public boolean play() throws IOException {
        if (ended) {
            return false;
        }
        if (port.await(pipeline.deadline(), timed)) {
            pipeline.expire(port.now());
            return true;
        }
        pipeline.finish();
        ended = true;
        return false;
    }

    @Override
    public void close() throws IOException {
        port.close();
    }

    /** Moves the clock before each record, and keeps one bad record from ending it all. */
    private final class Timed implements RawSink {
        private final RawSink sink;

        Timed(RawSink sink) {
            this.sink = sink;
        }

        private void at(Arrival at, Runnable call) {
            context.timeIs(at.tod());
            try {
                call.run();
            } catch (RuntimeException e) {
                context.log().debug("a record could not be handled", e);
                context.unreadable(0, "a record of " + at.tod() + " could not be handled: " + e);
            }
        }

        @Override
        public void kmsg(byte[] bytes, int length, Arrival at) {
            at(at, () -> sink.kmsg(bytes, length, at));
        }

        @Override
        public void uevent(byte[] bytes, int length, Arrival at) {
            at(at, () -> sink.uevent(bytes, length, at));
        }

        @Override
        public void traceBegins(PageLayout layout, TraceEvents events) {
            sink.traceBegins(layout, events);
        }

        @Override
        public void tracePage(byte[] bytes, int length, Arrival at, long epochNanos) {
            at(at, () -> sink.tracePage(bytes, length, at, epochNanos));
        }

        @Override
        public void said(String program, String text, Arrival at) {
            at(at, () -> sink.said(program, text, at));
        }

        @Override
        public void foreign(Arrival at) {
            at(at, () -> sink.foreign(at));
        }

        @Override
        public void lost(Source source, Arrival at) {
            at(at, () -> sink.lost(source, at));
        }

        @Override
        public void gone(Source source, String why) {
            sink.gone(source, why);
        }
    }
}
