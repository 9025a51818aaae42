// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.text;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.fmd.api.replay.RecordedInput;
import org.fmd.plugins.kernel.source.KernelPort;
import org.fmd.plugins.kernel.source.RecordedForm;

/** A kernel log as text, as dmesg, the journal and syslog write it. */
public final class TextLogForm implements RecordedForm {

    @Override
    public String name() {
        return "kernel log";
    }

    @Override
    public Optional<KernelPort> open(RecordedInput input, ObjLongConsumer<String> unreadable) throws IOException {
        if (input.isFolder() || !TextLog.isOne(input.head())) {
            return Optional.empty();
        }
        TextLog log = TextLog.read(
                Files.readAllBytes(input.path()),
                Files.getLastModifiedTime(input.path()).toInstant(),
                input.zone());
        return Optional.of(new TextLogPort(log, unreadable));
    }
}
