// SPDX-License-Identifier: Apache-2.0
package org.fmd.cli;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fmd.core.log.LogLabel;
import org.fmd.core.log.LogReader;
import org.fmd.model.json.JsonProblem;
import org.fmd.model.json.TypedJson;
import org.fmd.model.nv.NvList;
import org.jspecify.annotations.Nullable;

/**
 * Where devices are, by the label of the place: an ereport does not say, but a diagnosis in the fault log beside it does. The last
 * word counts. Read when first asked; damage is the business of whoever reads the fault log.
 */
final class Locations {
    private static final String[] NAMES = {"resource", "asru", "fru"};
    private static final String[] KEYS = {"devid", "serial"};

    private final LogSource errors;
    private @Nullable Map<String, String> known;

    /** Takes them from the fault log that is in the directory of this log. */
    Locations(LogSource errors) {
        this.errors = errors;
    }

    /** Returns the label of the place of a device, by its devid or serial number; null if nobody told. */
    @Nullable
    String of(@Nullable String devid, @Nullable String serial) throws IOException {
        Map<String, String> all = known;
        if (all == null) {
            all = read();
            known = all;
        }
        String place = devid == null ? null : all.get(devid);
        return place != null || serial == null ? place : all.get(serial);
    }

    private Map<String, String> read() throws IOException {
        Map<String, String> places = new HashMap<>();
        try (LogReader faults = LogReader.history(errors.files(), LogLabel.FAULT, damage -> {})) {
            while (faults.advance()) {
                addAll(places, faults.body());
            }
        }
        return places;
    }

    private static void addAll(Map<String, String> places, byte[] body) {
        try {
            for (NvList suspect : TypedJson.read(body).nvlists("fault-list")) {
                add(places, suspect);
            }
        } catch (JsonProblem e) {
            // No event, so it names no place.
        }
    }

    private static void add(Map<String, String> places, NvList suspect) {
        Optional<String> place = suspect.string("location");
        if (place.isEmpty() || place.get().startsWith("unknown")) {
            return;
        }
        for (String name : NAMES) {
            Optional<NvList> fmri = suspect.nvlist(name);
            for (String key : KEYS) {
                Optional<String> device =
                        fmri.isEmpty() ? Optional.empty() : fmri.get().string(key);
                if (device.isPresent()) {
                    places.put(device.get(), place.get());
                }
            }
        }
    }
}
