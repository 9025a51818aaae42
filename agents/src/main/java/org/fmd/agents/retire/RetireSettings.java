// SPDX-License-Identifier: Apache-2.0
package org.fmd.agents.retire;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.fmd.api.PropertySpec;
import org.fmd.api.Settings;

/**
 * The configuration of the agent.
 *
 * @param mode whether it acts
 * @param tree where the kernel shows its devices
 * @param redundant whether md arrays must stay redundant
 * @param most how many disks may be retired in a window; 0 retires none
 * @param window the window
 * @param deadline how long a call into the kernel is waited for
 * @param exceptions patterns of classes that are never retired
 */
record RetireSettings(
        Mode mode,
        KernelTree tree,
        boolean redundant,
        long most,
        Duration window,
        Duration deadline,
        List<String> exceptions) {

    /** How far the agent goes. */
    enum Mode {
        DRY_RUN,
        OFF,
        AUTO
    }

    static final List<PropertySpec> PROPERTIES = List.of(
            PropertySpec.choice("mode", "tell what would be done, do nothing, or act", "dry-run", "off", "auto"),
            PropertySpec.choice(
                    "keep",
                    "what an md array must keep when it loses a member: a good copy of all data, or redundancy or a"
                            + " spare too",
                    "copy",
                    "redundancy"),
            PropertySpec.of(
                    "max-per-window",
                    PropertySpec.Type.INT,
                    "1",
                    "how many disks of this host may be retired in one window"),
            PropertySpec.of("window", PropertySpec.Type.TIME, "1h", "the window"),
            PropertySpec.of(
                    "deadline", PropertySpec.Type.TIME, "30s", "how long the kernel is given to carry out a step"),
            PropertySpec.of(
                    "fault-exceptions",
                    PropertySpec.Type.TEXT,
                    "fault.io.disk.predictive-failure:fault.io.disk.over-temperature:fault.io.disk.slow-io",
                    "classes that are never retired automatically, separated by colons; * stands for any component"),
            PropertySpec.of("sysfs", PropertySpec.Type.TEXT, "/sys", "where sysfs is mounted"),
            PropertySpec.of("procfs", PropertySpec.Type.TEXT, "/proc", "where procfs is mounted"),
            PropertySpec.of("dev", PropertySpec.Type.TEXT, "/dev", "where the device files are"));

    RetireSettings {
        exceptions = List.copyOf(exceptions);
    }

    static RetireSettings from(Settings settings) {
        Mode mode = switch (settings.text("mode")) {
            case "auto" -> Mode.AUTO;
            case "off" -> Mode.OFF;
            default -> Mode.DRY_RUN;
        };
        List<String> exceptions = Arrays.stream(
                        settings.text("fault-exceptions").split(":"))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        return new RetireSettings(
                mode,
                new KernelTree(
                        Path.of(settings.text("sysfs")),
                        Path.of(settings.text("procfs")),
                        Path.of(settings.text("dev"))),
                settings.text("keep").equals("redundancy"),
                settings.integer("max-per-window"),
                settings.time("window"),
                settings.time("deadline"),
                exceptions);
    }
}
