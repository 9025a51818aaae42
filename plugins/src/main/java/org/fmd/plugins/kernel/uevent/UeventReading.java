// SPDX-License-Identifier: Apache-2.0
package org.fmd.plugins.kernel.uevent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fmd.model.scsi.AdditionalSense;
import org.fmd.plugins.kernel.observation.Observation;
import org.fmd.plugins.kernel.observation.Observation.DeviceAdded;
import org.fmd.plugins.kernel.observation.Observation.DeviceChanged;
import org.fmd.plugins.kernel.observation.Observation.DeviceRemoved;
import org.fmd.plugins.kernel.observation.Observation.MultipathPath;
import org.fmd.plugins.kernel.observation.Observation.UnitAttention;
import org.fmd.plugins.kernel.observation.ScsiDevice;
import org.jspecify.annotations.Nullable;

/** Turns uevents into observations (kernel channel reference §5). Pure. */
public final class UeventReading {
    /** {@code SDEV_UA} and what each stands for. */
    private static final Map<String, AdditionalSense> ATTENTIONS = Map.of(
            "POWER_ON_RESET_OCCURRED", new AdditionalSense(0x29, 0x00),
            "MODE_PARAMETERS_CHANGED", new AdditionalSense(0x2a, 0x01),
            "ASYMMETRIC_ACCESS_STATE_CHANGED", new AdditionalSense(0x2a, 0x06),
            "CAPACITY_DATA_HAS_CHANGED", new AdditionalSense(0x2a, 0x09),
            "INQUIRY_DATA_HAS_CHANGED", new AdditionalSense(0x3f, 0x03),
            "REPORTED_LUNS_DATA_HAS_CHANGED", new AdditionalSense(0x3f, 0x0e),
            "THIN_PROVISIONING_SOFT_THRESHOLD_REACHED", new AdditionalSense(0x38, 0x07));

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,10}:\\d{1,10}:\\d{1,10}:\\d{1,20}");
    private static final Pattern NUMBER_PAIR = Pattern.compile("\\d{1,5}:\\d{1,7}");

    private UeventReading() {}

    /** Returns what the uevent says, nothing for one that is not about hardware of ours. */
    public static List<Observation> observations(Uevent event) {
        List<Observation> found = new ArrayList<>(2);
        String devicePath = event.devicePath();
        ScsiDevice device = deviceOf(devicePath);
        AdditionalSense attention = ATTENTIONS.get(event.keys().getOrDefault("SDEV_UA", ""));
        // Before the disk driver holds the device a unit attention is part of finding it.
        if (attention != null && device != null && "sd".equals(event.get("DRIVER"))) {
            found.add(new UnitAttention(device, attention, true));
        }
        String path = event.keys().getOrDefault("DM_PATH", "");
        String action = event.keys().getOrDefault("DM_ACTION", "");
        if (action.startsWith("PATH_") && NUMBER_PAIR.matcher(path).matches()) {
            String map =
                    event.keys().getOrDefault("MAJOR", "") + ":" + event.keys().getOrDefault("MINOR", "");
            found.add(new MultipathPath(map, path, action.equals("PATH_FAILED")));
        }
        switch (event.action()) {
            case "add", "bind", "online" -> found.add(new DeviceAdded(event.subsystem(), devicePath, device));
            case "remove", "unbind", "offline" -> found.add(new DeviceRemoved(event.subsystem(), devicePath, device));
            case "change", "move" -> found.add(new DeviceChanged(event.subsystem(), devicePath, device));
            default -> {} // a word of a later kernel: says nothing about what is there
        }
        return found;
    }

    /** Reads {@code …/0:0:1:0} and {@code …/0:0:1:0/block/sdb}; null for paths of other things. */
    private static @Nullable ScsiDevice deviceOf(String devicePath) {
        String[] steps = devicePath.split("/", -1);
        int last = steps.length - 1;
        Matcher whole = ADDRESS.matcher(steps[last]);
        boolean ofClass = last >= 1 && !steps[last - 1].isEmpty() && !steps[last - 1].startsWith("target");
        if (whole.matches() && !ofClass) {
            return new ScsiDevice(whole.group(), null);
        }
        if (last >= 2 && steps[last - 1].equals("block")) {
            Matcher above = ADDRESS.matcher(steps[last - 2]);
            return above.matches() ? new ScsiDevice(above.group(), steps[last]) : null;
        }
        return null;
    }
}
