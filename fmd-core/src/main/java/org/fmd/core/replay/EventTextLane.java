// SPDX-License-Identifier: Apache-2.0
package org.fmd.core.replay;

import java.io.IOException;
import java.nio.file.Files;
import org.fmd.api.replay.RecordedInput;
import org.fmd.model.event.Ereport;
import org.fmd.model.event.Event;
import org.fmd.model.text.EventTexts;
import org.fmd.model.text.TextEvent;
import org.fmd.model.text.TextItem;
import org.fmd.model.text.TextProblem;
import org.jspecify.annotations.Nullable;

/** The ereports among events that were printed. Other events are passed over. */
final class EventTextLane implements Lane {
    private final EventTexts texts;
    private final Unread unread;

    EventTextLane(RecordedInput input, Unread unread) throws IOException {
        this.texts = new EventTexts(Files.newInputStream(input.path()), input.zone());
        this.unread = unread;
    }

    @Override
    public @Nullable Item next() throws IOException {
        for (TextItem item = texts.next(); item != null; item = texts.next()) {
            if (item instanceof TextProblem problem) {
                unread.add(problem.line(), problem.message());
            } else if (item instanceof TextEvent event && event.eventClass().isA("ereport")) {
                Event made = event.event().orElse(null);
                if (made instanceof Ereport ereport) {
                    return new Item(ereport, event.ref());
                }
                unread.add(event.line(), "the members are not those of a '" + event.eventClass() + "'");
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        texts.close();
    }
}
