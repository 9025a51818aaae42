// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Map;
import org.fmd.core.msg.Host;
import org.fmd.core.msg.MessageCatalog;
import org.fmd.model.event.Event;
import org.fmd.model.event.ListEvent;
import org.fmd.model.fault.Suspect;
import org.fmd.model.fmri.Fmri;
import org.fmd.model.fmri.HcFmri;
import org.fmd.model.json.TypedJson;

/** {@code -m}: what the message code of each list says to people. */
final class MessagePrinter implements RecordPrinter {
    private static final String UNKNOWN = "-";

    private final MessageCatalog catalog;
    private final ZoneId zone;
    private final String host;

    /** Makes a printer; {@code host} is the machine that the log was written on. */
    MessagePrinter(MessageCatalog catalog, String host, ZoneId zone) {
        this.catalog = catalog;
        this.host = host;
        this.zone = zone;
    }

    @Override
    public String heading() {
        return "";
    }

    @Override
    public void print(LoggedEvent event, PrintWriter out) throws IOException {
        Event read = TypedJson.readEvent(event.body());
        if (read instanceof ListEvent list) {
            String text = catalog.message(list, new Host(host, product(list), UNKNOWN), zone)
                    .text();
            for (String line : text.split("\n", -1)) {
                if (!line.isBlank()) {
                    out.print(line + "\n");
                }
            }
            out.print("\n");
        }
    }

    /** The log does not say what machine it is from, but the names of its parts do. */
    private static String product(ListEvent list) {
        for (Suspect suspect : list.suspects()) {
            for (Fmri name : new Fmri[] {suspect.fru(), suspect.resource(), suspect.asru()}) {
                Map<String, String> authority =
                        name instanceof HcFmri hc ? hc.authority().members() : Map.of();
                if (authority.containsKey("product-id")) {
                    return authority.getOrDefault("product-id", UNKNOWN);
                }
            }
        }
        return UNKNOWN;
    }
}
