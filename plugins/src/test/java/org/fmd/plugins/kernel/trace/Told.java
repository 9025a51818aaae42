// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.fmd.plugins.kernel.capture.CaptureTrace;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.AttemptEnded;
import org.fmd.plugins.kernel.observation.Observation.AttemptTimedOut;
import org.fmd.plugins.kernel.observation.Observation.DeviceStateSet;
import org.fmd.plugins.kernel.observation.Observation.ErrorHandlerWoke;
import org.fmd.plugins.kernel.observation.Observation.NvmeAttemptEnded;
import org.fmd.plugins.kernel.observation.Observation.RequestFailed;
import org.fmd.plugins.kernel.observation.Observation.RequestRequeued;
import org.fmd.plugins.kernel.observation.Observation.SenseChecked;

/** What the trace of a capture tells, in order of time, in few words. */
final class Told implements PageReader.Sink {
    private record Line(long nanos, String text) {}

    private final TraceEvents events;
    private final List<Line> lines = new ArrayList<>();
    long missed;
    final List<String> broken = new ArrayList<>();

    private Told(TraceEvents events) {
        this.events = events;
    }

    static Told by(Path folder) {
        try {
            CaptureTrace trace = CaptureTrace.read(folder);
            Told told = new Told(trace.events());
            PageReader reader = new PageReader(trace.layout(), told);
            for (CaptureTrace.Page page : trace.pages()) {
                String why = reader.read(page.bytes(), page.bytes().length);
                if (why != null) {
                    told.broken.add(why);
                }
            }
            return told;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void record(TraceRecord record) {
        events.read(record).ifPresent(what -> lines.add(new Line(record.nanos(), words(what))));
    }

    @Override
    public void missed(long nanos, long count) {
        missed += count;
    }

    /** The lines without their times. */
    List<String> lines() {
        return lines.stream()
                .sorted(Comparator.comparingLong(Line::nanos))
                .map(Line::text)
                .toList();
    }

    static String words(Observation what) {
        if (what instanceof AttemptEnded ended) {
            String sense = ended.sense() == null
                    ? ""
                    : " " + ended.sense().key().number() + "/" + ended.sense().additional();
            return String.format(
                    Locale.ROOT,
                    "done %s %08x%s %s",
                    ended.device().hctl(),
                    ended.result().value(),
                    sense,
                    ended.cdb());
        } else if (what instanceof AttemptTimedOut late) {
            return "timeout " + late.device().hctl() + " " + late.cdb();
        } else if (what instanceof ErrorHandlerWoke woke) {
            return "eh_wakeup " + woke.host();
        } else if (what instanceof RequestFailed failed) {
            return "error " + request(failed.request()) + " -" + failed.errno();
        } else if (what instanceof RequestRequeued again) {
            return "requeue " + request(again.request());
        } else if (what instanceof NvmeAttemptEnded nvme) {
            return String.format(
                    Locale.ROOT, "nvme %s %03x retries %d", nvme.namespace(), nvme.status(), nvme.retries());
        } else if (what instanceof SenseChecked sense) {
            return "sense " + sense.device().hctl() + " " + sense.sense().key().number() + "/"
                    + sense.sense().additional() + " information "
                    + sense.sense().information() + " "
                    + sense.retries() + " of " + sense.allowed();
        } else if (what instanceof DeviceStateSet state) {
            return "state " + state.device().hctl() + " " + state.from() + " to " + state.to();
        }
        return what.toString();
    }

    private static String request(Observation.Request request) {
        return request.major() + ":" + request.minor() + " " + request.sector() + "+" + request.sectors();
    }
}
