// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.fmd.api.replay.RecordedInput;
import org.fmd.plugins.kernel.source.KernelPort;
import org.fmd.plugins.kernel.source.RecordedForm;

/** A capture folder. */
public final class CaptureForm implements RecordedForm {

    @Override
    public String name() {
        return "capture";
    }

    @Override
    public Optional<KernelPort> open(RecordedInput input, ObjLongConsumer<String> unreadable) throws IOException {
        if (!input.isFolder() || !Files.exists(input.path().resolve("meta.json"))) {
            return Optional.empty();
        }
        return Optional.of(CapturePort.fast(CaptureFolder.read(input.path())));
    }
}
