// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.fmd.api.replay.RecordedInput;
import org.fmd.api.replay.Recording;
import org.fmd.api.replay.ReplayHardware;
import org.fmd.api.replay.ReplaySource;
import org.fmd.api.topo.Topology;
import org.fmd.core.daemon.ModuleState;
import org.fmd.core.log.LogException;
import org.fmd.core.log.LogFiles;
import org.fmd.core.log.LogHeader;
import org.fmd.core.log.LogLabel;
import org.fmd.model.event.Ereport;
import org.fmd.model.text.EventTexts;
import org.fmd.model.text.TextEvent;
import org.fmd.model.text.TextItem;

/** Knows the form of an input by its content. */
final class Forms {
    private static final byte[] LOG_MAGIC = {(byte) 0x89, 'F', 'M', 'D', 'L', 'O', 'G', '\n'};
    private static final int HEADER_COPY = 4096;
    private static final List<String> PRINTED = List.of("ereport", "list", "ireport", "sysevent", "resource");

    private final List<ModuleState> modules;
    private final ReplayContexts contexts;
    private final Optional<Topology> given;

    /** {@code given} is the topology that people gave. */
    Forms(List<ModuleState> modules, ReplayContexts contexts, Optional<Topology> given) {
        this.modules = modules;
        this.contexts = contexts;
        this.given = given;
    }

    Form of(RecordedInput input) throws ReplayFailure {
        try {
            Optional<Form> own = input.isFolder() ? state(input) : ownFile(input);
            Optional<Form> form = own.isPresent() ? own : ofModules(input);
            if (form.isPresent()) {
                return form.get();
            }
        } catch (IOException e) {
            throw new ReplayFailure("cannot replay '" + input + "': " + e.getMessage(), e);
        }
        throw new ReplayFailure(
                "cannot replay '" + input + "': "
                        + (input.isFolder() ? "nothing in it is known" : "its form is not known") + "; "
                        + Inputs.EXPECTED,
                null);
    }

    private static Optional<Form> state(RecordedInput input) throws IOException {
        for (Path folder : List.of(input.path(), input.path().resolve("var/lib/fmd"))) {
            LogFiles files = LogFiles.in(folder);
            String errlog = LogLabel.ERROR.fileName();
            if (Files.isDirectory(folder)
                    && files.names().stream().anyMatch(name -> name.matches(errlog + "(-[0-9]+)?"))) {
                return Optional.of(Form.of(input, "state directory", unread -> ErrorLogLane.history(files, unread)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Form> ownFile(RecordedInput input) throws IOException {
        byte[] head = input.head();
        // There are two copies of a log's header, and one may be damaged.
        boolean log = isAt(head, 0, LOG_MAGIC) || isAt(head, HEADER_COPY, LOG_MAGIC);
        return log ? Optional.of(log(input)) : texts(input);
    }

    private static boolean isAt(byte[] bytes, int from, byte[] magic) {
        return bytes.length >= from + magic.length
                && Arrays.equals(bytes, from, from + magic.length, magic, 0, magic.length);
    }

    private static Form log(RecordedInput input) throws IOException {
        Path file = input.path().toAbsolutePath();
        Path folder = file.getParent();
        LogFiles files = LogFiles.in(folder == null ? file : folder);
        String name = String.valueOf(file.getFileName());
        LogHeader header;
        try {
            header = LogHeader.peek(files, name);
        } catch (LogException e) {
            throw new IOException("it is a log that cannot be read: " + e.getMessage(), e);
        }
        if (!header.label().equals(LogLabel.ERROR.text())) {
            throw new IOException("it is no error log but one of label '" + header.label()
                    + "'; name the error log of the same time");
        }
        return Form.of(input, "error log", unread -> ErrorLogLane.file(files, name, unread));
    }

    /** One event that can be read in the head is enough, and no text of a kernel is one. */
    private static Optional<Form> texts(RecordedInput input) throws IOException {
        try (EventTexts texts = new EventTexts(new ByteArrayInputStream(input.head()), input.zone())) {
            for (TextItem item = texts.next(); item != null; item = texts.next()) {
                if (item instanceof TextEvent event && PRINTED.stream().anyMatch(event.eventClass()::isA)) {
                    return Optional.of(Form.of(input, "text of events", unread -> new EventTextLane(input, unread)));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Form> ofModules(RecordedInput input) throws IOException {
        Optional<Topology> hardware = Optional.empty();
        for (ModuleState module : modules) {
            if (hardware.isEmpty() && module.module() instanceof ReplayHardware source) {
                hardware = source.hardware(input, contexts.of(module));
            }
        }
        Topology known = hardware.or(() -> given).orElse(Topology.EMPTY);
        for (ModuleState module : modules) {
            if (module.module() instanceof ReplaySource source) {
                Optional<Recording> first =
                        source.open(input, contexts.playing(module, known, RecordingLane.place(), new Unread("")));
                if (first.isPresent()) {
                    String what = first.get().form();
                    first.get().close();
                    return Optional.of(
                            new Form(input, what, hardware, unread -> open(source, module, input, known, unread)));
                }
            }
        }
        return Optional.empty();
    }

    private Lane open(ReplaySource source, ModuleState module, RecordedInput input, Topology known, Unread unread)
            throws IOException {
        Deque<Ereport> posted = RecordingLane.place();
        Recording recording = source.open(input, contexts.playing(module, known, posted, unread))
                .orElseThrow(() -> new IOException("it was changed while it was read"));
        return new RecordingLane(recording, posted);
    }
}
